import type postgres from 'postgres';
import { z } from 'zod';
import type { AnySql, Fragment } from './client.ts';

/** A moment: a column gives it as a Date, JSON as text. What is missing is none. */
export const moment = z.codec(z.union([z.date(), z.iso.datetime({ offset: true })]), z.date(), {
  decode: (at) => new Date(at),
  encode: (at) => at,
});

type Query = PromiseLike<readonly postgres.Row[]>;

/** Every row, checked against `schema`: the database may change apart from this code. */
export async function many<T>(schema: z.ZodType<T>, query: Query): Promise<T[]> {
  return (await query).map((row) => schema.parse(row));
}

/**
 * Rows by the thousand, as the driver gives them: checked is the first, since all rows of an
 * answer have the same columns and types, and nothing is copied. For schemas that change nothing.
 */
export async function manyAlike<T>(schema: z.ZodType<T>, query: Query): Promise<T[]> {
  const rows = await query;
  if (rows[0]) schema.parse(rows[0]);
  return rows as T[];
}

/** The one row there may be, checked; undefined where there is none. */
export async function maybeOne<T>(schema: z.ZodType<T>, query: Query): Promise<T | undefined> {
  const [row] = await query;
  return row === undefined ? undefined : schema.parse(row);
}

/** The one row there must be, checked; throws where there is none. */
export async function one<T>(schema: z.ZodType<T>, query: Query): Promise<T> {
  const row = await maybeOne(schema, query);
  if (row === undefined) throw new Error('The query gave no row where one must be');
  return row;
}

/** Which page of a list, from 1, and how many rows are on one. */
export type Page = { page: number; limit: number };
/** The rows of one page, and how many there are on all pages. */
export type Paged<T> = { rows: T[]; total: number };

/** What ends a statement that reads one page: behind its `order by`. */
export function onPage(sql: AnySql, { page, limit }: Page): Fragment {
  return sql`limit ${limit} offset ${(page - 1) * limit}`;
}

const counted = z.object({ total: z.number() });

/** Reads one page of rows, each checked; `count` is a statement that gives how many there are in all as `total`. */
export async function readPage<T>(
  schema: z.ZodType<T>,
  rows: Query,
  count: Query,
): Promise<Paged<T>> {
  const [found, { total }] = await Promise.all([many(schema, rows), one(counted, count)]);
  return { rows: found, total };
}
