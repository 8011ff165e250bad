import { afterAll, beforeAll, expect, test } from 'vitest';
import { Copying } from '../../db/copy.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a COPY carries every kind of value to the letter', async () => {
  const text = 'tab\there\nline \\ back \\N "quoted", \r é خلاط {a}';
  const at = new Date('2026-06-01T10:00:00.123Z');
  const list = ['a,b', '"', '\\', ''];
  const rows = await database.sql.begin(async (tx) => {
    await tx`create temporary table kinds (t text, n bigint, b boolean, at timestamptz, bytes bytea,
      list text[], json jsonb, nothing text) on commit drop`;
    const row = [text, 5, false, at, Buffer.from([0, 92, 10]), list, [{ a: text }], null];
    const columns = ['t', 'n', 'b', 'at', 'bytes', 'list', 'json', 'nothing'];
    const copying = new Copying(tx);
    await copying.hand({ table: 'kinds', columns, rows: [row] });
    await copying.end();
    return tx`select * from kinds`;
  });
  expect(rows[0]).toEqual({
    ...{ t: text, n: 5, b: false, at, bytes: Buffer.from([0, 92, 10]), list },
    ...{ json: [{ a: text }], nothing: null },
  });
});

test('rows that Postgres refuses fail the transaction, and hold nobody up', async () => {
  const refused = database.sql.begin(async (tx) => {
    await tx`create temporary table numbers (n int) on commit drop`;
    const copying = new Copying(tx);
    await copying.hand({ table: 'numbers', columns: ['n'], rows: [['one']] });
    await copying.end();
    await tx`select count(*) from numbers`;
  });
  await expect(refused).rejects.toThrow();
  expect(await database.sql`select 1 as one`).toMatchObject([{ one: 1 }]);
});

test('of many rows none stays where Postgres refuses one of the first', async () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => [n === 10 ? 0 : n + 1]);
  await expect(copied(rows)).rejects.toThrow();
  expect(await database.sql`select 1 as one`).toMatchObject([{ one: 1 }]);
});

test('of many rows none stays where one of the last is no number', async () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => [n === 19_990 ? 'none' : n + 1]);
  await expect(copied(rows)).rejects.toThrow('wanted a number');
  expect(await database.sql`select 1 as one`).toMatchObject([{ one: 1 }]);
});

test('many rows all arrive', async () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => [n + 1]);
  expect(await copied(rows)).toEqual([{ count: 20_000 }]);
});

function copied(rows: readonly unknown[][]) {
  return database.sql.begin(async (tx) => {
    await tx`create temporary table positive (n int check (n > 0)) on commit drop`;
    const copying = new Copying(tx);
    await copying.hand({ table: 'positive', columns: ['n'], rows });
    await copying.end();
    return tx`select count(*) from positive`;
  });
}
