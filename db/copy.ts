import type { Writable } from 'node:stream';
import { z } from 'zod';
import type { TransactionSql } from './client.ts';
import { binaryRows, type CopyType, copyTypes } from './copy-format.ts';
import { many } from './query.ts';

/**
 * Writes rows by binary COPY, the fastest way into Postgres for both sides: values
 * in the order of `columns`, null and undefined as NULL. Rejects where Postgres
 * refuses the rows, without its reason: the driver tells nobody what comes at the
 * end of a COPY, so a statement after it is asked whether the transaction still
 * stands. It keeps the driver from ending the next COPY on the connection in place
 * of this one, too.
 */
export async function copyRows(
  tx: TransactionSql,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const bytes = binaryRows(rows, await columnTypes(tx, table, columns));
  const into = await tx`copy ${tx(table)} (${tx(columns)}) from stdin (format binary)`.writable();
  await write(into, bytes);
  into.end();
  await tx`select`;
}

function write(into: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    into.once('error', reject);
    into.write(bytes, () => {
      into.off('error', reject);
      resolve();
    });
  });
}

const column = z.object({ name: z.string(), type: z.enum(copyTypes) });
const known = new Map<string, readonly CopyType[]>();

/** The types of columns, asked for once: a process lives with one schema. */
async function columnTypes(
  tx: TransactionSql,
  table: string,
  columns: readonly string[],
): Promise<readonly CopyType[]> {
  const key = `${table} ${columns}`;
  const types = known.get(key) ?? (await askedTypes(tx, table, columns));
  known.set(key, types);
  return types;
}

async function askedTypes(tx: TransactionSql, table: string, columns: readonly string[]) {
  const rows = await many(
    column,
    tx`select attname as name, atttypid::regtype::text as type from pg_attribute
      where attrelid = ${table}::regclass and attname = any(${[...columns]})`,
  );
  const typeOf = new Map(rows.map(({ name, type }) => [name, type]));
  return columns.map((name) => {
    const type = typeOf.get(name);
    if (type === undefined) throw new Error(`${table} has no column ${name}`);
    return type;
  });
}
