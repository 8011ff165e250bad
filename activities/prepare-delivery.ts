import { hash } from 'node:crypto';
import type { IncomingDelivery } from '../db/ingest-batch.ts';
import type { ReadDelivery } from '../domain/order.ts';
import type { PayloadKind } from '../domain/vocabulary.ts';
import { isObject, type JsonObject, jsonOf } from './bosta/payload.ts';
import { idIn, readDelivery } from './bosta/read-delivery.ts';
import { compressAll } from './compress.ts';
import { inSlices } from './in-slices.ts';
import { bytesOf } from './text-bytes.ts';

/** Part of every payload's hash: raised when reading changes, so that the next full sync reads everything anew. */
const readingVersion = 13;

/** A payload as it came, with what tells it apart before it is read. */
export type RawDelivery = {
  /** Its place among the payloads that came with it. */
  index: number;
  kind: PayloadKind;
  raw: unknown;
  /** As UTF-8; of what cannot be written whole, its plain fields. */
  text: Buffer;
  is_whole: boolean;
  payload_hash: Buffer;
};
export type Prepared = { raw: RawDelivery; incoming: IncomingDelivery };
type Refused = { raw: RawDelivery; error: Error };

/** Gives a payload its hash. */
export function rawDelivery(raw: unknown, index: number, kind: PayloadKind): RawDelivery {
  const json = jsonOf(raw);
  const text = bytesOf(json ?? JSON.stringify(plainFieldsOf(raw)));
  return { index, kind, raw, text, is_whole: json !== undefined, payload_hash: hashOf(text) };
}

function plainFieldsOf(raw: unknown): JsonObject {
  const fields = isObject(raw) ? Object.entries(raw) : [];
  return Object.fromEntries(fields.filter(([, value]) => typeof value !== 'object'));
}

function hashOf(text: Buffer): Buffer {
  return Buffer.concat([hash('sha256', text, 'buffer'), Buffer.of(readingVersion)]);
}

/** The hash of a payload's text, whatever reads it. */
export function contentHash({ payload_hash }: RawDelivery): Buffer {
  return payload_hash.subarray(0, -1);
}

/** The id under which a payload is stored; undefined where only reading it can tell. */
export function idOf({ raw }: RawDelivery): string | undefined {
  return isObject(raw) ? idIn(raw) : undefined;
}

/** Reads payloads for the ingest; those that name no delivery, or cannot be kept, come back apart. */
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
    if (read instanceof Error) refused.push({ raw, error: read });
    else if (read !== undefined && payload !== undefined) {
      const { kind, payload_hash } = raw;
      prepared.push({ raw, incoming: { kind, read, payload, payload_hash, read_at } });
    }
  }
  return { prepared, refused };
}

function readOrRefuse({ raw, is_whole }: RawDelivery): ReadDelivery | Error {
  if (!is_whole) return new Error('The delivery is nested too deeply to be kept whole');
  try {
    return readDelivery(raw);
  } catch (error) {
    // Nothing but the delivery is read: whatever goes wrong is between it and the program.
    return error instanceof Error ? error : new Error(String(error));
  }
}
