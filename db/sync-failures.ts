import { z } from 'zod';
import {
  type FailureCause,
  failureCauses,
  type PayloadKind,
  payloadKinds,
} from '../domain/vocabulary.ts';
import type { Sql } from './client.ts';
import { many, maybeOne, onPage, type Page, type Paged, readPage } from './query.ts';

/** A delivery that could not be taken in, kept whole until a later try succeeds or a person looks. */
export type SyncFailure = {
  /** Of its content alone. */
  payload_hash: Buffer;
  kind: PayloadKind;
  tracking_number: string | null;
  page: number | null;
  cause: FailureCause;
  /** In detail, for who mends it: it may quote the database, or values. */
  reason: string;
  /** Compressed. */
  payload: Buffer;
};

/** Keeps a delivery that could not be taken in; the same one again is counted. */
export async function keepFailure(sql: Sql, failure: SyncFailure, now: Date): Promise<void> {
  const row = { ...failure, first_seen_at: now, last_seen_at: now };
  await sql`insert into sync_failures ${sql(row)}
    on conflict (payload_hash) do update set occurrences = sync_failures.occurrences + 1,
      (last_seen_at, cause, reason, kind, page) =
        (excluded.last_seen_at, excluded.cause, excluded.reason, excluded.kind, excluded.page)`;
}

/** What is known of deliveries that were taken in: their content's hashes in hex, and the numbers of those that were read at all, and in full. */
export type TakenKeys = { hashes: string[]; read: string[]; read_in_full: string[] };

/** Forgets the failures of deliveries that were read after it, at `read_at`, and taken in. A search tells less than a full read, and makes none of those good. */
export async function clearFailures(
  sql: Sql,
  read_at: Date,
  taken: () => TakenKeys,
): Promise<void> {
  const [first] = await sql`select from sync_failures where last_seen_at < ${read_at} limit 1`;
  if (first === undefined) return;
  const { hashes, read, read_in_full } = taken();
  await sql`delete from sync_failures where last_seen_at < ${read_at} and (
    encode(payload_hash, 'hex') = any(${hashes}) or tracking_number = any(${read_in_full})
    or (kind = 'search' and tracking_number = any(${read})))`;
}

export const syncFailureRow = z.object({
  failure_id: z.string().meta({ description: "The payload's hash, by which it is kept" }),
  tracking_number: z.string().nullable(),
  kind: z.enum(payloadKinds).meta({ description: 'How it was read: by a search, or in full' }),
  cause: z.enum(failureCauses),
  page: z.number().nullable().meta({ description: 'On which page of a search it was' }),
  first_seen_at: z.date(),
  last_seen_at: z.date(),
  occurrences: z.number().meta({ description: 'How often it was tried' }),
  dismissed_at: z.date().nullable(),
  dismissed_by: z.string().nullable().meta({ description: 'An e-mail' }),
});
type FailureRow = z.infer<typeof syncFailureRow>;

/** One page of what could not be taken in, the latest first, and how many these are: what is to be looked at, or what was dismissed. */
export function findFailures(
  sql: Sql,
  { cause, dismissed = false }: { cause?: FailureCause | undefined; dismissed?: boolean },
  page: Page,
): Promise<Paged<FailureRow>> {
  const where = sql`(dismissed_at is not null) = ${dismissed}
    and ${cause === undefined ? sql`true` : sql`cause = ${cause}`}`;
  return readPage(
    syncFailureRow,
    sql`select ${failureColumns(sql)} from sync_failures where ${where}
      order by last_seen_at desc, payload_hash ${onPage(sql, page)}`,
    sql`select count(*) as total from sync_failures where ${where}`,
  );
}

function failureColumns(sql: Sql) {
  return sql`encode(payload_hash, 'hex') as failure_id, tracking_number, kind, cause, page,
    first_seen_at, last_seen_at, occurrences, dismissed_at,
    (select email from users where user_id = dismissed_by) as dismissed_by`;
}

/** Takes a failure off the list for good, by whoever did so first; undefined where there is none of this id, in hex. */
export function dismissFailure(
  sql: Sql,
  failureId: string,
  userId: number,
): Promise<FailureRow | undefined> {
  return maybeOne(
    syncFailureRow,
    sql`update sync_failures set dismissed_at = coalesce(dismissed_at, now()),
        dismissed_by = coalesce(dismissed_by, ${userId})
      where payload_hash = decode(${failureId}, 'hex') returning ${failureColumns(sql)}`,
  );
}

const knownPayload = z.object({
  order_id: z.string(),
  kind: z.enum(payloadKinds),
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
