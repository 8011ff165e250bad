import { mostBytes } from '../db/copy-buffer.ts';

/** In bytes: some hundred payloads. */
const blockSize = 1 << 18;

let free = Buffer.alloc(0);

/** A text as UTF-8, behind others in one block of memory: making memory for each takes longer than writing the text. A block lasts while one of its texts does. */
export function bytesOf(text: string): Buffer {
  const most = mostBytes * text.length;
  if (free.length < most) free = Buffer.allocUnsafeSlow(Math.max(most, blockSize));
  const length = free.write(text);
  const bytes = free.subarray(0, length);
  free = free.subarray(length);
  return bytes;
}
