import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge } from '../../bench/linking/judge.ts';
import { population } from '../../bench/linking/population.ts';
import { usual } from '../../bench/linking/shares.ts';
import { seedDemoData } from '../../dev/demo-data.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedDemoData(database.sql);
});
afterAll(() => database.drop());

// Of some 470 links one percent is chance: the goal of 95 % found is measured by the bench
// (docs/families.md), and this is the floor under which something has broken.
test('of a small labelled population 99 % of the automatic links are right, and 93 % of all links are found', async () => {
  const found = await judge(database.sql, population(3, 900, usual));
  expect(found.precision).toBeGreaterThanOrEqual(0.99);
  expect(found.recall).toBeGreaterThanOrEqual(0.93);
  expect(found.waiting).toBeGreaterThan(0);
});

test('the same seed makes the same population', () => {
  expect(population(7, 20, usual)).toEqual(population(7, 20, usual));
  expect(population(8, 20, usual)).not.toEqual(population(7, 20, usual));
});
