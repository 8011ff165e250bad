import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { startCourier } from '../support/stand-in.ts';
import { startWorkers } from '../support/workers.ts';
import { type Api, type Reply, type Requester, startApi } from './support.ts';

let api: Api;
let agent: Requester;
let courier: Awaited<ReturnType<typeof startCourier>>;
let workers: Awaited<ReturnType<typeof startWorkers>> | undefined;

const walkIn = {
  action_type: 'maintenance',
  customer_phone: '01012345678',
  product_sku: 'BL-500',
  service_reason: 'It stopped',
  return_method: 'walk_in',
};
const order = {
  ...{ id: 'o1', tracking_number: '7001', order_type_code: 10, state_code: 45, product_count: 1 },
  ...{
    receiver_phone: '201012345678',
    receiver_full_name: 'منى حسن',
    product_name: 'خلاط 500 وات',
  },
  ...{
    dropoff_city_name: 'Cairo',
    dropoff_district_name: 'Maadi',
    dropoff_first_line: '9 شارع 233',
  },
  ...{ business_category: 'Real Sales Order', delivery_category: 'sales', service_type: 'main' },
  ...{ classification_rule: 4, classification_reason: 'test', is_provisional: false },
  last_synced: new Date(),
};

beforeAll(async () => {
  [api, courier] = await Promise.all([startApi(), startCourier({ stepMs: 0, deliveries: 0 })]);
  agent = await api.as('agent');
  await registerSearchAttributes(api.temporal.client);
  await api.sql`insert into orders ${api.sql(order)}`;
  await api.sql`insert into cities (city_id, name, name_ar, synced_at) values ('c1', 'Cairo', 'القاهره', now())`;
  await api.sql`insert into districts (district_id, city_id, name, name_ar, pickup_available, synced_at)
    values ('d1', 'c1', 'Maadi', 'المعادي', true, now())`;
});
afterAll(async () => {
  await workers?.stop();
  await courier.stop();
  await api.stop();
});

const open = (body: object, key: string = randomUUID()): Promise<Reply> =>
  agent('POST', '/api/service-actions', body, { 'idempotency-key': key });
const idOf = ({ data }: Reply) => z.object({ action_id: z.int() }).parse(data).action_id;
const caseCount = async () =>
  z
    .array(z.object({ n: z.int() }))
    .parse(await api.sql`select count(*)::int as n from service_actions`)[0]?.n;

test('without a worker the case is kept, and the same key finds it once there is one', async () => {
  api.settings.engineTimeoutMs = 500;
  const first = await open(walkIn, 'the worker is away');
  api.settings.engineTimeoutMs = 10_000;
  expect(first).toMatchObject({ status: 503, code: 'CASE_ENGINE_UNAVAILABLE' });
  const { data: lines } = await agent('GET', '/api/service-actions');
  const sentence = { ar: expect.stringContaining('في انتظار العميل') };
  const waiting_for = { who: 'customer', what: 'walk_in', sentence };
  expect(lines).toMatchObject([{ action_status: 'requested', waiting_for }]);
  workers = await startWorkers({
    ...{ client: api.temporal.client, connection: api.temporal.nativeConnection },
    ...{ sql: api.sql, bosta: courier.client },
  });
  const again = await open(walkIn, 'the worker is away');
  expect(again).toMatchObject({ status: 200, data: { action_status: 'requested' } });
  expect(await caseCount()).toBe(1);
});

describe('a key means the same thing for ever', () => {
  test('fifty requests at once with one key open one case', async () => {
    const before = await caseCount();
    const replies = await Promise.all(Array.from({ length: 50 }, () => open(walkIn, 'fifty')));
    expect(new Set(replies.map(idOf)).size).toBe(1);
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(49);
    expect(await caseCount()).toBe((before ?? 0) + 1);
  });

  test('fifty requests with a key each open fifty cases', async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => open(walkIn)));
    expect(new Set(replies.map(idOf)).size).toBe(50);
  });

  test('the same key with another body is refused, the same body in another order is not', async () => {
    await open(walkIn, 'one body');
    const other = await open({ ...walkIn, service_reason: 'Another' }, 'one body');
    expect(other).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' });
    const reordered = Object.fromEntries(Object.entries(walkIn).reverse());
    expect((await open(reordered, 'one body')).status).toBe(200);
  });

  test('no key, no case', async () => {
    const before = await caseCount();
    const reply = await agent('POST', '/api/service-actions', walkIn);
    expect(reply).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_REQUIRED' });
    expect(await caseCount()).toBe(before);
  });
});

describe('with an order, the customer, the product and the address come from it', () => {
  const body = { action_type: 'maintenance', service_reason: 'It stopped' };

  test.each([
    ['main_order_id', 'o1'],
    ['main_tracking_number', '٧٠٠١'],
  ])('by %s', async (field, value) => {
    const reply = await open({ ...body, [field]: value });
    expect(reply).toMatchObject({
      status: 201,
      data: {
        ...{ main_order_id: 'o1', product_sku: 'BL-500', product_name: 'خلاط 500 وات' },
        order: { id: 'o1' },
        customer: {
          ...{ phone: '201012345678', name: 'منى حسن' },
          address: { city: 'Cairo', city_id: 'c1', district_id: 'd1', first_line: '9 شارع 233' },
        },
        waiting_for: { who: 'courier' },
      },
    });
  });

  test('who opens a second case on an order sees the first, and that it is on the same order', async () => {
    const first = idOf(await open({ ...body, main_order_id: 'o1' }));
    const second = await open({ ...body, action_type: 'return_refund', main_order_id: 'o1' });
    const { other_cases } = z
      .object({
        customer: z.object({ other_cases: z.array(z.looseObject({ action_id: z.int() })) }),
      })
      .parse(second.data).customer;
    expect(other_cases.find(({ action_id }) => action_id === first)).toMatchObject({
      action_type: 'maintenance',
      main_order_id: 'o1',
    });
    expect(second.data).toMatchObject({
      notices: expect.arrayContaining([
        expect.objectContaining({
          code: 'OTHER_OPEN_CASE',
          sentence: expect.objectContaining({ en: expect.stringContaining(`HV-${first}`) }),
        }),
      ]),
    });
  });

  test('also where Bosta has another phone for the order since', async () => {
    const sold = { ...order, id: 'o2', tracking_number: '7002', receiver_phone: '201212345678' };
    await api.sql`insert into orders ${api.sql(sold)}`;
    await open({ ...body, main_order_id: 'o2' });
    await api.sql`update orders set receiver_phone = '201512345678' where id = 'o2'`;
    const second = await open({ ...body, main_order_id: 'o2' });
    expect(second.data).toMatchObject({ notices: [{ code: 'OTHER_OPEN_CASE' }] });
  });

  test('who opens a case under a warranty that is over hears so', async () => {
    const sold = { ...order, id: 'old', tracking_number: '7009', delivered_at: new Date(0) };
    await api.sql`insert into orders ${api.sql(sold)}`;
    const opening = { ...body, action_subtype: 'warranty', main_order_id: 'old' };
    expect((await open(opening)).data).toMatchObject({ notices: [{ code: 'WARRANTY_OVER' }] });
    const paid = await open({ ...body, action_subtype: 'paid', main_order_id: 'old' });
    expect(paid.data).toMatchObject({ notices: [{ code: 'OTHER_OPEN_CASE' }] });
  });

  test.each([
    ['an exchange', 30, 'dropoff_first_line', 'pickup_address'],
    ['a return pickup', 25, 'pickup_address', 'dropoff_first_line'],
  ])("of %s it is the customer's address, not the warehouse's", async (_, type, theirs, ours) => {
    const row = {
      ...{ ...order, id: `o${type}`, tracking_number: `70${type}`, order_type_code: type },
      ...{ pickup_city: 'Cairo', pickup_district: 'Maadi' },
      ...{ [theirs]: '9 شارع 233', [ours]: '12 Industrial area' },
    };
    await api.sql`insert into orders ${api.sql(row)}`;
    const reply = await open({ ...body, main_order_id: row.id });
    expect(reply).toMatchObject({
      ...{ status: 201, data: { customer: { address: { first_line: '9 شارع 233' } } } },
    });
  });

  test.each([
    [{ main_order_id: 'o9' }, 404, 'ORDER_NOT_FOUND'],
    [{ main_order_id: 'o1', main_tracking_number: '7002' }, 404, 'ORDER_NOT_FOUND'],
    [{ main_order_id: 'o1', customer_phone: '01111111111' }, 409, 'CUSTOMER_MISMATCH'],
    [{ main_order_id: 'o1', product_sku: 'NONE' }, 404, 'UNKNOWN_SKU'],
    [{ main_order_id: 'o1', hub_id: 99 }, 404, 'HUB_NOT_FOUND'],
  ])('%j is refused with %i %s, and its key can be used again', async (fields, status, code) => {
    const key = randomUUID();
    expect(await open({ ...body, ...fields }, key)).toMatchObject({ status, code });
    expect((await open({ ...body, main_order_id: 'o1' }, key)).status).toBe(201);
  });
});

test("no personal data is in the workflow's history", async () => {
  const reply = await open({ ...walkIn, customer_name: 'Mona Hassan', notes: 'Ring twice' });
  const handle = api.temporal.client.workflow.getHandle(`service-case:${idOf(reply)}`);
  const history = JSON.stringify(await handle.fetchHistory(), (key, value) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );
  expect(history).toContain('walk_in');
  for (const personal of ['Mona', '1012345678', 'It stopped', 'Ring twice']) {
    expect(history).not.toContain(personal);
  }
});
