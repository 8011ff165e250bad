import type { Sql } from '../db/client.ts';
import type { IncomingDelivery, PayloadKind } from '../db/ingest-batch.ts';
import { ingestDeliveries } from '../db/orders.ts';
import { currentPolicy } from '../db/policies.ts';
import { keepFailure, knownPayloads } from '../db/sync-failures.ts';
import type { Policy } from '../domain/policy.ts';
import { isObject } from './bosta/payload.ts';
import { readDelivery, UnidentifiableDelivery } from './bosta/read-delivery.ts';
import {
  compressed,
  idOf,
  prepareDelivery,
  type RawDelivery,
  rawDelivery,
} from './prepare-delivery.ts';

export type TakenIn = { read: number; changed: number; failed: number };
type Source = { kind: PayloadKind; read_at: Date; page: number | null };
type Prepared = { raw: RawDelivery; incoming: IncomingDelivery };

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
  const raws = payloads.map(rawDelivery);
  const fresh = await unknownOf(sql, raws, source.kind);
  const policy = await currentPolicy(sql);
  const prepared: Prepared[] = [];
  let failed = 0;
  const fail = async (raw: RawDelivery, error: unknown) => {
    failed += 1;
    await keepFailure(sql, failureOf(raw, source.page, error), now);
  };
  for (const raw of fresh) {
    try {
      prepared.push({ raw, incoming: prepareDelivery(raw, source.kind, source.read_at) });
    } catch (error) {
      if (!(error instanceof UnidentifiableDelivery)) throw error;
      await fail(raw, error);
    }
  }
  const changed = await ingestApart(sql, prepared, { policy, now, fail });
  return { read: payloads.length, changed, failed };
}

/** Payloads that stand stored to the letter need no reading. */
async function unknownOf(sql: Sql, raws: RawDelivery[], kind: PayloadKind): Promise<RawDelivery[]> {
  const known = await knownPayloads(
    sql,
    kind,
    raws.flatMap((raw) => idOf(raw) ?? []),
  );
  return raws.filter((raw) => {
    const hash = known.get(idOf(raw) ?? '');
    return hash === undefined || !hash.equals(raw.payload_hash);
  });
}

type Way = { policy: Policy; now: Date; fail: (raw: RawDelivery, error: unknown) => Promise<void> };

/** Ingests a batch; where Postgres refuses a value in it, its halves, down to the one delivery that holds it. */
async function ingestApart(sql: Sql, batch: readonly Prepared[], way: Way): Promise<number> {
  try {
    const incoming = batch.map((prepared) => prepared.incoming);
    return await ingestDeliveries(sql, incoming, way.policy, way.now);
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

/** SQLSTATE classes 22 (data) and 23 (constraints), and 25P02, by which a refused COPY is known (db/copy.ts): the data's fault. All else is Postgres' trouble and is tried again. */
function isRefusedValue(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^2[23]|^25P02$/.test(code);
}

function failureOf(raw: RawDelivery, page: number | null, error: unknown) {
  const isRead = isObject(raw.raw) && !(error instanceof UnidentifiableDelivery);
  return {
    payload_hash: raw.payload_hash,
    payload: compressed(raw),
    tracking_number: isRead ? readDelivery(raw.raw).order.tracking_number : null,
    reason: error instanceof Error ? error.message : String(error),
    page,
  };
}
