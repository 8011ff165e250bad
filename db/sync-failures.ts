import type { Sql } from './client.ts';

/** A delivery that could not be taken in, kept whole until a later try succeeds or a person looks. */
export type SyncFailure = {
  payload_hash: Buffer;
  tracking_number: string | null;
  page: number | null;
  reason: string;
  /** Compressed. */
  payload: Buffer;
};

/** Keeps a delivery that could not be taken in; the same one again is counted. */
export async function keepFailure(sql: Sql, failure: SyncFailure, now: Date): Promise<void> {
  const { payload_hash, tracking_number, page, reason, payload } = failure;
  await sql`insert into sync_failures as f
      (payload_hash, tracking_number, page, reason, payload, first_seen_at, last_seen_at)
    values (${payload_hash}, ${tracking_number}, ${page}, ${reason}, ${payload}, ${now}, ${now})
    on conflict (payload_hash) do update set occurrences = f.occurrences + 1,
      last_seen_at = excluded.last_seen_at, reason = excluded.reason`;
}

/** Which of these deliveries stand stored with the very same payload, by id. */
export async function knownPayloads(
  sql: Sql,
  kind: 'search' | 'full',
  ids: readonly string[],
): Promise<Map<string, Buffer>> {
  const rows = await sql<{ order_id: string; payload_hash: Buffer }[]>`
    select order_id, payload_hash from order_payloads
    where kind = ${kind} and order_id = any(${[...ids]})`;
  return new Map(rows.map((row) => [row.order_id, row.payload_hash]));
}
