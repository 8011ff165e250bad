import type { Sql } from '../db/client.ts';
import { type IngestWay, ingestDeliveries } from '../db/orders.ts';
import { currentPolicy } from '../db/policies.ts';
import { keepFailure, knownPayloads } from '../db/sync-failures.ts';
import type { PayloadKind } from '../domain/order.ts';
import { kindOf } from './bosta/payload.ts';
import { numberIn } from './bosta/read-delivery.ts';
import { compressed } from './compressed.ts';
import { inSlices } from './in-slices.ts';
import {
  idOf,
  type Prepared,
  prepareDeliveries,
  type RawDelivery,
  rawDelivery,
} from './prepare-delivery.ts';

export type TakenIn = { read: number; changed: number; failed: number };
export type Source = {
  /** Unset where each payload tells it itself. */
  kind?: PayloadKind;
  read_at: Date;
  page: number | null;
  /** Told of each payload that could not be taken in, by its place among them. */
  refused?: (index: number, reason: string) => void;
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
  const fail = async (raw: RawDelivery, error: unknown) => {
    failed += 1;
    const failure = failureOf(raw, source.page, error);
    source.refused?.(raw.index, failure.reason);
    await keepFailure(sql, failure, now);
  };
  const { prepared, refused } = await prepareDeliveries(fresh, source.read_at);
  for (const { raw, error } of refused) await fail(raw, error);
  const changed = await ingestApart(sql, prepared, { policy, now, decided: source.decided, fail });
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

type Way = IngestWay & { fail: (raw: RawDelivery, error: unknown) => Promise<void> };

/** Ingests a batch; where Postgres refuses a value in it, its halves, down to the one delivery that holds it. */
async function ingestApart(sql: Sql, batch: readonly Prepared[], way: Way): Promise<number> {
  try {
    const incoming = batch.map((prepared) => prepared.incoming);
    return await ingestDeliveries(sql, incoming, way);
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    const [only] = batch;
    if (batch.length === 1 && only) {
      await way.fail(only.raw, error);
      return 0;
    }
    const middle = Math.ceil(batch.length / 2);
    const first = await ingestApart(sql, batch.slice(0, middle), way);
    return first + (await ingestApart(sql, batch.slice(middle), way));
  }
}

/** SQLSTATE classes 22 (data), 23 (constraints) and 54 (more than Postgres can hold), and 25P02, by which a refused COPY is known (db/copy.ts): the data's fault. All else is Postgres' trouble and is tried again. */
function isRefusedValue(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:2[23]|54)|^25P02$/.test(code);
}

function failureOf({ raw, text, payload_hash }: RawDelivery, page: number | null, error: unknown) {
  return {
    payload_hash,
    payload: compressed(text),
    tracking_number: numberIn(raw) ?? null,
    reason: error instanceof Error ? error.message : String(error),
    page,
  };
}
