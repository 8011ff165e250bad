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

test.each([
  ['reminds without any pause', 'waits,review_hours', '0'],
  ['reminds after a time that is none', 'waits,refund_hours', '"a day"'],
])('a policy that %s is refused when it is set', async (_, path, value) => {
  await expect(set(path, value)).rejects.toThrow('policy_waits_take_time');
});

test('a policy that lacks a waiting time is refused when it is set', async () => {
  const { sql } = database;
  await expect(
    sql`insert into policies (policy) select policy #- '{waits,review_hours}' from policies limit 1`,
  ).rejects.toThrow('policy_is_whole');
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
