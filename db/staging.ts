import type postgres from 'postgres';
import type { Fragment, TransactionSql } from './client.ts';
import { type Copy, Copying } from './copy.ts';

/** From here on the round trips of a COPY cost less than it saves. */
export const manyRows = 50;

/**
 * Copies rows into `incoming_<table>`, from where one statement takes them over,
 * the stored ones and the new. It is a temporary table that empties itself at
 * the transaction's end and lives as long as its connection: making one for each
 * batch would swell the catalogue. What `columns` leave out has its default, since it
 * may have to be something. Nothing else may be under way in the transaction.
 */
export async function stage(tx: TransactionSql, copy: Copy): Promise<void> {
  const staging = stagingTable(copy.table);
  await tx`create temporary table if not exists ${tx(staging)}
    (like ${tx(copy.table)} including defaults) on commit delete rows`;
  const copying = new Copying(tx);
  await copying.hand({ ...copy, table: staging });
  await copying.end();
}

function stagingTable(table: string): string {
  return `incoming_${table}`;
}

/** Rows of a table, all with the same columns, as a statement reads them behind its `from`: few come with it, many are staged ahead of it. */
export async function incoming(
  tx: TransactionSql,
  table: string,
  rows: readonly Readonly<Record<string, postgres.JSONValue>>[],
): Promise<{ from: Fragment }> {
  if (rows.length < manyRows)
    return { from: tx`jsonb_populate_recordset(null::${tx(table)}, ${tx.json(rows)})` };
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => columns.map((column) => row[column]));
  await stage(tx, { table, columns, rows: values });
  return { from: tx`${tx(stagingTable(table))}` };
}
