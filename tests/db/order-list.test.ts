import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOrders } from '../../db/order-queries.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

const many = 5_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.sql`insert into orders (id, created_at, business_category, delivery_category,
      service_type, classification_rule, classification_reason, is_provisional, last_synced)
    select to_char(n, 'fm00000'), case when n > 3 then timestamptz '2026-06-01' + n * interval '1 min' end,
      'Real Sales Order', 'sales', 'main', 1, 'A sale', false, now()
    from generate_series(1, ${many}) n`;
  await database.sql`vacuum analyze orders`;
});
afterAll(() => database.drop());

function page(number: number) {
  const slice = { page: number, limit: 10, sort_by: 'created_at', sort_dir: 'desc' } as const;
  return findOrders(database.sql, {}, slice);
}

// Before any other page is read: each connection tells only after a while what it has read.
test('the newest page is read in the order of its index, and not sorted out of all orders', async () => {
  await page(1);
  expect(await until('the page to be counted', rowsRead)).toBeLessThan(100);
});

test('the newest orders come first, those without a time last', async () => {
  const [first, last] = await Promise.all([page(1), page(many / 10)]);
  expect(first.rows.map(({ id }) => id).slice(0, 2)).toEqual(['05000', '04999']);
  expect(last.rows.map(({ id }) => id).slice(-4)).toEqual(['00004', '00003', '00002', '00001']);
});

/** How many orders were read through the index by which lists are ordered. */
async function rowsRead(): Promise<number | undefined> {
  const [row] = await database.sql<{ read: number }[]>`
    select pg_stat_force_next_flush(), idx_tup_read::int as read from pg_stat_user_indexes
    where indexrelname = 'orders_by_creation'`;
  return row?.read || undefined;
}
