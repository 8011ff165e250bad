import type { Fragment, TransactionSql } from './client.ts';
import { type Copy, Copying } from './copy.ts';

/** From here on the round trips of a COPY cost less than it saves. */
export const manyRows = 50;

/**
 * Rows of a table as a statement reads them behind its `from`: few come with it, many
 * are staged ahead of it, for which nothing else may be under way in the transaction.
 * What `columns` leave out is not to be read.
 */
export async function incoming(tx: TransactionSql, copy: Copy): Promise<{ from: Fragment }> {
  if (copy.rows.length < manyRows) return { from: asJson(tx, copy) };
  return { from: tx`${tx(await stage(tx, copy))}` };
}

function asJson(tx: TransactionSql, { table, columns, rows }: Copy): Fragment {
  const records = rows.map((row) =>
    Object.fromEntries(columns.map((column, at) => [column, jsonValue(row[at])])),
  );
  return tx`jsonb_populate_recordset(null::${tx(table)}, ${JSON.stringify(records)}::text::jsonb)`;
}

/** Bytes as Postgres reads them from a text. */
function jsonValue(value: unknown): unknown {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value;
}

/**
 * Copies rows into `incoming_<table>`, and answers this name. It is a temporary table
 * that empties itself at the transaction's end and lives as long as its connection:
 * making one for each batch would swell the catalogue. What `columns` leave out has
 * its default there, since it may have to be something.
 */
async function stage(tx: TransactionSql, copy: Copy): Promise<string> {
  const staging = `incoming_${copy.table}`;
  await tx`create temporary table if not exists ${tx(staging)}
    (like ${tx(copy.table)} including defaults) on commit delete rows`;
  const copying = new Copying(tx);
  await copying.hand({ ...copy, table: staging });
  await copying.end();
  return staging;
}
