import { CopyBuffer } from './copy-buffer.ts';

/** Postgres counts time from 2000-01-01. */
const epoch = Date.UTC(2000, 0, 1);
const dayMs = 86_400_000;
const textOid = 25;

type Write = (to: CopyBuffer, value: unknown) => void;

/** How a value of each type is written, by Postgres' own names of the types (its `…send` functions). */
const writers = {
  text: (to, value) => to.sizedText(text(value)),
  integer: (to, value) => {
    to.int32(4);
    to.int32(number(value));
  },
  bigint: (to, value) => {
    to.int32(8);
    to.int64(number(value));
  },
  'double precision': (to, value) => {
    to.int32(8);
    to.double(number(value));
  },
  boolean: (to, value) => {
    to.int32(1);
    to.byte(value === true ? 1 : 0);
  },
  'timestamp with time zone': (to, value) => {
    to.int32(8);
    to.int64((instant(value) - epoch) * 1000);
  },
  /** `YYYY-MM-DD` */
  date: (to, value) => {
    to.int32(4);
    to.int32((Date.parse(text(value)) - epoch) / dayMs);
  },
  jsonb: (to, value) =>
    to.sized(() => {
      to.byte(1); // the format's version
      to.text(JSON.stringify(value));
    }),
  bytea: (to, value) => {
    const bytes = binary(value);
    to.int32(bytes.length);
    to.bytes(bytes);
  },
  'text[]': (to, value) => to.sized(() => texts(to, list(value))),
} as const satisfies Record<string, Write>;

export type CopyType = keyof typeof writers;
export const copyTypes = Object.keys(writers).filter(isCopyType);

function isCopyType(name: string): name is CopyType {
  return Object.hasOwn(writers, name);
}

/** In bytes: Postgres takes a piece in while the next one is made. */
const pieceSize = 1 << 16;

/** Rows in Postgres' binary format of COPY, a piece at a time, each value as its column's type; throws where a value is none of it. */
export function* binaryRows(
  rows: readonly (readonly unknown[])[],
  types: readonly CopyType[],
): Generator<Buffer> {
  const columns = types.map((type) => writers[type]);
  let to = CopyBuffer.withHeader();
  for (const row of rows) {
    if (to.size >= pieceSize) {
      yield to.written();
      to = new CopyBuffer();
    }
    to.int16(columns.length);
    for (let at = 0; at < columns.length; at++) field(to, row[at], columns[at]);
  }
  to.int16(-1); // no further row
  yield to.written();
}

function field(to: CopyBuffer, value: unknown, write: Write | undefined): void {
  if (value === null || value === undefined) to.int32(-1);
  else write?.(to, value);
}

function texts(to: CopyBuffer, values: readonly unknown[]): void {
  to.int32(values.length > 0 ? 1 : 0); // dimensions
  to.int32(0); // no NULL among them
  to.int32(textOid);
  if (values.length === 0) return;
  to.int32(values.length);
  to.int32(1); // the index of the first
  for (const value of values) to.sizedText(text(value));
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw wrong('text', value);
}

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw wrong('number', value);
}

function instant(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  throw wrong('instant', value);
}

function binary(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw wrong('bytes', value);
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong('list', value);
}

function wrong(wanted: string, value: unknown): TypeError {
  return new TypeError(`A COPY wanted a ${wanted} and was given ${typeof value}`);
}
