import type { Sql } from './client.ts';

/** What an ingest reads while it writes, and by which columns. */
const tables = {
  orders: ['id', 'tracking_number', 'receiver_phone', 'receiver_second_phone'],
  customers: ['phone'],
  order_hierarchy_management: ['sub_order_id', 'main_order_id'],
  family_clues: ['order_id', 'clue'],
  family_waiting: ['order_id'],
};

/**
 * Has Postgres look again at tables that have doubled since it last did. A
 * statement that was planned while a table was nearly empty reads all of it each
 * time, and Postgres itself looks once in a minute: too late for a load of
 * thousands a second.
 */
export async function analyzeGrown(sql: Sql): Promise<void> {
  const grown = await sql<{ name: keyof typeof tables }[]>`
    select c.relname as name from pg_class c join pg_stat_user_tables s on s.relid = c.oid
    where c.relname = any(${Object.keys(tables)}) and c.relnamespace = 'public'::regnamespace
      and s.n_live_tup > 1000 and s.n_live_tup > 2 * c.reltuples`;
  for (const { name } of grown) await sql`analyze ${sql(name)} (${sql(tables[name])})`;
}
