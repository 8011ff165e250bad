import type postgres from 'postgres';
import type { Fragment, TransactionSql } from './client.ts';
import { type Copy, Copying } from './copy.ts';

/** From here on the round trips of a COPY cost less than it saves. */
export const manyRows = 50;

/**
 * Copies rows into `incoming_<table>`, from where one statement takes them over,
 * the stored ones and the new. It is a temporary table that empties itself at
 * the transaction's end and lives as long as its connection: making one for each
 * batch would swell the catalogue. Nothing else may be under way in the transaction.
 */
export async function stage(tx: TransactionSql, copy: Copy): Promise<void> {
  const incoming = `incoming_${copy.table}`;
  await tx`create temporary table if not exists ${tx(incoming)} (like ${tx(copy.table)} including defaults)
    on commit delete rows`;
  const copying = new Copying(tx);
  await copying.hand({ ...copy, table: incoming });
  await copying.end();
}

/** Rows of a table as a statement reads them, behind its `from`: few come with it, many are staged ahead of it. */
export async function incoming(
  tx: TransactionSql,
  table: string,
  rows: readonly (postgres.JSONValue & object)[],
): Promise<{ from: Fragment }> {
  if (rows.length < manyRows)
    return { from: tx`jsonb_populate_recordset(null::${tx(table)}, ${tx.json(rows)})` };
  const columns = Object.keys(rows[0] ?? {});
  await stage(tx, { table, columns, rows: rows.map((row) => Object.values(row)) });
  return { from: tx`${tx(`incoming_${table}`)}` };
}
