import { hash } from 'node:crypto';
import type { IncomingDelivery, PayloadKind } from '../db/ingest-batch.ts';
import type { ReadDelivery } from '../domain/order.ts';
import { isObject } from './bosta/payload.ts';
import { idIn, readDelivery, UnidentifiableDelivery } from './bosta/read-delivery.ts';
import { compressAll } from './compress.ts';
import { inSlices } from './in-slices.ts';

/** Part of every payload's hash: raised when reading changes, so that the next full sync reads everything anew. */
const readingVersion = 5;

/** A payload as it came, with what tells it apart before it is read. */
export type RawDelivery = {
  /** Its place among the payloads that came with it. */
  index: number;
  kind: PayloadKind;
  raw: unknown;
  /** As UTF-8. */
  text: Buffer;
  payload_hash: Buffer;
};
export type Prepared = { raw: RawDelivery; incoming: IncomingDelivery };
type Refused = { raw: RawDelivery; error: UnidentifiableDelivery };

/** Gives a payload its hash. */
export function rawDelivery(raw: unknown, index: number, kind: PayloadKind): RawDelivery {
  const text = Buffer.from(JSON.stringify(raw) ?? 'null');
  return { index, kind, raw, text, payload_hash: hashOf(text) };
}

function hashOf(text: Buffer): Buffer {
  return Buffer.concat([hash('sha256', text, 'buffer'), Buffer.of(readingVersion)]);
}

/** The id under which a payload is stored; undefined where only reading it can tell. */
export function idOf({ raw }: RawDelivery): string | undefined {
  return isObject(raw) ? idIn(raw) : undefined;
}

/** Reads payloads for the ingest; those that name no delivery come back apart. */
export async function prepareDeliveries(
  raws: readonly RawDelivery[],
  read_at: Date,
): Promise<{ prepared: Prepared[]; refused: Refused[] }> {
  const payloads = compressAll(raws.map(({ text }) => text));
  const reads = await inSlices(raws, readOrRefuse);
  const frames = await payloads;
  const prepared: Prepared[] = [];
  const refused: Refused[] = [];
  for (const [index, raw] of raws.entries()) {
    const [read, payload] = [reads[index], frames[index]];
    if (read instanceof UnidentifiableDelivery) refused.push({ raw, error: read });
    else if (read !== undefined && payload !== undefined) {
      const { kind, payload_hash } = raw;
      prepared.push({ raw, incoming: { kind, read, payload, payload_hash, read_at } });
    }
  }
  return { prepared, refused };
}

function readOrRefuse({ raw }: RawDelivery): ReadDelivery | UnidentifiableDelivery {
  try {
    return readDelivery(raw);
  } catch (error) {
    if (error instanceof UnidentifiableDelivery) return error;
    throw error;
  }
}
