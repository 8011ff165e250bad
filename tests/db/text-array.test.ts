import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const odd = [
  ...['', ' ', 'null', 'NULL', 'Null:', '{}', '{a,b}', 'a,b', '"', '\\', '\\"', 'tab\t', 'line\n'],
  ...['خلاط كلاسيك', "it's", '201012345678', 'slip:2010___45678', 'HVAR-7-pickup', '+2 010', '٠١٠'],
];

test('texts of every kind come back from Postgres as they were sent', async () => {
  const [row] = await database.sql`select ${odd}::text[] as list, cardinality(${odd}::text[]) as n`;
  expect(row).toEqual({ list: odd, n: odd.length });
});

test('each text finds its own row, and no other', async () => {
  const { sql } = database;
  for (const text of odd) {
    const rows = await sql`select t from unnest(${odd}::text[]) t where t = any(${[text]})`;
    expect(rows.map(({ t }) => t)).toEqual([text]);
  }
});

test('none and nothing stay what they are', async () => {
  const lists = { none: [], nothing: [null, 'a', null] };
  const [row] = await database.sql`
    select ${lists.none}::text[] as none, ${lists.nothing}::text[] as nothing`;
  expect(row).toEqual(lists);
});
