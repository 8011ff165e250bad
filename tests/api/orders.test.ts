import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { insertCase, type NewCase } from '../../db/new-cases.ts';
import { currentPolicy } from '../../db/policies.ts';
import { bostaColumnNames } from '../../domain/order-columns.ts';
import { type Api, type Requester, startApi } from './support.ts';

let api: Api;
let agent: Requester;

const orders = [
  { id: 'o1', tracking_number: '7001', state_code: 45, state_value: 'Delivered', cod: 1290_50 },
  { id: 'o2', tracking_number: '7002', state_code: 46, state_value: 'Returned', cod: 0 },
  { id: 'o3', tracking_number: '7003', state_code: 10, state_value: 'Created', cod: null },
];

beforeAll(async () => {
  api = await startApi();
  agent = await api.as('agent');
  const rows = orders.map((order, i) => ({
    ...order,
    order_type_code: i === 1 ? 25 : 10,
    receiver_phone: '201012345678',
    receiver_second_phone: i === 0 ? '201112345678' : null,
    dropoff_city_name: i === 2 ? 'Alexandria' : 'Cairo',
    created_at: new Date(Date.UTC(2026, 0, i + 1)),
    delivery_promise_date: '2026-06-01',
    business_category: i === 0 ? 'Real Sales Order' : 'Service Order',
    ...{ delivery_category: 'sales', service_type: 'main' },
    ...{ classification_rule: 4, classification_reason: 'test', is_provisional: false },
    ...{ hierarchy_status: 'unlinked', last_synced: new Date() },
  }));
  await api.sql`insert into orders ${api.sql(rows)}`;
  await api.sql`insert into cities (city_id, name, name_ar, alias, synced_at) values
    ('c1', 'Cairo', 'القاهره', 'Kairo', now()), ('c2', 'Alexandria', 'الاسكندريه', null, now())`;
  await api.sql`insert into order_hierarchy_management (main_order_id, sub_order_id,
      relationship_type, confidence_score, rule, evidence, linked_by, is_active)
    values ('o1', 'o2', 'return', 0.87, 'phone and product', '{"phone": true}', 'auto_sync', true)`;
});
afterAll(() => api.stop());

const rows = z.array(z.looseObject({ id: z.string() }));
const idsOf = (data: unknown) => rows.parse(data).map(({ id }) => id);

describe('orders are found', () => {
  test.each([
    ['state=45', ['o1']],
    ['state=delivered', ['o1']],
    ['order_type=25', ['o2']],
    [`state=${encodeURIComponent('٤٥')}`, ['o1']],
    [`state=${encodeURIComponent('۴۵')}`, ['o1']],
    [`order_type=${encodeURIComponent('٢٥')}`, ['o2']],
    [`page=${encodeURIComponent('٢')}&limit=${encodeURIComponent('۲')}`, ['o1']],
    ['business_category=Service%20Order', ['o3', 'o2']],
    [`city=${encodeURIComponent('القاهرة')}`, ['o2', 'o1']],
    ['city=cairo', ['o2', 'o1']],
    ['city=Kairo', ['o2', 'o1']],
    [`city=${encodeURIComponent('الإسكندرية')}`, ['o3']],
    ['city=Nowhere', []],
    ['phone=01012345678', ['o3', 'o2', 'o1']],
    [`phone=${encodeURIComponent('٠١١١ ٢٣٤ ٥٦٧٨')}`, ['o1']],
    ['sort_by=created_at&sort_dir=ASC', ['o1', 'o2', 'o3']],
    ['sort_by=cod&sort_dir=desc', ['o1', 'o2', 'o3']],
    ['page=2&limit=2', ['o1']],
    ['page=1000000', []],
  ])('by %s', async (query, ids) => {
    const reply = await agent('GET', `/api/orders?${query}`);
    expect([reply.status, idsOf(reply.data)]).toEqual([200, ids]);
  });

  test.each([
    ['01012345678'],
    ['+20 101 234 5678'],
    ['00201012345678'],
    ['1012345678'],
    ['٠١٠١٢٣٤٥٦٧٨'],
  ])('under the phone written %s', async (phone) => {
    const reply = await agent('GET', `/api/orders/phone/${encodeURIComponent(phone)}`);
    expect(reply).toMatchObject({ status: 200, total: 3 });
  });

  test('by a tracking number in Arabic-Indic digits', async () => {
    const reply = await agent('GET', `/api/orders/tracking/${encodeURIComponent('٧٠٠١')}`);
    expect(reply.data).toMatchObject({ id: 'o1', timeline: [] });
  });
});

test('with a slash at its end a path means the same', async () => {
  const list = await agent('GET', '/api/orders/?limit=1');
  expect([list.status, list.total, idsOf(list.data)]).toEqual([200, 3, ['o3']]);
  expect((await agent('GET', '/api/orders/o1/')).data).toMatchObject({ id: 'o1' });
  expect(await api.anybody('GET', '/api/orders/')).toMatchObject({ status: 401 });
});

describe('what is not known here is refused with its name, not ignored', () => {
  test.each([
    ['nobody_knows=1', 'nobody_knows'],
    ['page=abc', 'page'],
    ['page=1000001', 'page'],
    ['limit=-1', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['sort_by=password_hash', 'sort_by'],
    ['sort_dir=up', 'sort_dir'],
    ['phone=abc', 'phone'],
    ['business_category=Sales', 'business_category'],
  ])('%s', async (query, field) => {
    const reply = await agent('GET', `/api/orders?${query}`);
    expect(reply).toMatchObject({
      ...{ status: 400, code: 'INVALID_REQUEST' },
      details: { fields: [{ field }] },
    });
    expect(reply.error).toContain(field);
  });

  test('with the parameters that there are', async () => {
    const reply = await agent('GET', '/api/orders?weight_min=1');
    expect(reply.error).toMatch(/^weight_min: is not known here; known are state, .*, search, /);
  });

  test('also where there are none', async () => {
    const reply = await agent('GET', '/api/orders/o1?nobody_knows=1');
    expect(reply).toMatchObject({
      ...{ status: 400, code: 'INVALID_REQUEST' },
      error: 'nobody_knows: is not known here; there are none',
    });
  });
});

test('an order has every column of Bosta, its amounts in EGP and its days as days', async () => {
  const { data } = await agent('GET', '/api/orders/o1');
  const order = z.record(z.string(), z.unknown()).parse(data);
  expect(bostaColumnNames.filter((column) => !(column in order))).toEqual([]);
  expect(order).toMatchObject({
    cod: 1290.5,
    delivery_promise_date: '2026-06-01',
    created_at: '2026-01-01T00:00:00.000Z',
  });
});

test('the parent of a return is found from the return, with what speaks for the link', async () => {
  const main = await agent('GET', '/api/orders/o2/main-order');
  expect(main.data).toMatchObject({
    id: 'o1',
    relationship_type: 'return',
    confidence_score: 0.87,
  });
  const subs = await agent('GET', '/api/orders/o1/sub-orders');
  expect(subs.data).toMatchObject([{ id: 'o2', evidence: { phone: true } }]);
  const none = await agent('GET', '/api/orders/o1/main-order');
  expect(none).toMatchObject({
    ...{ status: 404, code: 'MAIN_ORDER_NOT_FOUND' },
    error: expect.stringContaining('POST /api/orders/hierarchy/link'),
  });
  const unknown = await agent('GET', '/api/orders/o9/sub-orders');
  expect(unknown).toMatchObject({ status: 404, code: 'ORDER_NOT_FOUND' });
});

test('products come with their stock, and parts with their product', async () => {
  const parts = await agent('GET', '/api/products?type=part&product_sku=BL-500');
  expect(parts).toMatchObject({ status: 200, total: 4 });
  const [first] = z.array(z.looseObject({ stock: z.unknown() })).parse(parts.data);
  expect(first).toMatchObject({ product_sku: 'BL-500', stock: { damaged: 0, reserved: 0 } });
});

test('a case shows the family of its order: the main order first, then what belongs to its order', async () => {
  await api.sql`insert into order_hierarchy_management (main_order_id, sub_order_id,
      relationship_type, confidence_score, rule, evidence, linked_by, is_active)
    values ('o2', 'o3', 'return', 0.87, 'phone and product', '{"phone": true}', 'auto_sync', true)`;
  const { version: policy_version } = await currentPolicy(api.sql);
  const familyOf = async (main_order_id: string | null) => {
    const id = await api.sql.begin((tx) =>
      insertCase(tx, { ...walkIn, policy_version, main_order_id }),
    );
    const { data } = await agent('GET', `/api/service-actions/${id}`);
    return idsOf(z.looseObject({ family: z.unknown() }).parse(data).family);
  };
  expect(await familyOf('o1')).toEqual(['o2']);
  expect(await familyOf('o2')).toEqual(['o1', 'o3']);
  expect(await familyOf('o3')).toEqual(['o2']);
  expect(await familyOf(null)).toEqual([]);
});

const walkIn: Omit<NewCase, 'policy_version' | 'main_order_id'> = {
  ...{ action_type: 'maintenance', action_subtype: null, priority: 'medium', hub_id: 1 },
  ...{ return_method: 'walk_in', address: null, service_reason: 'It stopped', notes: null },
  ...{ customer_phone: '201012345678', customer_name: null, product_sku: null },
  ...{ product_name: null, faulty_serial_number: null, created_by: 1 },
};
