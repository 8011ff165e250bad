import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { insertCase } from '../../db/new-cases.ts';
import { currentPolicy } from '../../db/policies.ts';
import { type Api, type Requester, startApi } from './support.ts';

let api: Api;
let agent: Requester;

const nothingSpecial = {
  ...{
    order_type_code: 10,
    state_code: 45,
    state_value: null,
    cod: 900_00,
    cod_category: 'Medium',
  },
  ...{ receiver_phone: '201012345678', receiver_full_name: 'منى حسن', product_name: 'خلاط' },
  ...{ specs_description: 'خلاط 1000 وات', business_reference: null, attempts_count: 1 },
  ...{ dropoff_city_name: 'Cairo', dropoff_zone_name: null, dropoff_district_name: null },
  ...{ order_sla_exceeded: null, e2e_sla_exceeded: null, created_by_system: false },
  ...{ business_category: 'Real Sales Order', delivery_category: 'sales', service_type: 'main' },
  ...{ classification_rule: 4, classification_reason: 'test', is_provisional: false },
  ...{ hierarchy_status: 'unlinked', last_synced: new Date() },
};
const orders = [
  { id: 'sale', created_at: '2026-05-31T21:30:00Z', order_sla_exceeded: true },
  {
    ...{ id: 'return', created_at: '2026-06-10T10:00:00Z', order_type_code: 25, state_code: 46 },
    state_value: 'Delivered',
    ...{ cod: -50_50, cod_category: 'Refund', business_category: 'Refund Order' },
    ...{ delivery_category: 'refund', service_type: 'return', hierarchy_status: 'sub' },
  },
  {
    ...{ id: 'refused', created_at: '2026-06-20T10:00:00Z', state_code: 46, attempts_count: 3 },
    ...{ service_type: 'operational', delivery_category: 'operational', e2e_sla_exceeded: false },
  },
  {
    ...{
      id: 'other',
      created_at: '2026-06-30T20:59:00Z',
      cod: 1_290_50,
      cod_category: 'High Value',
    },
    ...{ receiver_phone: '201112345678', receiver_full_name: 'Ahmed Samir', product_name: null },
    ...{ specs_description: null, business_reference: 'shop:#10023', attempts_count: null },
    ...{ dropoff_city_name: 'الإسكندرية', dropoff_zone_name: 'Sidi Gaber' },
    dropoff_district_name: 'سيدى جابر',
  },
].map((order) => ({ ...nothingSpecial, ...order, tracking_number: `70-${order.id}` }));

beforeAll(async () => {
  api = await startApi();
  agent = await api.as('agent');
  const { sql } = api;
  await sql`insert into orders ${sql(orders)}`;
  await sql`insert into cities (city_id, name, name_ar, synced_at)
    values ('c2', 'Alexandria', 'الاسكندريه', now())`;
  await sql`insert into districts (district_id, city_id, zone_name, zone_name_ar, name, name_ar, synced_at)
    values ('d1', 'c2', 'Sidi Gaber', 'سيدي جابر', 'Sidi Gaber Station', 'سيدي جابر', now())`;
  await sql`insert into order_hierarchy_management (main_order_id, sub_order_id,
      relationship_type, confidence_score, rule, evidence, linked_by, is_active)
    values ('sale', 'return', 'return', 0.87, 'phone', '{}', 'auto_sync', true)`;
  await sql`insert into customers (phone, segment) values ('201112345678', 'vip')`;
  const { version: policy_version } = await currentPolicy(sql);
  await sql.begin((tx) =>
    insertCase(tx, {
      ...{ action_type: 'maintenance', action_subtype: null, priority: 'medium', hub_id: 1 },
      ...{ return_method: 'walk_in', address: null, service_reason: 'It stopped', notes: null },
      ...{ customer_phone: '201012345678', customer_name: null, product_sku: null },
      ...{ product_name: null, faulty_serial_number: null, created_by: 1 },
      ...{ policy_version, main_order_id: 'refused' },
    }),
  );
});
afterAll(() => api.stop());

const rows = z.array(z.looseObject({ id: z.string() }));

/** The ids that a query finds, the oldest first. */
async function found(query: Record<string, string>) {
  const reply = await agent('GET', `/api/orders?${new URLSearchParams(query)}&sort_dir=asc`);
  const ids = reply.status === 200 ? rows.parse(reply.data).map(({ id }) => id) : reply.error;
  if (reply.status === 200) expect(reply.total).toBe(ids?.length);
  return ids;
}

describe('orders are found by', () => {
  test.each([
    [{ cod_min: '900' }, ['sale', 'refused', 'other']],
    [{ cod_min: '900.01' }, ['other']],
    [{ cod_max: '-50.50' }, ['return']],
    [{ cod_min: '٩٠٠', cod_max: '1000' }, ['sale', 'refused']],
    [{ cod_category: 'High Value' }, ['other']],
    [{ delivery_category: 'refund' }, ['return']],
    [{ service_type: 'operational' }, ['refused']],
    [{ hierarchy_status: 'sub' }, ['return']],
    [{ has_product_desc: 'false' }, ['other']],
    [{ customer_segment: 'vip' }, ['other']],
    [{ city: 'alexandria' }, ['other']],
    [{ city: 'الاسكندرية' }, ['other']],
    [{ zone: 'سيدي جابر' }, ['other']],
    [{ district: 'sidi gaber station' }, ['other']],
    [{ district: 'سيدي جابر' }, ['other']],
    [{ zone: 'Nowhere' }, []],
    [{ tracking: '70-sale' }, ['sale']],
    [{ state: 'Delivered' }, ['sale', 'other']],
    [{ state: 'تم التسليم' }, ['sale', 'other']],
    [{ state: 'returned_to_business' }, ['return', 'refused']],
    [{ state: 'Heading to customer' }, []],
    [{ order_type: 'Customer  return pickup' }, ['return']],
    [{ order_type: 'CUSTOMER_RETURN_PICKUP' }, ['return']],
    [{ order_type: 'إسترجاع عميل' }, ['return']],
    [{ state: '\u200fتم التسليم\u200f' }, ['sale', 'other']],
    [{ order_type: 'send', state: 'مرتجع' }, ['refused']],
    [{ sla_exceeded: 'true' }, ['sale']],
    [{ sla_exceeded: 'false' }, ['return', 'refused', 'other']],
    [{ attempts_min: '2' }, ['refused']],
    [{ attempts_min: '0' }, ['sale', 'return', 'refused', 'other']],
    [{ cod_category: 'Medium', attempts_min: '3', service_type: 'main' }, []],
  ])('%j', async (query, ids) => {
    expect(await found(query)).toEqual(ids);
  });

  test('days of Cairo: an order of 1 June 00:30 there is none of May (lesson 16)', async () => {
    expect(await found({ date_from: '2026-06-01', date_to: '2026-06-01' })).toEqual(['sale']);
    expect(await found({ date_to: '2026-05-31' })).toEqual([]);
    expect(await found({ date_from: '2026-06-30' })).toEqual(['other']);
    expect(await found({ date_to: '2026-06-29' })).toEqual(['sale', 'return', 'refused']);
  });

  test('what came back: refused at the door, or with a return linked to it; the pickup itself is none', async () => {
    expect(await found({ has_returns: 'true' })).toEqual(['sale', 'refused']);
    expect(await found({ has_returns: 'false' })).toEqual(['return', 'other']);
  });

  test('their cases, and what is still to come at the hub', async () => {
    expect(await found({ has_service_actions: 'true' })).toEqual(['refused']);
    expect(await found({ has_service_actions: 'false' })).toEqual(['sale', 'return', 'other']);
    expect(await found({ service_status: 'pending' })).toEqual(['refused']);
    expect(await found({ service_status: 'requested' })).toEqual(['refused']);
    await api.sql`update service_actions set hub_confirmation_status = 'confirmed',
      action_status = 'in_progress'`;
    expect(await found({ service_status: 'pending' })).toEqual([]);
    expect(await found({ service_status: 'in_progress' })).toEqual(['refused']);
  });

  test('their district by its id too: Bosta has changed its name since', async () => {
    const { sql } = api;
    await sql`update orders set dropoff_district_id = 'd1', dropoff_district_name = 'Old Sidi Gaber'
      where id = 'refused'`;
    const given = [{ district: 'سيدى جابر' }, { district: 'old sidi gaber' }];
    expect(await Promise.all(given.map(found))).toEqual([['refused', 'other'], ['refused']]);
  });

  test.each([
    ['011 1234 5678', ['other']],
    ['٠١١١٢٣٤٥٦٧٨', ['other']],
    ['345678', ['sale', 'return', 'refused', 'other']],
    ['70-refused', ['refused']],
    ['#10023', ['other']],
    ['حسن مني', ['sale', 'return', 'refused']],
    ['samir AHMED', ['other']],
    ['منى ahmed', []],
    ['Customer Return Pickup', ['return']],
    ['استرجاع العميل', ['return']],
    ['CUSTOMER_RETURN_PICKUP', ['return']],
    ['\u200fAhmed\u200e samir', ['other']],
    ['تم التسليم', ['sale', 'other']],
    ['منى delivered', ['sale', 'return']],
    ['سليم', []],
    ['liver', []],
    ['100%', []],
    ['_', []],
  ])('searching for %s', async (search, ids) => {
    expect(await found({ search })).toEqual(ids);
  });
});

test.each([
  [{ cod_min: 'abc' }, 'cod_min: must be an amount in EGP with at most two decimals'],
  [{ cod_min: '1.005' }, 'cod_min: must be an amount in EGP with at most two decimals'],
  [{ cod_min: '2', cod_max: '1' }, 'cod_min: must not be above cod_max'],
  [{ date_from: '2026-06-02', date_to: '2026-06-01' }, 'date_from: must not be after date_to'],
  [{ has_returns: 'yes' }, 'has_returns: must be true or false'],
  [{ service_status: 'waiting' }, 'service_status: '],
  [{ attempts_min: '-1' }, 'attempts_min: must be a whole number'],
  [{ customer_segment: 'VIP' }, 'customer_segment: '],
])('%j is refused with what is wrong', async (query, said) => {
  expect(await found(query)).toContain(said);
});
