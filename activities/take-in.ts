import type { Sql } from '../db/client.ts';
import { ingestDeliveries } from '../db/orders.ts';
import { currentPolicy } from '../db/policies.ts';
import { keepFailure, knownPayloads } from '../db/sync-failures.ts';
import type { PayloadKind } from '../domain/order.ts';
import { kindOf } from './bosta/payload.ts';
import { numberIn } from './bosta/read-delivery.ts';
import { compressed } from './compressed.ts';
import { inSlices } from './in-slices.ts';
import { idOf, prepareDeliveries, type RawDelivery, rawDelivery } from './prepare-delivery.ts';
import { isProgramError, takeApart } from './take-apart.ts';

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
  let failed = 0;
  const fail = async (raw: RawDelivery, error: Error) => {
    failed += 1;
    const failure = failureOf(raw, source.page, error);
    source.refused?.(raw.index, failure.reason);
    if (isProgramError(error)) source.erred?.(error, failure.tracking_number);
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
  return { read: payloads.length, changed, failed };
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

function failureOf({ raw, text, payload_hash }: RawDelivery, page: number | null, error: Error) {
  return {
    payload_hash,
    payload: compressed(text),
    tracking_number: numberIn(raw) ?? null,
    reason: reasonOf(error),
    page,
  };
}

const longestReason = 500;

/** Why a delivery was not taken in; without the NULs and halves of characters that Postgres refuses. */
function reasonOf(error: Error): string {
  const { name, message } = error;
  const said = isProgramError(error) ? `The program failed at it, ${name}: ${message}` : message;
  return said.replaceAll('\0', '').slice(0, longestReason).toWellFormed();
}
