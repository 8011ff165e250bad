/** `PGCOPY\n\377\r\n\0`, no flags, no further header (Postgres' documentation of COPY, "Binary Format"). */
const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const twoTo32 = 2 ** 32;
const firstSize = 1 << 17;
/** No unit of a JavaScript string takes more bytes of UTF-8. */
export const mostBytes = 3;

/** Rows of Postgres' binary COPY while they are written: a buffer that grows at its end. Numbers are big-endian. */
export class CopyBuffer {
  #bytes = Buffer.allocUnsafe(firstSize);
  #at = 0;

  /** One that begins a COPY. */
  static withHeader(): CopyBuffer {
    const buffer = new CopyBuffer();
    buffer.bytes(header);
    return buffer;
  }

  get size(): number {
    return this.#at;
  }

  byte(value: number): void {
    this.#room(1);
    this.#at = this.#bytes.writeUInt8(value, this.#at);
  }

  int16(value: number): void {
    this.#room(2);
    this.#at = this.#bytes.writeInt16BE(value, this.#at);
  }

  int32(value: number): void {
    this.#room(4);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
  }

  /** Eight bytes of a safe integer. */
  int64(value: number): void {
    this.#room(8);
    const high = Math.floor(value / twoTo32);
    this.#at = this.#bytes.writeInt32BE(high, this.#at);
    this.#at = this.#bytes.writeUInt32BE(value - high * twoTo32, this.#at);
  }

  double(value: number): void {
    this.#room(8);
    this.#at = this.#bytes.writeDoubleBE(value, this.#at);
  }

  text(value: string): void {
    this.#room(mostBytes * value.length);
    this.#at += this.#bytes.write(value, this.#at);
  }

  /** The length of a text, and that: what most values are, so without a function for each. */
  sizedText(value: string): void {
    this.#room(4 + mostBytes * value.length);
    const length = this.#bytes.write(value, this.#at + 4);
    this.#at = this.#bytes.writeInt32BE(length, this.#at) + length;
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  /** The length of what `write` adds, and that. */
  sized(write: () => void): void {
    const before = this.#at;
    this.int32(0);
    write();
    this.#bytes.writeInt32BE(this.#at - before - 4, before);
  }

  written(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  #room(length: number): void {
    if (this.#at + length <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * this.#bytes.length + length);
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
