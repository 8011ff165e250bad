import type { Writable } from 'node:stream';
import { z } from 'zod';
import type { TransactionSql } from './client.ts';
import { binaryRows, type CopyType, copyTypes } from './copy-format.ts';
import { many } from './query.ts';

/** Rows of one table. */
export type Copy = {
  table: string;
  columns: readonly string[];
  /** Values in the order of `columns`, null and undefined as NULL. */
  rows: readonly (readonly unknown[])[];
};

/**
 * Writes rows by binary COPY, the fastest way into Postgres for both sides, one
 * table after the other. What has been handed over Postgres works on by itself:
 * meanwhile the next bytes can be made, or anything else be done but another COPY.
 */
export class Copying {
  readonly #tx: TransactionSql;
  #standing: Promise<unknown> = Promise.resolve();

  /** One for a transaction at a time. */
  constructor(tx: TransactionSql) {
    this.#tx = tx;
  }

  /** Hands rows over to Postgres, behind those before. */
  async hand({ table, columns, rows }: Copy): Promise<void> {
    const tx = this.#tx;
    const types = await columnTypes(tx, table, columns);
    await this.#standing;
    const into = await tx`copy ${tx(table)} (${tx(columns)}) from stdin (format binary)`.writable();
    await writeAll(into, binaryRows(rows, types));
    this.#standing = tx`select`.execute();
    // Whoever waits for it hears of a failure; nobody does while something else is done.
    this.#standing.catch(() => {});
  }

  /**
   * Rejects where Postgres refused any rows, without its reason: the driver tells
   * nobody what comes at the end of a COPY, so a statement after it is asked whether
   * the transaction still stands. It keeps the driver from ending the next COPY on
   * the connection in place of this one, too.
   */
  async end(): Promise<void> {
    await this.#standing;
  }
}

/** Ends the COPY with the last piece; where one cannot be made, Postgres is told to forget those before. */
async function writeAll(into: Writable, pieces: Iterable<Buffer>): Promise<void> {
  try {
    for (const piece of pieces) await write(into, piece);
    into.end();
  } catch (error) {
    into.on('error', () => {});
    into.destroy(error instanceof Error ? error : undefined);
    throw error;
  }
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
