import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Sql } from '../db/client.ts';
import {
  type FileIdentity,
  type ImportPosition,
  recordImport,
  unfinishedImport,
} from '../db/file-imports.ts';
import { isObject } from './bosta/payload.ts';
import { type FilePlace, type FileValue, jsonValues } from './json-values.ts';
import type { TakenIn } from './take-in.ts';
import { type Batch, takeAllIn } from './take-in-all.ts';

/** What an import tells while it goes on. */
type ImportListener = {
  /** Told before all else where the import before was cut off, at `position`: this one goes on there, or from the beginning, since the file was changed since. */
  begins: (how: 'resumed' | 'changed', position: ImportPosition) => void;
  /** How far it is, of `size` bytes. */
  at: (position: ImportPosition, size: number) => void;
  /** A line that could not be taken in. */
  bad: (line: number, reason: string) => void;
};

const batchSize = 2_000;
const headBytes = 64 * 1024;
const beginning: ImportPosition = { byte_offset: 0, line: 1, read: 0, changed: 0, failed: 0 };

/**
 * Takes in a file of raw deliveries, NDJSON or JSON lists of any size, by the path
 * of the sync. One that was cut off goes on where everything before is taken in
 * for good; a file that was written since is read anew. A payload that tells no
 * time of change counts as read when the file was written, so that an old file
 * changes nothing that is newer. Throws where `path` is no file that can be read.
 */
export async function importFile(
  sql: Sql,
  path: string,
  listener: ImportListener,
): Promise<ImportPosition> {
  const { identity, size, read_at, isList } = await look(path);
  const position = { ...(await beginningOf(sql, identity, listener)) };
  listener.at(position, size);
  const done = async ({ values, taken, bad }: Done) => {
    position.read += taken.read;
    position.changed += taken.changed;
    position.failed += taken.failed + bad;
    Object.assign(position, values.at(-1)?.behind);
    await recordImport(sql, identity, position, false);
    listener.at(position, size);
  };
  const stream = createReadStream(path, { start: position.byte_offset, highWaterMark: 1 << 20 });
  const deliveries = deliveriesOf(jsonValues(stream, position, isList), position);
  await takeAllIn(sql, batchesOf(deliveries, read_at, listener, done));
  await recordImport(sql, identity, { ...position, byte_offset: size }, true);
  return position;
}

/** Where to begin: where the import before was cut off, if it read this very file. */
async function beginningOf(
  sql: Sql,
  { fingerprint, modified_at }: FileIdentity,
  listener: ImportListener,
): Promise<ImportPosition> {
  const before = await unfinishedImport(sql, fingerprint);
  if (before === undefined) return beginning;
  const isSame = before.modified_at?.getTime() === modified_at.getTime();
  listener.begins(isSame ? 'resumed' : 'changed', before.position);
  return isSame ? before.position : beginning;
}

/** Each delivery of a file; behind one that shares its line with others stands what is before that line, until the last of them is taken in. */
async function* deliveriesOf(
  values: AsyncIterable<FileValue>,
  { byte_offset, line }: FilePlace,
): AsyncGenerator<FileValue> {
  let before: FilePlace = { byte_offset, line };
  for await (const { value, ...read } of values) {
    const found = read.problem === null ? deliveriesIn(value) : [value];
    for (const [place, one] of found.entries()) {
      const isLast = place === found.length - 1;
      yield { ...read, value: one, behind: isLast ? read.behind : before };
    }
    before = read.behind;
  }
}

/** Lists of lists of pages: nobody nests them deeper, and without an end it would take as deep a stack. */
const deepestList = 8;

/** The deliveries of a value: itself, or those of lists, or of answers of Bosta's as they came. */
function deliveriesIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.flat(deepestList).flatMap(inAnswer) : inAnswer(value);
}

/** Those of an answer, with its envelope or without, a page or a single read; what is no answer stays what it is. */
function inAnswer(value: unknown): readonly unknown[] {
  if (!isObject(value) || 'trackingNumber' in value) return [value];
  const data = isObject(value.data) || Array.isArray(value.data) ? value.data : value;
  const page = isObject(data) && Array.isArray(data.deliveries) ? data.deliveries : data;
  return Array.isArray(page) ? page : [page];
}

type Done = { values: FileValue[]; taken: TakenIn; bad: number };

async function* batchesOf(
  all: AsyncIterable<FileValue>,
  read_at: Date,
  listener: ImportListener,
  done: (what: Done) => Promise<void>,
): AsyncGenerator<Batch> {
  for await (const values of inBatches(all)) {
    const good = values.filter(({ problem }) => problem === null);
    for (const { line, problem } of values) if (problem !== null) listener.bad(line, problem);
    yield {
      payloads: good.map(({ value }) => value),
      source: {
        ...{ read_at, page: null },
        refused: (index, reason) => listener.bad(good[index]?.line ?? 0, reason),
      },
      done: (taken) => done({ values, taken, bad: values.length - good.length }),
    };
  }
}

async function* inBatches<T>(all: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** With what a file begins that gzip made. */
const gzip = [0x1f, 0x8b];

/** What a file is known by again, and how it is to be read. */
async function look(path: string) {
  const file = await open(path);
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw new Error(`${path} is no file, but a folder`);
    // An import that is cut off reads the beginning again.
    if (!stats.isFile())
      throw new Error(`${path} is no file: write what comes out of it to one, and import that`);
    const { size, mtime } = stats;
    const head = await headOf(file);
    const fingerprint = createHash('md5').update(`${size}:`).update(head).digest('hex');
    if (gzip.every((byte, at) => head[at] === byte))
      throw new Error(`${path} is compressed: unpack it with gunzip, and import what comes out`);
    if (isUtf16(head)) throw new Error(`${path} is UTF-16: save it as UTF-8, and import it again`);
    // A list, or what goes over many lines as a list does: the first line does not end it, or the second begins with a key.
    const isList = /^\s*(?:\[|\{(?:[^\n]*[[{,])?\s*\n|\{[^\n]*\n\s*["}])/.test(head.toString());
    // Of a clock that was ahead the file would be newer than every later read.
    const read_at = new Date(Math.min(mtime.getTime(), Date.now()));
    return { identity: { fingerprint, modified_at: mtime }, size, read_at, isList };
  } finally {
    await file.close();
  }
}

/** With what a file in UTF-16 begins: its mark, or a letter of which a byte is 0. */
function isUtf16(head: Buffer): boolean {
  return ['fffe', 'feff'].includes(head.toString('hex', 0, 2)) || head.subarray(0, 2).includes(0);
}

async function headOf(file: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}
