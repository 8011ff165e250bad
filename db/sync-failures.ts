import { z } from 'zod';
import type { PayloadKind } from '../domain/order.ts';
import type { Sql } from './client.ts';
import { many } from './query.ts';

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

const knownPayload = z.object({
  order_id: z.string(),
  kind: z.enum(['search', 'full'] satisfies PayloadKind[]),
  payload_hash: z.instanceof(Buffer),
});

/** The hashes of the payloads that are stored of these deliveries, by kind and id. */
export async function knownPayloads(
  sql: Sql,
  ids: readonly string[],
): Promise<Record<PayloadKind, Map<string, Buffer>>> {
  const rows = await many(
    knownPayload,
    sql`select order_id, kind, payload_hash from order_payloads where order_id = any(${[...ids]})`,
  );
  const known = { search: new Map<string, Buffer>(), full: new Map<string, Buffer>() };
  for (const { order_id, kind, payload_hash } of rows) known[kind].set(order_id, payload_hash);
  return known;
}
