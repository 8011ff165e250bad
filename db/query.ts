import type postgres from 'postgres';
import { z } from 'zod';

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
