import { isUtf8 } from 'node:buffer';
import { isDelivery, nextDelivery } from './next-delivery.ts';

/** A place in a file: a byte, and the line (from 1) that it is on. */
export type FilePlace = { byte_offset: number; line: number };
/** A value of a file, or why it is none; the line on which it began, and what is behind it. */
export type FileValue = Read & { line: number; behind: FilePlace };
type Read = { value: unknown; problem: string | null };
/** What is read next: it begins at `from`, and reading goes on at `to`; undefined where its end is not there yet. */
type Piece = Read & { from: number; to: number };
/** How far the end of a value has been looked for. */
type Search = { at: number; depth: number; isText: boolean };

const newline = 0x0a;
const [quote, backslash, open, close, listClose, comma] = Buffer.from('"\\{}],');
/** What stands between the values of lists. Windows puts U+FEFF before the first of them. */
const separators = new Set(Buffer.from(' \t\r\n,[]\uFEFF'));
/** Of a value that goes on for longer only the end is looked for: it would fill the memory. */
const longest = 16 * 1024 * 1024;
/** A delivery is hardly longer: one that has no end by then is torn, if another begins before that. */
const usual = 128 * 1024;
const tooLong = 'It is longer than 16 MB';
const restIsLost =
  'where the next delivery begins cannot be told, so that nothing from there to the end of the file is taken in';

/**
 * The values of a file of any size, one after the other: one on each line, or
 * where the file begins with `[`, those of its lists. One that cannot be read costs
 * itself alone: what comes next begins on the next line, or in a list with the
 * next delivery.
 */
export async function* jsonValues(
  chunks: AsyncIterable<Buffer>,
  { byte_offset, line }: FilePlace,
  isList: boolean,
): AsyncGenerator<FileValue> {
  const [next, endOf] = isList ? [nextInList, endInList] : [nextLine, endOfLine];
  let bytes: Buffer = Buffer.alloc(0);
  let long: { line: number; search: Search } | undefined;
  const pass = (count: number) => {
    line += newlines(bytes.subarray(0, count));
    byte_offset += count;
    bytes = bytes.subarray(count);
  };
  /** Passes over what is there of a value that is too long, up to its end. */
  function* passLong(isEnd: boolean): Generator<FileValue> {
    if (long === undefined) return;
    const end = endOf(bytes, long.search);
    pass(end ?? bytes.length);
    if (end === undefined && !isEnd) return;
    const isLost = isList && end === undefined;
    const reason = isLost ? `${tooLong}; ${restIsLost}` : tooLong;
    yield { ...bad(reason), line: long.line, behind: { byte_offset, line } };
    long = undefined;
  }
  /** All values that are whole by now; at the file's end, what is left of it too. */
  function* values(isEnd: boolean): Generator<FileValue> {
    yield* passLong(isEnd);
    while (long === undefined) {
      const piece = next(bytes, isEnd, byte_offset === 0);
      if (piece === undefined) return;
      const { from, to, ...read } = piece;
      const began = line + newlines(bytes.subarray(0, from));
      if (to - from > longest) {
        pass(from);
        long = { line: began, search: { at: 0, depth: 0, isText: false } };
        yield* passLong(isEnd);
        continue;
      }
      const isValue = !isBlank(bytes.subarray(from, to));
      const { value } = read;
      const problem =
        isList && read.problem !== null ? at(read.problem, byte_offset + from) : read.problem;
      pass(to);
      if (isValue) yield { value, problem, line: began, behind: { byte_offset, line } };
    }
  }
  for await (const chunk of chunks) {
    bytes = Buffer.concat([bytes, chunk]);
    yield* values(false);
  }
  yield* values(true);
}

function nextLine(bytes: Buffer, isEnd: boolean): Piece | undefined {
  const end = endOfLine(bytes);
  const isAll = isEnd || bytes.length > longest;
  if (bytes.length === 0 || (end === undefined && !isAll)) return undefined;
  const to = end ?? bytes.length;
  return { from: 0, to, ...parsed(bytes.subarray(0, to)) };
}

function endOfLine(bytes: Buffer): number | undefined {
  const at = bytes.indexOf(newline);
  return at < 0 ? undefined : at + 1;
}

function nextInList(bytes: Buffer, isEnd: boolean, isFirst: boolean): Piece | undefined {
  const from = bytes.findIndex((byte) => !separators.has(byte));
  if (from < 0) return undefined;
  const isAll = isEnd || bytes.length - from > longest;
  const near = bytes.subarray(0, from + usual);
  let end = endInList(near, { at: from, depth: 0, isText: false });
  if (end === undefined && near.length < bytes.length) {
    // What comes behind a torn delivery need not be read for it.
    const torn = isDelivery(near.subarray(from)) ? upToNext(near, from, isFirst) : undefined;
    if (torn !== undefined) return torn;
    end = endInList(bytes, { at: from, depth: 0, isText: false });
  }
  if (end === undefined && !isAll) return undefined;
  const read = parsed(bytes.subarray(from, end));
  if (end !== undefined && read.problem === null) return { from, to: end, ...read };
  const next = upToNext(bytes, from, isFirst);
  if (next !== undefined) return next;
  if (!isAll) return undefined;
  const isLast = end !== undefined && isBlank(bytes.subarray(end));
  return { from, to: bytes.length, ...(isLast ? read : bad(`${read.problem}; ${restIsLost}`)) };
}

/** What is torn, up to where the next delivery begins; undefined where that cannot be told. */
function upToNext(bytes: Buffer, from: number, isFirst: boolean): Piece | undefined {
  const next = nextDelivery(bytes.subarray(from), indentation(bytes.subarray(0, from), isFirst));
  if (next === undefined) return undefined;
  const to = beforeSeparators(bytes, from + next);
  return { from, to, ...parsed(bytes.subarray(from, to)) };
}

/** What stands on its line before a value; null where another value does. */
function indentation(before: Buffer, isFirst: boolean): string | null {
  const lineStart = before.lastIndexOf(newline) + 1;
  if (lineStart > 0) return before.toString('latin1', lineStart);
  return isFirst ? '' : null;
}

function beforeSeparators(bytes: Buffer, from: number): number {
  let to = from;
  while (separators.has(bytes[to - 1] ?? 0)) to--;
  return to;
}

function parsed(bytes: Buffer): Read {
  // Read all the same, other letters would be stored, and nobody would know.
  if (!isUtf8(bytes)) return bad('It is no UTF-8: save the file as UTF-8 and import it again');
  const text = bytes.toString().trim();
  try {
    // The lines of a list may have lost its brackets and kept their commas.
    return { value: JSON.parse(text.endsWith(',') ? text.slice(0, -1) : text), problem: null };
  } catch (error) {
    return bad(`It is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** With where it is: a list may be all on one line. */
function at(problem: string, byte: number): string {
  return `${problem} (from byte ${byte} of the file on)`;
}

function bad(problem: string): Read {
  return { value: undefined, problem };
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => separators.has(byte));
}

/** Where the braces of a value are closed: its own lists need no counting. Where they are not yet, the search can go on in the bytes behind. */
function endInList(bytes: Buffer, search: Search): number | undefined {
  let { at, depth, isText } = search;
  for (; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText) {
      if (byte === backslash) at++;
      // No text goes on behind its line: one that seems to has lost its quote.
      else if (byte === quote || byte === newline) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === open) depth++;
    else if (byte === close) {
      depth--;
      if (depth <= 0) return at + 1;
    } else if (depth === 0 && (byte === comma || byte === listClose || byte === newline)) return at;
  }
  Object.assign(search, { at: at - bytes.length, depth, isText });
  return undefined;
}

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}
