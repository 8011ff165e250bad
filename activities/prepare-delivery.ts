import { hash } from 'node:crypto';
import { constants, zstdCompressSync } from 'node:zlib';
import type { IncomingDelivery, PayloadKind } from '../db/ingest-batch.ts';
import { isObject } from './bosta/payload.ts';
import { readDelivery } from './bosta/read-delivery.ts';

/** Part of every payload's hash: raised when reading changes, so that the next full sync reads everything anew. */
const readingVersion = 1;
/** Payloads are many and small: a higher level costs more than it saves. */
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A payload as it came, with what tells it apart before it is read. */
export type RawDelivery = { raw: unknown; text: string; payload_hash: Buffer };

/** Gives a payload its hash. */
export function rawDelivery(raw: unknown): RawDelivery {
  const text = JSON.stringify(raw) ?? 'null';
  return { raw, text, payload_hash: hash('md5', `${readingVersion}${text}`, 'buffer') };
}

/** The id under which a payload is stored; undefined where only reading it can tell. */
export function idOf({ raw }: RawDelivery): string | undefined {
  return isObject(raw) && typeof raw._id === 'string' ? raw._id : undefined;
}

/** The payload as it is stored. */
export function compressed({ text }: RawDelivery): Buffer {
  return zstdCompressSync(text, fast);
}

/** Reads a payload for the ingest. Throws UnidentifiableDelivery where nothing tells which delivery it is. */
export function prepareDelivery(
  delivery: RawDelivery,
  kind: PayloadKind,
  readAt: Date,
): IncomingDelivery {
  return {
    kind,
    read: readDelivery(delivery.raw),
    payload: compressed(delivery),
    payload_hash: delivery.payload_hash,
    read_at: readAt,
  };
}
