import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { many, one } from '../../db/query.ts';
import { type IngestLab, ingestLab, payload, returnPickup } from './lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
});
afterAll(() => lab.drop());

const state = (code: number, more = {}) => ({ code, value: `state-${code}`, ...more });
const wallet = { cashCycle: { cod: '900.00', bosta_fees: '104.88', deposited_amt: 795.12 } };

test('an amount that cannot be read is kept, flagged and no "service order" (lessons 4)', async () => {
  await lab.take([payload('L4-0', { cod: 'تسعمائة جنيه' })]);
  expect(await lab.order('L4-0')).toMatchObject({
    cod: null,
    cod_category: null,
    business_category: 'Operational Order',
    unreadable: ['cod: "تسعمائة جنيه"'],
  });
});

test('a missing date stays missing (lessons 5)', async () => {
  await lab.take([payload('L5-0', { createdAt: null, scheduledAt: 'غدا', updatedAt: undefined })]);
  expect(await lab.order('L5-0')).toMatchObject({
    created_at: null,
    scheduled_at: null,
    bosta_updated_at: null,
    unreadable: ['scheduled_at: "غدا"'],
  });
});

test('a field of another type costs nothing but itself (lessons 6)', async () => {
  const odd = {
    receiver: [],
    dropOffAddress: ['Cairo'],
    specs: 'box',
    state: '45',
    attempts: 7,
    timeline: {},
  };
  await lab.take([payload('L6-0', odd)]);
  const order = await lab.order('L6-0');
  expect(order).toMatchObject({ cod: 900_00, state_code: 45, receiver_phone: null });
  expect(order.unreadable).toEqual([
    'receiver: []',
    'specs: "box"',
    'dropOffAddress: ["Cairo"]',
    'attempts[0]: 7',
  ]);
});

test('every spelling of a phone is one customer (lessons 7)', async () => {
  const phones = ['01000000777', '+201000000777', '٠١٠٠٠٠٠٠٧٧٧', '1000000777'];
  await lab.take(phones.map((phone, n) => payload(`L7-${n}`, { receiver: { phone } })));
  const { order_count } = await one(
    z.object({ order_count: z.number() }),
    lab.sql`select order_count from customers where phone = '201000000777'`,
  );
  expect(order_count).toBe(4);
});

test('a phone that cannot be read is kept as it was, and flagged', async () => {
  await lab.take([payload('L7-x', { receiver: { phone: '01000 أو 0111' } })]);
  expect(await lab.order('L7-x')).toMatchObject({
    receiver_phone: null,
    receiver_phone_raw: '01000 أو 0111',
    unreadable: ['receiver_phone: "01000 أو 0111"'],
  });
});

test('a number beside a phone that cannot be read is flagged, and the phone read', async () => {
  await lab.take([payload('L7-y', { receiver: { phone: '27654321 / 01000000778' } })]);
  expect(await lab.order('L7-y')).toMatchObject({
    receiver_phone: '201000000778',
    unreadable: ['receiver_phone: "27654321 / 01000000778"'],
  });
});

test('a corrected phone takes its order, and its figures, to the right customer', async () => {
  const count = (phone: string) =>
    one(
      z.object({ order_count: z.number() }),
      lab.sql`select order_count from customers where phone = ${phone}`,
    );
  await lab.take([payload('L7-moved', { receiver: { phone: '01000000444' } })]);
  await lab.take([
    payload('L7-moved', { receiver: { phone: '01000000445' }, updatedAt: '2026-07-01T10:00:00Z' }),
  ]);
  expect(await count('201000000444')).toEqual({ order_count: 0 });
  expect(await count('201000000445')).toEqual({ order_count: 1 });
});

test('a return finds its sale by the customer, not by its own number (lessons 8)', async () => {
  const receiver = { phone: '01000000888' };
  await lab.take([returnPickup('L8-return', { receiver })]);
  await lab.take([payload('L8-sale', { receiver })]);
  expect(await lab.order('L8-return')).toMatchObject({
    original_order_id: 'id-L8-sale',
    order_level: 1,
    hierarchy_status: 'sub',
  });
  expect(await lab.order('L8-sale')).toMatchObject({ order_level: 0, hierarchy_status: 'main' });
});

test('state 46 is the good end of a pickup and the bad one of a delivery (lessons 10)', async () => {
  const receiver = { phone: '01000000110' };
  await lab.take([
    payload('L10-sale', { receiver, state: state(46) }),
    returnPickup('L10-pickup', { receiver }),
  ]);
  const customer = await one(
    z.object({ returned_count: z.number(), order_count: z.number() }),
    lab.sql`select returned_count, order_count from customers where phone = '201000000110'`,
  );
  expect(customer).toEqual({ returned_count: 1, order_count: 1 });
});

test('a customer whose name comes in two parts alone is called by both', async () => {
  const receiver = { phone: '01000000666', firstName: 'منى', lastName: 'حسن' };
  await lab.take([payload('two-parts', { receiver })]);
  const { name } = await one(
    z.object({ name: z.string().nullable() }),
    lab.sql`select name from customers where phone = '201000000666'`,
  );
  expect(name).toBe('منى حسن');
});

test('an older payload never puts a delivered order back on the road (lessons 12)', async () => {
  await lab.take([payload('L12')]);
  const older = payload('L12', { state: state(41), updatedAt: '2026-06-02T10:00:00.000Z' });
  expect((await lab.take([older])).changed).toBe(0);
  expect(await lab.order('L12')).toMatchObject({ state_code: 45 });
});

test('what a search item lacks never clears what the full read gave', async () => {
  const full = payload('L14', {
    wallet,
    timeline: [
      { code: 10, value: 'new', done: true, date: 1_780_000_000_000 },
      { value: 'delivered', done: false },
    ],
    returnSpecs: { packageDetails: { itemsCount: 2 } },
    receiver: { phone: '01000000101', email: 'mona@example.com' },
  });
  await lab.take([full], 'full');
  await lab.take([
    payload('L14', {
      updatedAt: '2026-06-09T10:00:00.000Z',
      notes: 'جديد',
      wallet: { cashCycle: null },
    }),
  ]);
  expect(await lab.order('L14')).toMatchObject({
    ...{ notes: 'جديد', bosta_fees: 104_88, deposited_amount: 795_12, return_items_count: 2 },
    ...{ receiver_email: 'mona@example.com', bosta_fees_source: 'cash_cycle' },
  });
  const steps = await many(
    z.object({ event_value: z.string(), is_done: z.boolean() }),
    lab.sql`select event_value, is_done from timeline_events where order_id = 'id-L14' order by sequence_order`,
  );
  expect(steps).toEqual([
    { event_value: 'new', is_done: true },
    { event_value: 'delivered', is_done: false },
  ]);
});

test('the same delivery twice in a page, under its id and its number, is one order', async () => {
  const again = payload('LD-0', { updatedAt: '2026-06-04T10:00:00.000Z', notes: 'later' });
  const withoutId = { ...again, _id: undefined };
  expect(await lab.take([payload('LD-0'), withoutId])).toMatchObject({
    read: 2,
    failed: 0,
    changed: 1,
  });
  expect(await lab.order('LD-0')).toMatchObject({ id: 'id-LD-0', notes: 'later' });
});

test('a number that passes from one delivery to another costs neither of them', async () => {
  await lab.take([payload('LN-1', { notes: 'first' })]);
  const later = { updatedAt: '2026-06-04T10:00:00.000Z' };
  const renumbered = payload('LN-2', { ...later, _id: 'id-LN-1', notes: 'first' });
  const another = payload('LN-1', { ...later, _id: 'id-LN-other', notes: 'another' });
  expect(await lab.take([renumbered, another])).toMatchObject({ changed: 2, failed: 0 });
  expect(await lab.order('LN-2')).toMatchObject({ id: 'id-LN-1', notes: 'first' });
  expect(await lab.order('LN-1')).toMatchObject({ id: 'id-LN-other', notes: 'another' });
});

test('a state that nobody knows is kept', async () => {
  await lab.take([payload('LS-0', { state: 77 })]);
  expect(await lab.order('LS-0')).toMatchObject({ state_code: 77, service_type: 'operational' });
});

/** How many rows there are of all that the ingest writes, and the last transaction that wrote one. */
function everythingWritten() {
  const row = z.object({ table: z.string(), rows: z.number(), last_write: z.string().nullable() });
  const count = (table: string) => `select '${table}' as table, count(*)::int as rows,
    max(xmin::text::bigint)::text as last_write from ${table}`;
  const tables = [
    'orders',
    'order_payloads',
    'timeline_events',
    'order_hierarchy_management',
    'customers',
  ];
  return many(row, lab.sql.unsafe(tables.map(count).join(' union all ')));
}

test('what is not new is not written, neither from a search nor from a full read', async () => {
  const page = [
    payload('LU-1'),
    returnPickup('LU-2'),
    payload('LU-3', { cod: 'x', updatedAt: null }),
  ];
  await lab.take(page);
  await lab.take(page, 'full');
  const before = await everythingWritten();
  expect(await lab.take(page)).toEqual({ read: 3, changed: 0, failed: 0 });
  const sameInOtherWords = page.map((one) => ({
    ...one,
    receiver: { ranking: 5, ...Object(one.receiver) },
  }));
  expect(await lab.take(sameInOtherWords)).toMatchObject({ changed: 0 });
  const after = await everythingWritten();
  const withoutPayloads = (rows: typeof after) =>
    rows.filter((row) => row.table !== 'order_payloads');
  expect(withoutPayloads(after)).toEqual(withoutPayloads(before));
});
