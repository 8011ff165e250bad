import type { Sql } from '../db/client.ts';
import { ingestDeliveries } from '../db/orders.ts';
import { currentPolicy } from '../db/policies.ts';
import { clearFailures, keepFailure, knownPayloads, type TakenKeys } from '../db/sync-failures.ts';
import { type PayloadKind, payloadKinds } from '../domain/vocabulary.ts';
import { kindOf } from './bosta/payload.ts';
import { numberIn } from './bosta/read-delivery.ts';
import { failedDelivery } from './failed-delivery.ts';
import { inSlices } from './in-slices.ts';
import {
  contentHash,
  idOf,
  prepareDeliveries,
  type RawDelivery,
  rawDelivery,
} from './prepare-delivery.ts';
import { takeApart } from './take-apart.ts';

export type TakenIn = { read: number; changed: number; failed: number };
export type Source = {
  /** Unset where each payload tells it itself. */
  kind?: PayloadKind;
  read_at: Date;
  page: number | null;
  /** Told of each payload that could not be taken in, by its place among them. */
  refused?: (index: number, reason: string) => void;
  /** Told of each at which the program itself failed. */
  erred?: (error: Error, trackingNumber: string | null) => void;
  /** Told when all is decided, and mostly Postgres still has work. */
  decided?: () => void;
};

/**
 * Takes deliveries in as Bosta gave them, by the one path that there is: sync,
 * callbacks and single reads all end here. One that cannot be taken in harms no
 * other: it is kept with its reason, and counted (lessons.md 6, 13).
 */
export async function takeIn(
  sql: Sql,
  payloads: readonly unknown[],
  source: Source,
  now: Date,
): Promise<TakenIn> {
  const raws = await inSlices(payloads, (raw, index) =>
    rawDelivery(raw, index, source.kind ?? kindOf(raw)),
  );
  const fresh = await unknownOf(sql, raws);
  const policy = await currentPolicy(sql);
  const failed = new Set<RawDelivery>();
  const fail = async (raw: RawDelivery, error: Error) => {
    failed.add(raw);
    const failure = failedDelivery(raw, source.page, error);
    source.refused?.(raw.index, failure.reason);
    if (failure.cause === 'program_error') source.erred?.(error, failure.tracking_number);
    await keepFailure(sql, failure, now);
  };
  const { prepared, refused } = await prepareDeliveries(fresh, source.read_at);
  for (const { raw, error } of refused) await fail(raw, error);
  const way = { policy, now, decided: source.decided };
  const changed = await takeApart(prepared, {
    take: (batch) =>
      ingestDeliveries(
        sql,
        batch.map(({ incoming }) => incoming),
        way,
      ),
    fail: ({ raw }, error) => fail(raw, error),
  });
  await clearFailures(sql, source.read_at, () => keysOf(raws.filter((raw) => !failed.has(raw))));
  return { read: payloads.length, changed, failed: failed.size };
}

/** Payloads that stand stored to the letter need no reading. */
async function unknownOf(sql: Sql, raws: RawDelivery[]): Promise<RawDelivery[]> {
  const known = await knownPayloads(
    sql,
    raws.flatMap((raw) => idOf(raw) ?? []),
  );
  return raws.filter((raw) => {
    const hash = known[raw.kind].get(idOf(raw) ?? '');
    return hash === undefined || !hash.equals(raw.payload_hash);
  });
}

/** By what a failure of these deliveries would be known. */
function keysOf(raws: readonly RawDelivery[]): TakenKeys {
  const numbered = raws.map((raw) => ({ kind: raw.kind, number: numberIn(raw.raw) }));
  const ofKind = (...kinds: PayloadKind[]) =>
    numbered.flatMap(({ kind, number }) => (number && kinds.includes(kind) ? [number] : []));
  return {
    hashes: raws.map((raw) => contentHash(raw).toString('hex')),
    read: ofKind(...payloadKinds),
    read_in_full: ofKind('full'),
  };
}
