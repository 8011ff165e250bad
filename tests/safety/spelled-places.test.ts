import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressInOrder, usableAddress } from '../../api/cases/address.ts';
import { orderById } from '../../db/order-queries.ts';
import { hands } from '../support/case-hands.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab();
});
afterAll(() => lab.stop());

const first_line = '12 شارع التسعين';
const cairo = { _id: 'FceDyHXwpSYYF9zGW', name: 'Cairo' };

/** A case whose pickup is at this address, as its agent typed it. */
async function openedAt(address: { city: string; district: string; zone?: string }) {
  return lab.open({ address: await usableAddress(lab.sql, { ...address, first_line }, 'pickup') });
}

describe('Bosta is asked with its own spelling of a place', () => {
  test.each([
    ['القاهرة', 'مدينه نصر', 'Cairo', 'Nasr City'],
    ['  cAIRO ', 'nasr  city', 'Cairo', 'Nasr City'],
    ['الْقَاهِرَة', 'مدينة‏نصر', 'Cairo', 'Nasr City'],
    ['cairo', '15  may', 'Cairo', '15 May'],
    ['القاهره', '15 مايو', 'Cairo', '15 May'],
    ['بورسعيد', 'الزهور', 'Port Said', 'El Zohour'],
    ['port-said', 'el-zohour', 'Port Said', 'El Zohour'],
    ['الإسكندرية', 'سموحه', 'Alexandria', 'Smouha'],
    ['Giza', '6th Of October', 'Giza', '6th of October'],
    ['مرسى مطروح', 'مرسي مطروح', 'Matrouh', 'Marsa Matrouh'],
  ])('however its agent types it: %s, %s', async (city, district, name, districtName) => {
    const aCase = await openedAt({ city, district });
    const { pickup } = await aCase.whenIn('return_ordered');
    const { pickupAddress } = await lab.bosta.payloadOf(pickup?.tracking_number ?? '');
    expect(pickupAddress).toMatchObject({ city: { name }, district: { name: districtName } });
    const [kept] = await lab.sql`
      select address ->> 'city' as city, address ->> 'district' as district
      from service_actions where action_id = ${aCase.actionId}`;
    expect(kept).toEqual({ city, district });
  });

  test('also for the way back', async () => {
    const aCase = hands(lab, await openedAt({ city: 'القاهرة', district: 'المعادى' }));
    await aCase.toTheHub();
    await aCase.say('hub_inspection', {
      ...{ product_condition: 'good', functionality_test_result: 'not_working', quality_score: 7 },
      recommended_action: 'maintenance',
    });
    await aCase.say('execute', { outcome: 'repaired', parts: [], labor_cost: 0 });
    const { delivery } = await aCase.whenItWaitsFor('delivery');
    const { dropOffAddress } = await lab.bosta.payloadOf(delivery?.tracking_number ?? '');
    expect(dropOffAddress).toMatchObject({ city: cairo, district: { name: 'Maadi' } });
  });

  test('also where the case was opened before the cities were known', async () => {
    const address = { city: 'القاهرة', district: 'المعادي', first_line };
    const aCase = await lab.open({ address });
    const { pickup } = await aCase.whenIn('return_ordered');
    const { pickupAddress } = await lab.bosta.payloadOf(pickup?.tracking_number ?? '');
    expect(pickupAddress).toMatchObject({ city: cairo, district: { name: 'Maadi' } });
  });
});

describe("an order's district is found by Bosta's id of it", () => {
  const order = {
    ...{ last_synced: new Date(), business_category: 'Real Sales Order', service_type: 'main' },
    ...{ delivery_category: 'sales', classification_rule: 4, classification_reason: 'test' },
    ...{ is_provisional: false, dropoff_first_line: first_line, pickup_address: first_line },
  };
  const addressOf = async (id: string, more: object) => {
    const row = { id, tracking_number: id, ...order, ...more };
    await lab.sql`insert into orders ${lab.sql(row)}`;
    const found = await orderById(lab.sql, id);
    if (!found) throw new Error('The order is not stored');
    return usableAddress(lab.sql, addressInOrder(found), 'pickup');
  };
  const maadi = { city_id: cairo._id, district_id: 'dst-0102', zone_id: 'zn-0102' };

  test('whatever it is called by now', async () => {
    const named = { dropoff_city_name: 'Cairo', dropoff_district_name: 'Old Maadi' };
    expect(await addressOf('1001', { ...named, dropoff_district_id: 'dst-0102' })).toMatchObject({
      ...maadi,
      district: 'Old Maadi',
    });
  });

  test('where it is not named at all', async () => {
    expect(await addressOf('1002', { dropoff_district_id: 'dst-0102' })).toMatchObject({
      ...maadi,
      ...{ city: 'Cairo', district: 'Maadi' },
    });
  });

  test('of a return where it was collected', async () => {
    const collected = { order_type_code: 25, pickup_city: 'القاهرة', pickup_district: 'Old Maadi' };
    const more = { ...collected, pickup_district_id: 'dst-0102' };
    expect(await addressOf('1003', more)).toMatchObject(maadi);
  });

  test('and by its name where Bosta has no such id any more', async () => {
    const named = { dropoff_city_id: cairo._id, dropoff_district_name: 'المعادى' };
    expect(await addressOf('1004', { ...named, dropoff_district_id: 'gone' })).toMatchObject(maadi);
  });
});
