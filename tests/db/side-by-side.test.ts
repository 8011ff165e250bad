import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sideBySide } from '../../db/side-by-side.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.sql`create table numbers (n int)`;
});
afterAll(() => database.drop());

test('statements of one transaction answer in their order, and count together', async () => {
  const answers = await database.sql.begin((tx) =>
    sideBySide(
      tx<{ one: number }[]>`select 1 as one`.then(([row]) => row?.one),
      tx<{ two: number }[]>`select 2 as two`.then(([row]) => row?.two),
    ),
  );
  expect(answers).toEqual([1, 2]);
});

test('where one fails none is left behind, nor comes after the rollback, and its reason is told', async () => {
  let slowest: Promise<unknown> | undefined;
  const failed = database.sql.begin((tx) => {
    const first = tx`insert into numbers values (1)`.execute();
    const failing = tx`select 1 / 0`.execute();
    slowest = failing.catch(() => setImmediate()).then(() => tx`insert into numbers values (2)`);
    return sideBySide(first, failing, slowest);
  });
  await expect(failed).rejects.toThrow('division by zero');
  await expect(slowest).rejects.toThrow('current transaction is aborted');
  expect(await database.sql`select n from numbers`).toEqual([]);
});
