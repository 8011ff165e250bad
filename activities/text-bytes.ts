/** In bytes: some hundred payloads. */
const blockSize = 1 << 18;
/** No unit of a JavaScript string takes more bytes of UTF-8. */
const mostBytes = 3;

let free = Buffer.alloc(0);

/** A text as UTF-8, behind others in a block of memory: where each has memory of its own, making that takes longer than writing the text. The block lasts as long as any of its texts. */
export function bytesOf(text: string): Buffer {
  const most = mostBytes * text.length;
  if (free.length < most) free = Buffer.allocUnsafeSlow(Math.max(most, blockSize));
  const length = free.write(text);
  const bytes = free.subarray(0, length);
  free = free.subarray(length);
  return bytes;
}
