import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { many } from '../../db/query.ts';
import { syncStatus } from '../../db/sync-runs.ts';
import { products } from '../../dev/catalogue.ts';
import { type IngestLab, ingestLab, payload, returnPickup } from './lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
  const rows = products.map(({ sku, name, nameAr, unitCost }) => ({
    ...{ sku, type: 'product', name, name_ar: nameAr, unit_cost: unitCost },
  }));
  await lab.sql`insert into catalogue_items ${lab.sql(rows)}`;
});
afterAll(() => lab.drop());

const described = (description: string) => ({
  specs: { packageDetails: { itemsCount: 1, description } },
});

test('an order names its product of the catalogue, and how surely; the raw text stays', async () => {
  const text = '٢ * الخلاط 1000 وات + ضمان سنة + 6 كاسات زجاج';
  await lab.take([payload('P-1', described(text)), payload('P-2', described('صينية 30*40 سم'))]);
  expect(await lab.order('P-1')).toMatchObject({
    ...{ specs_description: text, product_name: 'الخلاط 1000 وات', product_count: 2 },
    ...{ product_sku: 'BL-1000', product_match_confidence: 1 },
  });
  expect(await lab.order('P-2')).toMatchObject({
    ...{ product_name: 'صينية 30*40 سم', product_count: 1 },
    ...{ product_sku: null, product_match_confidence: null },
  });
});

test('of a return the product is what comes back', async () => {
  const returnSpecs = { packageDetails: { itemsCount: 3, description: 'Spice mill 150W' } };
  await lab.take([returnPickup('P-3', { ...described('box'), returnSpecs })], 'full');
  expect(await lab.order('P-3')).toMatchObject({ product_sku: 'SM-150', product_count: 3 });
});

test.each([1, 60])('of %i timelines that became shorter no step of before stays', async (count) => {
  const numbers = Array.from({ length: count }, (_, n) => `T-${count}-${n}`);
  const steps = ['new', 'picked_up', 'delivered'].map((value) => ({ value, done: true }));
  const brought = (timeline: unknown[], updatedAt: string) =>
    lab.take(
      numbers.map((number) => payload(number, { timeline, updatedAt })),
      'full',
    );
  await brought(steps, '2026-06-03T10:00:01.000Z');
  await brought(steps.slice(0, 2), '2026-06-04T10:00:01.000Z');
  const stored = await many(
    z.object({ steps: z.array(z.string()) }),
    lab.sql`select array_agg(event_value order by sequence_order) as steps from timeline_events
      where tracking_number = any(${numbers}) group by order_id`,
  );
  expect(stored).toEqual(numbers.map(() => ({ steps: ['new', 'picked_up'] })));
});

function storedHashes(id: string) {
  return many(
    z.object({ hash: z.string(), changed_at: z.date().nullable() }),
    lab.sql`select encode(payload_hash, 'hex') as hash, changed_at from order_payloads
      where order_id = ${id}`,
  );
}

test('an older payload takes the place of no newer one, neither in the row nor among the payloads', async () => {
  await lab.take([payload('P-4')]);
  const before = await storedHashes('id-P-4');
  await lab.take([payload('P-4', { updatedAt: '2026-06-01T00:00:00.000Z', notes: 'older' })]);
  expect(await storedHashes('id-P-4')).toEqual(before);
  await lab.take([payload('P-4', { updatedAt: '2026-06-09T00:00:00.000Z', notes: 'newer' })]);
  expect(await storedHashes('id-P-4')).not.toEqual(before);
});

test('what was settled is not asked for again by a search', async () => {
  const wallet = { cashCycle: { cod: '0.00', bosta_fees: '50.16', deposited_amt: -50.16 } };
  await lab.take([payload('P-5', { cod: 150, wallet })], 'full');
  await lab.take([payload('P-5', { cod: 150, isDelayed: true })]);
  expect(await lab.order('P-5')).toMatchObject({ cod: 0, is_delayed: true });
});

test('the type is known by its code, bare or not, and by its name', async () => {
  const types = [{ code: 25 }, 25, '25', 'CUSTOMER_RETURN_PICKUP'];
  await lab.take(types.map((type, n) => payload(`T-${n}`, { type })));
  for (const n of types.keys())
    expect(await lab.order(`T-${n}`)).toMatchObject({ order_type_code: 25, unreadable: [] });
});

test('a day that no month has is no time, and a whole batch of new orders is stored at once', async () => {
  const many = Array.from({ length: 120 }, (_, n) =>
    payload(`B-${n}`, { scheduledAt: '2026-06-31T10:00:00.000Z', notes: `سطر\n\t\\${n}` }),
  );
  expect(await lab.take(many)).toEqual({ read: 120, changed: 120, failed: 0 });
  expect(await lab.order('B-7')).toMatchObject({
    ...{ scheduled_at: null, notes: 'سطر\n\t\\7' },
    unreadable: ['scheduled_at: "2026-06-31T10:00:00.000Z"'],
  });
});

test('one that Postgres refuses among many new ones is kept with the reason', async () => {
  await lab.sql`alter table orders add constraint no_bad_notes check (notes <> 'bad') not valid`;
  const page = Array.from({ length: 130 }, (_, n) =>
    payload(`C-${n}`, { notes: n === 99 ? 'bad' : 'good' }),
  );
  expect(await lab.take(page)).toEqual({ read: 130, changed: 129, failed: 1 });
  const [failure] = await lab.sql`select reason, tracking_number from sync_failures`;
  expect(failure).toEqual({
    ...{ tracking_number: 'C-99', reason: expect.stringContaining('no_bad_notes') },
  });
});

test('the status of the sync counts the orders with a field that could not be read', async () => {
  await lab.sql`insert into sync_runs (workflow_id, run_id, is_full) values ('w', 'r', false)`;
  expect(await syncStatus(lab.sql)).toMatchObject({ unreadable: 120 });
});
