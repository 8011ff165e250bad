import { z } from 'zod';
import type { Sql, TransactionSql } from './client.ts';
import { many } from './query.ts';

/** The tracking numbers of deliveries whose last news came by a search alone, the latest first, a hundred at most: a number by which Postgres knows that the index is worth it. */
export async function deliveriesToRead(sql: Sql): Promise<string[]> {
  const rows = await many(
    z.object({ tracking_number: z.string() }),
    sql`select tracking_number from orders
      where (full_read_at is null or full_read_at < last_synced) and tracking_number is not null
      order by last_synced desc, id limit 100`,
  );
  return rows.map((row) => row.tracking_number);
}

/** Notes that Bosta was asked for deliveries in full, whatever came of it, so that others are asked for next. What a search told since is still to be read. */
export async function markAsked(
  sql: Sql,
  trackingNumbers: readonly string[],
  at: Date,
): Promise<void> {
  await sql`update orders set full_read_at = ${at}
    where tracking_number = any(${[...trackingNumbers]})
      and (full_read_at is null or full_read_at < ${at})`;
}

/** Has deliveries read in full once more whose full read could not be taken in. */
export async function askAgain(tx: TransactionSql): Promise<void> {
  await tx`update orders o set full_read_at = o.last_synced - interval '1 second'
    from sync_failures f where f.kind = 'full' and f.tracking_number = o.tracking_number
      and o.full_read_at >= o.last_synced`;
}
