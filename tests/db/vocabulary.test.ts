import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { many } from '../../db/query.ts';
import { bostaColumns } from '../../domain/order-columns.ts';
import * as vocabulary from '../../domain/vocabulary.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const check = z.object({ table: z.string(), column: z.string(), definition: z.string() });

/** Every check of the database that lists words. */
function closedLists() {
  return many(
    check,
    database.sql`select r.relname as table, a.attname as column, pg_get_constraintdef(c.oid) as definition
      from pg_constraint c join pg_class r on r.oid = c.conrelid
        join pg_attribute a on a.attrelid = r.oid and a.attnum = c.conkey[1]
      where c.contype = 'c' and r.relnamespace = 'public'::regnamespace
        and pg_get_constraintdef(c.oid) ~ 'ARRAY\\[' and cardinality(c.conkey) = 1
      order by 1, 2`,
  );
}

/** Lists that are the database's own, and no words of the business. */
const ownLists = ['stock_reservations.status'];

test('every closed list in the database is one of the vocabulary, word for word', async () => {
  const known = Object.values(vocabulary).map((words) => [...words].sort().join(', '));
  const lists = await closedLists();
  const foreign = lists
    .filter(({ table, column }) => !ownLists.includes(`${table}.${column}`))
    .map(({ definition, ...where }) => {
      const words = [...definition.matchAll(/'([^']+)'::text/g)].map(([, word]) => word);
      return { ...where, words: words.sort().join(', ') };
    })
    .filter(({ words }) => !known.includes(words));
  expect(lists.length).toBeGreaterThan(20);
  expect(foreign).toEqual([]);
});

test('the table of orders has every column of Bosta, in its kind', async () => {
  const types = {
    ...{ text: 'text', integer: 'integer', amount: 'bigint', real: 'double precision' },
    ...{ boolean: 'boolean', time: 'timestamp with time zone', day: 'date', list: 'jsonb' },
  };
  const rows = await many(
    z.object({ column_name: z.string(), data_type: z.string() }),
    database.sql`select column_name, data_type from information_schema.columns where table_name = 'orders'`,
  );
  const stored = new Map(rows.map((row) => [row.column_name, row.data_type]));
  const wrong = Object.entries(bostaColumns).filter(
    ([name, kind]) => stored.get(name) !== types[kind],
  );
  expect(wrong).toEqual([]);
});
