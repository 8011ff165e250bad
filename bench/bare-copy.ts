import { chmod, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from '../db/client.ts';

/** The rows that a run wrote into each table. */
const written = {
  orders: (at: string) => `select %s from orders where last_synced = '${at}'`,
  order_payloads: (at: string) => `select %s from order_payloads where read_at = '${at}'`,
  timeline_events: (at: string) =>
    `select %s from timeline_events where order_id in (select id from orders where last_synced = '${at}')`,
  customers: (_: string, since: string) =>
    `select %s from customers where created_at >= '${since}'`,
};

/**
 * How long Postgres itself takes for the same rows, in seconds: by COPY from its
 * own files into the same tables with the same indexes and constraints, of a
 * database that is as `from` was before the run.
 */
export async function bareCopy(
  from: Sql,
  into: Sql,
  folder: string,
  { read_at, since }: { read_at: Date; since: Date },
): Promise<number> {
  const files = await mkdtemp(join(folder, 'rows-'));
  await chmod(files, 0o777);
  const copies: string[] = [];
  for (const [table, rows] of Object.entries(written)) {
    const columns = await storedColumns(from, table);
    const query = rows(read_at.toISOString(), since.toISOString()).replace('%s', columns);
    const file = join(files, table);
    await from.unsafe(`copy (${query}) to '${file}'`);
    copies.push(`copy ${table} (${columns}) from '${file}'`);
  }
  const began = performance.now();
  await into.begin(async (tx) => {
    for (const copy of copies) await tx.unsafe(copy);
  });
  return (performance.now() - began) / 1000;
}

async function storedColumns(sql: Sql, table: string): Promise<string> {
  const rows = await sql<{ name: string }[]>`select column_name as name
    from information_schema.columns where table_name = ${table} and is_generated = 'NEVER'
    order by ordinal_position`;
  return rows.map(({ name }) => name).join(', ');
}
