import { afterAll, beforeAll, expect, test } from 'vitest';
import { incoming, manyRows } from '../../db/staging.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test.each([manyRows - 1, manyRows])(
  '%i rows with some columns of a table come to the statement that reads them as they are',
  async (count) => {
    const rows = Array.from({ length: count }, (_, n) => ({
      ...{ phone: `2010${10_000_000 + n}`, name: n % 2 ? 'هبة علي' : null, order_count: n },
      ...{ delivered_value: n * 100, return_rate: n / 8, first_order_at: new Date(n * 1000) },
    }));
    const read = await database.sql.begin(async (tx) => {
      const { from } = await incoming(tx, 'customers', rows);
      const columns = Object.keys(rows[0] ?? {});
      return tx`select ${tx(columns)} from ${from} order by phone`;
    });
    expect([...read]).toEqual(rows);
  },
);

test('what one transaction staged the next one does not read', async () => {
  const rows = Array.from({ length: manyRows }, (_, n) => ({
    clue: 'named:7001',
    order_id: `${n}`,
  }));
  for (let turn = 0; turn < 2; turn++) {
    const [read] = await database.sql.begin(async (tx) => {
      const { from } = await incoming(tx, 'family_clues', rows);
      return tx`select count(*) from ${from}`;
    });
    expect(read).toEqual({ count: manyRows });
  }
});
