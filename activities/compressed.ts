import { constants, zstdCompressSync } from 'node:zlib';

/** Payloads are many and small: a higher level, and the larger buffers of the default, cost more than they save. */
const fast = { chunkSize: 8_192, params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A payload's text as it is stored: a zstd frame of its own, so that it can be erased alone. */
export function compressed(text: Uint8Array): Buffer {
  // Told the size before, the compressor makes its tables no larger than that.
  return zstdCompressSync(text, { ...fast, pledgedSrcSize: text.length });
}
