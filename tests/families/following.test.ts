import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Api, type Requester, startApi } from '../api/support.ts';
import { payload, returnPickup } from '../ingest/lab.ts';
import { families, fullReads, of } from './support.ts';

let api: Api;
let agent: Requester;
beforeAll(async () => {
  api = await startApi();
  agent = await api.as('agent');
});
afterAll(() => api.stop());

const take = fullReads(() => api.sql);
const changed = { updatedAt: '2026-07-01T00:00:00Z' };
const link = z.looseObject({ main_order_id: z.string(), rule: z.string() });
const view = z.looseObject({
  tree: z.looseObject({
    order_id: z.string(),
    sub_orders: z.array(z.looseObject({ order_id: z.string(), link })),
  }),
  waiting: z.array(link),
});
const familyOf = async (tracking: string) =>
  view.parse((await agent('GET', `${families}/id-${tracking}`)).data);
const mainOf = async (tracking: string) => {
  const { data } = await agent('GET', `/api/orders/id-${tracking}/main-order`);
  return data === undefined ? undefined : z.looseObject({ id: z.string() }).parse(data).id;
};

test('a link shows its evidence, confidence, rule, author and time', async () => {
  await take(payload('9101', of('01011009101')), returnPickup('9102', of('01011009101')));
  const { tree } = await familyOf('9101');
  expect(tree.sub_orders).toMatchObject([
    {
      order_id: 'id-9102',
      link: {
        rule: 'nearest_main_before',
        linked_by: 'auto_sync',
        linked_at: expect.any(String),
        confidence_score: expect.any(Number),
        relationship_type: 'return',
        evidence: { phone: 'same_phone', name: 'same', product: 'same', days: 19 },
      },
    },
  ]);
});

describe('links follow what changes', () => {
  test('a main order that arrives years late takes the sub-order that waited for it', async () => {
    await take(returnPickup('9202', of('01022118202')));
    expect(await mainOf('9202')).toBeUndefined();
    await take(payload('9201', of('01022118202')));
    expect(await mainOf('9202')).toBe('id-9201');
  });

  test('an exchange that arrives late takes what is about the product that it brought', async () => {
    const kneader = { packageDetails: { description: 'عجان 5 لتر' } };
    await take(
      payload('9211', of('01022118211')),
      returnPickup('9213', { ...of('01022118211'), returnSpecs: kneader }),
    );
    expect(await mainOf('9213')).toBeUndefined();
    await take(
      payload('9212', {
        ...{ ...of('01022118211'), type: { code: 30 }, createdAt: '2026-06-10T00:00:00Z', cod: 0 },
        ...{ specs: kneader, returnSpecs: { packageDetails: { description: 'Blender' } } },
      }),
    );
    expect(await mainOf('9212')).toBe('id-9211');
    expect(await mainOf('9213')).toBe('id-9212');
  });

  test('a pickup that arrives late tells of which sale the way back is', async () => {
    const at = (month: number, day: number) => ({
      ...of('01022118221'),
      createdAt: new Date(Date.UTC(2026, month - 1, day)).toISOString(),
    });
    await take(payload('9221', at(4, 1)), payload('9223', at(5, 8)));
    await take(payload('9224', { ...at(5, 15), cod: 0 }));
    expect(await mainOf('9224')).toBe('id-9223');
    await take(returnPickup('9222', at(5, 1)));
    expect(await mainOf('9224')).toBe('id-9221');
    await take(returnPickup('9222', { ...at(5, 1), ...changed, ...of('01022118229') }));
    expect(await mainOf('9224')).toBe('id-9223');
  });

  test('a way back follows what its pickup says, whenever that comes or is corrected', async () => {
    const at = (month: number, day: number) => ({
      ...{ ...of('01022118231'), specs: null, notes: null },
      createdAt: new Date(Date.UTC(2026, month - 1, day)).toISOString(),
    });
    await take(payload('9231', at(4, 1)), payload('9232', at(4, 20)));
    await take(payload('9234', { ...at(5, 15), cod: 0 }));
    expect(await mainOf('9234')).toBe('id-9232');
    await take(returnPickup('9233', { ...at(5, 1), notes: 'صيانة للشحنة 9231' }));
    expect(await mainOf('9234')).toBe('id-9231');
    await take(returnPickup('9233', { ...at(5, 1), ...changed, notes: 'اتصل قبل الوصول' }));
    expect(await mainOf('9234')).toBe('id-9232');
  });

  test('a pickup follows what its way back says, as soon as that is delivered', async () => {
    const at = (month: number, day: number) => ({
      ...{ ...of('01022118241'), specs: null, notes: null },
      createdAt: new Date(Date.UTC(2026, month - 1, day)).toISOString(),
    });
    await take(payload('9241', at(4, 1)), payload('9242', at(4, 20)));
    await take(returnPickup('9243', at(5, 1)));
    const back = { ...at(5, 15), cod: 0, notes: 'بعد صيانة الشحنة 9241' };
    await take(payload('9244', { ...back, state: { code: 41 } }));
    expect(await mainOf('9243')).toBe('id-9242');
    await take(payload('9244', { ...back, ...changed }));
    expect(await mainOf('9243')).toBe('id-9241');
  });

  test('a sale that came back is no main order any more', async () => {
    const phone = of('01133227303');
    await take(payload('9301', phone), returnPickup('9302', phone));
    expect(await mainOf('9302')).toBe('id-9301');
    await take(payload('9301', { ...phone, ...changed, state: { code: 46 } }));
    expect(await mainOf('9302')).toBeUndefined();
  });

  test('an amount that makes a repair of the sale ends the link to it', async () => {
    const phone = of('01244336404');
    await take(payload('9401', phone), returnPickup('9402', phone));
    await take(payload('9401', { ...phone, ...changed, cod: 300 }));
    expect(await mainOf('9402')).toBeUndefined();
  });

  test('a corrected phone leads to the customer whose it is', async () => {
    const [wrong, right] = [of('01555445505'), of('01066554606')];
    await take(payload('9501', wrong), payload('9502', right), returnPickup('9503', wrong));
    expect(await mainOf('9503')).toBe('id-9501');
    await take(returnPickup('9503', { ...right, ...changed }));
    expect(await mainOf('9503')).toBe('id-9502');
  });
});

test('an order that joins two phones takes what came under the one to the sale under the other, as long as it does', async () => {
  const [sale, other] = [of('01077119801'), of('01122559802')];
  await take(payload('9801', sale), returnPickup('9802', other));
  expect(await mainOf('9802')).toBeUndefined();
  const joining = { ...of('01122559802').receiver, secondPhone: '01077119801' };
  await take(returnPickup('9803', { receiver: joining }));
  expect(await mainOf('9802')).toBe('id-9801');
  await take(returnPickup('9803', { ...of('01588337777'), ...changed }));
  expect(await mainOf('9802')).toBeUndefined();
});

test.each([
  ['of the sale', '9811', '0107711981', '01077119813'],
  ['of what came back', '9821', '01077119823', '010771198223'],
  ['in the second phone of the sale', '9831', ['01588330000', '01266443917'], '01266443971'],
])('a slip %s is found whichever of the two comes first', async (_, tracking, bought, returned) => {
  const [phone, secondPhone] = [bought].flat();
  const receiver = { fullName: 'منى تجربة', phone, secondPhone };
  const [sale, sub] = [payload(tracking, { receiver }), returnPickup(`${tracking}1`, of(returned))];
  await take(sale);
  await take(sub);
  expect(await mainOf(`${tracking}1`)).toBe(`id-${tracking}`);
  const [late, early] = [
    payload(`${tracking}2`, { receiver }),
    returnPickup(`${tracking}3`, of(returned)),
  ];
  await api.sql`truncate orders cascade`;
  await api.sql`truncate family_clues, family_waiting`;
  await take(early);
  await take(late);
  expect(await mainOf(`${tracking}3`)).toBe(`id-${tracking}2`);
});

test.each([
  ['an order', { order_id: 'id-9602' }],
  ['a customer', { phone: '+20 117 766 3707' }],
])('a look at %s repairs what is missing, and a second one finds all in place', async (_, body) => {
  const phone = of('01177663707');
  await take(payload('9601', phone), returnPickup('9602', phone));
  await api.sql`delete from order_hierarchy_management where sub_order_id = 'id-9602'`;
  const found = await agent('POST', `${families}/detect`, body);
  expect(found).toMatchObject({
    status: 200,
    data: { changed: 1, families: [{ tree: { order_id: 'id-9601' } }] },
  });
  expect(await mainOf('9602')).toBe('id-9601');
  expect(await agent('POST', `${families}/detect`, body)).toMatchObject({ data: { changed: 0 } });
});

test('a customer is shown with every family and with what waits, under either spelling of the phone', async () => {
  const phone = of('01288772808');
  const otherProduct = {
    specs: { packageDetails: { itemsCount: 1, description: 'مكنسة كهربائية' } },
  };
  await take(payload('9701', phone), payload('9702', { ...phone, ...otherProduct }));
  await take(returnPickup('9703', phone));
  const seen = await agent('GET', `${families}/customer/+201288772808`);
  expect(seen.status).toBe(200);
  const trees = z
    .array(view)
    .parse(seen.data)
    .map(({ tree }) => tree);
  expect(trees.map(({ order_id }) => order_id).toSorted()).toEqual(['id-9701', 'id-9702']);
  expect(trees.flatMap(({ sub_orders }) => sub_orders)).toMatchObject([
    { order_id: 'id-9703', link: { main_order_id: 'id-9701' } },
  ]);
});
