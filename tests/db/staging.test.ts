import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Copy } from '../../db/copy.ts';
import { incoming, manyRows } from '../../db/staging.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.sql`create table kinds (id int, t text, amount bigint, share double precision,
    is_so boolean, at timestamptz, bytes bytea, list text[], json jsonb, left_out text)`;
});
afterAll(() => database.drop());

/** The rows as the statement reads them that takes them over. */
function read({ table, columns, rows }: Copy) {
  return database.sql.begin(async (tx) => {
    const { from } = await incoming(tx, { table, columns, rows });
    const came = await tx`select ${tx(columns)} from ${from} order by 1`.values();
    return [...came];
  });
}

const text = 'tab\there\nline \\ back \\N "quoted", \r é خلاط {a}';

test.each([manyRows - 1, manyRows])(
  '%i rows of every kind of value come as they are',
  async (n) => {
    const columns = ['id', 't', 'amount', 'share', 'is_so', 'at', 'bytes', 'list', 'json'];
    const rows = Array.from({ length: n }, (_, at) =>
      at % 2 > 0
        ? [
            ...[at, text, -(10 ** 12) - at, at / 8, true, new Date(Date.UTC(2026, 5, 1) + at)],
            ...[Buffer.from([0, 92, 10, at]), ['a,b', '"', '', text], [{ code: at, reason: text }]],
          ]
        : [at, null, null, null, null, null, null, null, null],
    );
    expect(await read({ table: 'kinds', columns, rows })).toEqual(rows);
  },
);

test('what one transaction staged the next one does not read', async () => {
  const rows = Array.from({ length: manyRows }, (_, n) => ['named:7001', String(1_000 + n)]);
  const copy = { table: 'family_clues', columns: ['clue', 'order_id'], rows };
  await read(copy);
  expect(await read(copy)).toHaveLength(manyRows);
});
