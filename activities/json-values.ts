import { isUtf8 } from 'node:buffer';

/** A place in a file: a byte, and the line (from 1) that it is on. */
export type FilePlace = { byte_offset: number; line: number };
/** A value of a file, or why it is none; the line on which it began, and what is behind it. */
export type FileValue = Read & { line: number; behind: FilePlace };
type Read = { value: unknown; problem: string | null };
type Piece = { from: number; to: number };

const newline = 0x0a;
const [quote, backslash, open, close, listClose, comma] = Buffer.from('"\\{}],');
/** What stands between the values of lists. Windows puts U+FEFF before the first of them. */
const separators = new Set(Buffer.from(' \t\r\n,[]\uFEFF'));
/** A value that goes on for longer has lost its end. */
const longest = 16 * 1024 * 1024;

/**
 * The values of a file of any size, one after the other: one on each line, or
 * where the file begins with `[`, those of its lists. One that cannot be read
 * costs itself alone: what comes next begins on the next line.
 */
export async function* jsonValues(
  chunks: AsyncIterable<Buffer>,
  { byte_offset, line }: FilePlace,
  isList: boolean,
): AsyncGenerator<FileValue> {
  const cut = isList ? nextInList : nextLine;
  let [bytes, base]: [Buffer, number] = [Buffer.alloc(0), byte_offset];
  /** All values that are whole by now; at the file's end, what is left of it too. */
  function* values(isEnd: boolean): Generator<FileValue> {
    let at = 0;
    while (at < bytes.length) {
      const tooLong = isEnd || bytes.length - at > longest;
      const piece =
        cut(bytes, at) ?? (tooLong ? (nextLine(bytes, at) ?? rest(bytes, at)) : undefined);
      if (piece === undefined) break;
      const began = line + newlines(bytes, at, piece.from);
      line = began + newlines(bytes, piece.from, piece.to);
      const text = bytes.subarray(piece.from, piece.to);
      const behind = { byte_offset: base + piece.to, line };
      if (!isBlank(text)) yield { ...parsed(text), line: began, behind };
      at = piece.to;
    }
    [bytes, base] = [bytes.subarray(at), base + at];
  }
  for await (const chunk of chunks) {
    bytes = Buffer.concat([bytes, chunk]);
    yield* values(false);
  }
  yield* values(true);
}

function parsed(bytes: Buffer): Read {
  // Read all the same, other letters would be stored, and nobody would know.
  if (!isUtf8(bytes)) return bad('It is no UTF-8: save the file as UTF-8 and import it again');
  try {
    return { value: JSON.parse(bytes.toString().trim()), problem: null };
  } catch (error) {
    return bad(`It is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function bad(problem: string): Read {
  return { value: undefined, problem };
}

/** What stands between the values of lists, and behind the last one. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => separators.has(byte));
}

function rest(bytes: Buffer, from: number): Piece {
  return { from, to: bytes.length };
}

function nextLine(bytes: Buffer, from: number): Piece | undefined {
  const end = bytes.indexOf(newline, from);
  return end < 0 ? undefined : { from, to: end + 1 };
}

/** Passes over what separates the values of lists, and ends where the braces of a value are closed: its own lists need no counting. */
function nextInList(bytes: Buffer, start: number): Piece | undefined {
  let from = start;
  while (from < bytes.length && separators.has(bytes[from] ?? 0)) from++;
  let [depth, isText] = [0, false];
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText) {
      if (byte === backslash) at++;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === open) depth++;
    else if (byte === close) {
      depth--;
      if (depth <= 0) return { from, to: at + 1 };
    } else if (depth === 0 && (byte === comma || byte === listClose || byte === newline))
      return { from, to: at };
  }
  return undefined;
}

function newlines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (
    let at = bytes.indexOf(newline, from);
    at >= 0 && at < to;
    at = bytes.indexOf(newline, at + 1)
  )
    count++;
  return count;
}
