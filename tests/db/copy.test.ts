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
