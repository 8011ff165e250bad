import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { insertCase } from '../../db/new-cases.ts';
import { currentPolicy } from '../../db/policies.ts';
import { type Api, type Requester, startApi } from '../api/support.ts';
import { families } from './support.ts';

let api: Api;
let agent: Requester;
beforeAll(async () => {
  api = await startApi();
  agent = await api.as('agent');
});
afterAll(() => api.stop());

const phone = '201012345678';
const minute = 60_000;

/** So many orders, made one minute after another; each below the one that `mainOf` says, if any. */
async function madeOrders(
  name: string,
  count: number,
  mainOf: (index: number) => number,
  isWaiting = false,
): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    ...{ id: `${name}-${index}`, tracking_number: `${name}-${index}`, receiver_phone: phone },
    created_at: new Date(Date.UTC(2026, 0, 1) + index * minute),
    ...{ business_category: 'Service Order', delivery_category: 'service' },
    ...{ service_type: index === 0 ? 'main' : 'service', classification_rule: 1 },
    ...{ classification_reason: 'test', is_provisional: false, last_synced: new Date() },
    original_order_id: index === 0 || isWaiting ? null : `${name}-${mainOf(index)}`,
  }));
  const links = rows.slice(1).map(({ id }, index) => ({
    ...{ main_order_id: `${name}-${mainOf(index + 1)}`, sub_order_id: id },
    ...{
      relationship_type: 'service',
      confidence_score: 0.9,
      rule: 'test',
      evidence: api.sql.json({}),
    },
    ...{ linked_by: 'auto_sync', is_active: !isWaiting, is_pending_review: isWaiting },
  }));
  const { sql } = api;
  for (let at = 0; at < rows.length; at += 500)
    await sql`insert into orders ${sql(rows.slice(at, at + 500))}`;
  for (let at = 0; at < links.length; at += 500)
    await sql`insert into order_hierarchy_management ${sql(links.slice(at, at + 500))}`;
}

type Tree = { order_id: string; sub_orders_total: number; sub_orders: Tree[] };
const tree: z.ZodType<Tree> = z.looseObject({
  ...{ order_id: z.string(), sub_orders_total: z.int() },
  get sub_orders() {
    return z.array(tree);
  },
});
const family = z.looseObject({
  tree: z.looseObject({ link: z.looseObject({ main_order_id: z.string() }).nullable() }).and(tree),
  ...{ orders_total: z.int(), waiting: z.array(z.unknown()), waiting_total: z.int() },
});
const idsOf = ({ order_id, sub_orders }: Tree): string[] => [
  order_id,
  ...sub_orders.flatMap(idsOf),
];

async function familyOf(id: string) {
  const reply = await agent('GET', `${families}/${id}`);
  expect(reply.status).toBe(200);
  const read = family.parse(reply.data);
  return { ...read, ids: idsOf(read.tree) };
}

describe('a chain of 1,800 orders', () => {
  beforeAll(() => madeOrders('chain', 1_800, (index) => index - 1));

  test.each([
    ['chain-0', 'chain-0', 'chain-199'],
    ['chain-900', 'chain-800', 'chain-999'],
    ['chain-1799', 'chain-1600', 'chain-1799'],
  ])('around %s is shown from %s to %s', async (id, first, last) => {
    const { ids, orders_total, tree: top } = await familyOf(id);
    expect([ids[0], ids.at(-1), ids.length, orders_total]).toEqual([first, last, 200, 1_800]);
    const above = Number(first.slice(6)) - 1;
    expect(top.link?.main_order_id).toBe(above < 0 ? undefined : `chain-${above}`);
  });

  test("is its customer's one family", async () => {
    const reply = await agent('GET', `${families}/customer/${phone}`);
    expect(reply).toMatchObject({ status: 200, total: 1 });
    const [first] = z.array(family).parse(reply.data);
    expect([first?.tree.order_id, first?.orders_total]).toEqual(['chain-0', 1_800]);
  });
});

describe('a sale with 2,000 sub-orders', () => {
  beforeAll(() => madeOrders('star', 2_001, () => 0));

  test('shows those made first, and how many there are', async () => {
    const { ids, orders_total, tree: top } = await familyOf('star-0');
    expect(ids).toEqual(Array.from({ length: 200 }, (_, index) => `star-${index}`));
    expect([top.sub_orders_total, orders_total]).toEqual([2_000, 2_001]);
  });

  test('is shown with the sub-order that was asked for', async () => {
    const { ids, tree: top } = await familyOf('star-1500');
    expect([top.order_id, ids.length, ids.includes('star-1500')]).toEqual(['star-0', 200, true]);
  });

  test('lists them on pages', async () => {
    const list = '/api/orders/star-0/sub-orders';
    const orders = z.array(z.looseObject({ id: z.string() }));
    const first = await agent('GET', list);
    expect(first).toMatchObject({ status: 200, total: 2_000, page: 1, limit: 25 });
    expect(orders.parse(first.data).map(({ id }) => id)[0]).toBe('star-1');
    const last = await agent('GET', `${list}?limit=100&page=20`);
    expect(orders.parse(last.data).at(-1)?.id).toBe('star-2000');
    expect(await agent('GET', `${list}?limit=100&page=21`)).toMatchObject({
      data: [],
      total: 2_000,
    });
    expect(await agent('GET', `${list}?page=0`)).toMatchObject({ status: 400 });
  });

  test('is shown with a case by its newest, and how many there are', async () => {
    const { version: policy_version } = await currentPolicy(api.sql);
    const id = await api.sql.begin((tx) =>
      insertCase(tx, {
        ...{ action_type: 'maintenance', action_subtype: null, priority: 'medium', hub_id: 1 },
        ...{ return_method: 'walk_in', address: null, service_reason: 'It stopped', notes: null },
        ...{ customer_phone: phone, customer_name: null, product_sku: null, product_name: null },
        ...{ faulty_serial_number: null, created_by: 1, policy_version },
        main_order_id: 'star-0',
      }),
    );
    const { data } = await agent('GET', `/api/service-actions/${id}`);
    const seen = z
      .looseObject({ family: z.array(z.looseObject({ id: z.string() })), family_total: z.int() })
      .parse(data);
    expect([seen.family.length, seen.family_total]).toEqual([100, 2_000]);
    expect([seen.family[0]?.id, seen.family.at(-1)?.id]).toEqual(['star-1901', 'star-2000']);
  });
});

test('of 300 candidates that wait at one sale 200 are shown, and how many there are', async () => {
  await madeOrders('waiting', 301, () => 0, true);
  const { waiting, waiting_total, orders_total } = await familyOf('waiting-0');
  expect([waiting.length, waiting_total, orders_total]).toEqual([200, 300, 1]);
});
