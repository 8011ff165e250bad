import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { relinkNow } from '../../db/family-runs.ts';
import { currentPolicy } from '../../db/policies.ts';
import { many } from '../../db/query.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { type IngestLab, ingestLab, type Payload, payload } from '../ingest/lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
});
afterAll(() => lab.drop());

const phones = ['01000000101', '01000000102', '01000000201', '01000000120'] as const;
/** A digit wrong where all mobiles have the same, a digit missing, and one too many. */
const broken = ['01300000101', '0100000101', '010000001202'] as const;
/** Nobody's but that of whom it is typed for: the shop's number alone leads on from it. */
const far = ['01555777333', '01222444888'] as const;
const products = ['خلاط 1000 وات', 'Blender 1000W', 'مفرمة لحوم', 'Electric oven 45L', ''];
const names = ['منى حسن', 'Mona Hassan', 'خالد فاروق', ''];

const anyOrder = fc.record({
  sale: fc.boolean(),
  /** Often near each other, so that a sale comes between a pickup and its way back. */
  day: fc.oneof(fc.nat(450), fc.integer({ min: 100, max: 130 })),
  phone: fc.constantFrom(...phones, ...phones, ...broken, ...far, ...far),
  second: fc.option(fc.constantFrom(...phones, ...broken), { freq: 3 }),
  product: fc.constantFrom(...products),
  name: fc.constantFrom(...names),
  cod: fc.constantFrom(0, 150, -900),
  fetches: fc.boolean(),
  /** What an exchange takes back. */
  takes: fc.option(fc.constantFrom(...products), { freq: 3 }),
  names: fc.option(fc.nat(8), { freq: 3 }),
  /** The shop's number that a sale has, and that what follows names. */
  shopNumber: fc.option(fc.nat(2), { freq: 3 }),
  /** How it came first, before it was corrected. */
  was: fc.option(fc.constantFrom({ phone: phones[2] }, { state: 10 }, { cod: 620 }, { number: 1 })),
});
type AnyOrder = typeof anyOrder extends fc.Arbitrary<infer T> ? T : never;

const home = { dropOffAddress: { city: { name: 'Giza' }, firstLine: '12 Nile street' } };

function delivery(order: AnyOrder, n: number, was: Record<string, unknown> = {}): Payload {
  const at = new Date(Date.UTC(2025, 0, 1 + order.day));
  const changed = {
    ...{ phone: order.phone, state: 45, cod: order.sale ? 900 : order.cod },
    ...{ number: order.shopNumber, ...was },
  };
  return payload(`700${n}`, {
    ...{ cod: changed.cod, state: { code: changed.state }, createdAt: at.toISOString() },
    receiver: { phone: changed.phone, secondPhone: order.second, fullName: order.name },
    specs: { packageDetails: { itemsCount: 1, description: order.product } },
    ...(order.sale ? {} : afterSale(order)),
    ...home,
    businessReference:
      // What was said once is not forgotten where a later payload leaves it out.
      order.shopNumber === null ? null : `${order.sale ? 'shop:' : 'R'}#2600${changed.number}`,
    notes: order.names === null ? '' : `بديل للشحنة 700${order.names}`,
    updatedAt: `2026-08-0${Object.keys(was).length > 0 ? 1 : 2}T00:00:00.000Z`,
  });
}

function afterSale({ fetches, takes, product }: AnyOrder) {
  const returnSpecs = (description: string) => ({ packageDetails: { description } });
  if (takes !== null) return { type: { code: 30 }, returnSpecs: returnSpecs(takes) };
  return fetches ? { type: { code: 25 }, returnSpecs: returnSpecs(product) } : {};
}

const link = z.object({
  main: z.string(),
  sub: z.string(),
  confidence: z.number(),
  rule: z.string(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  is_active: z.boolean(),
});

const tables = [
  ...['order_hierarchy_management', 'orders', 'order_payloads', 'timeline_events'],
  ...['customers', 'family_clues', 'family_waiting', 'crowded_phones'],
];

/** What stands when all have arrived, in batches of `size`. */
async function familiesAfter(arrival: Payload[], size: number) {
  const { sql } = lab;
  for (const table of tables) await sql`delete from ${sql(table)}`;
  for (let at = 0; at < arrival.length; at += size) await lab.take(arrival.slice(at, at + size));
  const links = await many(
    link,
    sql`select main_tracking_number as main, sub_tracking_number as sub, rule, evidence, is_active,
        confidence_score::float8 as confidence
      from order_hierarchy_management where is_active or is_pending_review order by sub`,
  );
  const places =
    await sql`select id, original_order_id, order_level, hierarchy_status from orders order by id`;
  const figures = await sql`select phone, order_count, return_rate from customers order by phone`;
  return { links, places: [...places], figures: [...figures] };
}

test('families do not depend on the order of arrival, nor on what was corrected since; looking again changes nothing', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyOrder, { minLength: 2, maxLength: 9 }),
      fc.integer({ min: 1, max: 4 }),
      fc.infiniteStream(fc.nat()),
      async (orders, size, shuffle) => {
        const truth = orders.map((order, n) => delivery(order, n));
        const early = orders.flatMap((order, n) =>
          order.was ? [delivery(order, n, order.was)] : [],
        );
        const shuffled = [...early, ...truth]
          .map((one) => ({ one, at: Number(shuffle.next().value) }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const together = await familiesAfter(truth, truth.length);
        const ids = truth.map((one) => String(one._id));
        const policy = await currentPolicy(lab.sql);
        expect((await relinkNow(lab.sql, ids, policy, new Date())).changed).toBe(0);
        expect((await familiesAfter(shuffled, size)).links).toEqual(together.links);
        const backwards = await familiesAfter(truth.toReversed(), 1);
        expect(backwards).toEqual(together);
        found += together.links.length;
      },
    ),
    { numRuns: 30, seed: 20_260_601 },
  );
  expect(found).toBeGreaterThan(15);
});

test('nor on when a phone turns out to be a shop’s', async () => {
  const linking = { ...defaultPolicy.linking, max_orders_per_phone: 3 };
  await lab.sql`insert into policies (policy) values (${lab.sql.json({ ...defaultPolicy, linking })})`;
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyOrder, { minLength: 4, maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      async (orders, size) => {
        const truth = orders.map((order, n) => delivery(order, n));
        const together = await familiesAfter(truth, truth.length);
        for (const arrival of [truth, truth.toReversed()])
          expect((await familiesAfter(arrival, size)).links).toEqual(together.links);
        found += together.links.length;
      },
    ),
    { numRuns: 40, seed: 20_260_602 },
  );
  expect(found).toBeGreaterThan(15);
});
