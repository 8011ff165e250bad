import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentPolicy } from '../../db/policies.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await currentPolicy(database.sql);
});
afterAll(() => database.drop());

/** Sets a policy that differs from the one in force in this threshold alone. */
const set = (path: string, value: string) =>
  database.sql.unsafe(`insert into policies (policy)
    select jsonb_set(policy, '{${path}}', '${value}') from policies order by version desc limit 1`);

test.each([
  ['links over more days than the database takes', 'linking,within_days', '400'],
  ['links within a time that is none', 'linking,within_days', '"a year"'],
])('a policy with %s is refused when it is set', async (_, path, value) => {
  await expect(set(path, value)).rejects.toThrow('policy_links_within_365_days');
});

test('a policy that reminds without any pause is refused when it is set', async () => {
  await expect(set('waits,review_hours', '0')).rejects.toThrow('policy_waits_take_time');
});

test.each([
  ['reminds after a time that is none', 'waits,refund_hours', '"a day"'],
  ['asks for a review up to a score in words', 'review,max_score', '"three"'],
  ['takes a fee that is less than nothing', 'fees,labor', '-5000'],
  ['has a list for a limit', 'limits,max_cod', '["x"]'],
  ['has no warranty in months', 'warranty_months', '"a year"'],
])('a policy that %s is refused when it is set', async (_, path, value) => {
  await expect(set(path, value)).rejects.toThrow('policy_thresholds_are_numbers');
});

test.each(['0', '1.5', '80'])('a confidence of %s is refused when it is set', async (value) => {
  await expect(set('linking,min_confidence', value)).rejects.toThrow(
    'policy_confidence_is_a_share',
  );
});

test.each([
  ['waits,review_hours', 'policy_is_whole'],
  ['review,max_score', 'policy_names_every_threshold'],
  ['fees,labor', 'policy_names_every_threshold'],
  ['customers,vip_orders', 'policy_names_every_threshold'],
  ['limits,max_cod', 'policy_names_every_threshold'],
])('a policy that lacks %s is refused when it is set', async (path, rule) => {
  const without = `insert into policies (policy) select policy #- '{${path}}' from policies limit 1`;
  await expect(database.sql.unsafe(without)).rejects.toThrow(rule);
});

test('links over fewer days, and shorter waits, can be set', async () => {
  await set('linking,within_days', '180');
  await set('waits,review_hours', '0.5');
  const { linking, waits } = await currentPolicy(database.sql);
  expect([linking.within_days, waits.review_hours]).toEqual([180, 0.5]);
});

test('what a case opened with is never rewritten', async () => {
  const { sql } = database;
  await expect(sql`update policies set policy = policy`).rejects.toThrow('append-only');
  await expect(sql`delete from policies`).rejects.toThrow('append-only');
});
