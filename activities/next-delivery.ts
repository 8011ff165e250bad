const newline = 0x0a;
const [quote, backslash, open, close, listOpen, listClose, colon, comma] = Buffer.from('"\\{}[]:,');
const marks = new Set([quote, open, close, listOpen, listClose, colon, comma, newline]);
const blank = new Set(Buffer.from(' \t\r\n'));
const number = Buffer.from('"trackingNumber"');
const receiver = Buffer.from('"receiver"');

/**
 * Where the next delivery of a list begins behind one that is torn; undefined where
 * that cannot be told. What is torn has lost a brace or more, so that an object
 * behind it may be a part of it (a product, an attempt). One is the next delivery
 * where it carries a tracking number of its own, and begins a line that is indented
 * as the torn one's was, stands where no part of the torn one can, or in a list
 * carries a receiver of its own too.
 */
export function nextDelivery(torn: Buffer, indentation: string | null): number | undefined {
  const [whole, placed] = [nextOfList(torn), nextByPlace(torn, indentation)];
  return whole === undefined || placed === undefined ? (whole ?? placed) : Math.min(whole, placed);
}

/** Where the next object of a list carries a number and a receiver, whatever was torn before it: in a text that has lost its quote too, since in a whole one quotes are escaped. */
function nextOfList(torn: Buffer): number | undefined {
  for (let at = torn.indexOf('{"', 1); at >= 0; at = torn.indexOf('{"', at + 1))
    if (isListed(torn, at) && carries(torn, at, receiver) && carries(torn, at, number)) return at;
  return undefined;
}

function isListed(bytes: Buffer, from: number): boolean {
  let before = from - 1;
  while (blank.has(bytes[before] ?? 0)) before--;
  return bytes[before] === comma || bytes[before] === listOpen;
}

function nextByPlace(torn: Buffer, indentation: string | null): number | undefined {
  const opened: (number | undefined)[] = [];
  let [lineStart, before] = [0, comma];
  for (const at of marksOf(torn, 0)) {
    const mark = torn[at] ?? 0;
    if (mark === newline) lineStart = at + 1;
    else if (mark === open && at > 0) {
      const isOutside =
        before !== colon && opened.every((one, depth) => depth === 0 && one === open);
      const isAligned =
        at - lineStart === indentation?.length &&
        torn.toString('latin1', lineStart, at) === indentation;
      if ((isOutside || isAligned) && carries(torn, at, number)) return at;
    }
    if (mark !== newline) before = mark;
    nest(opened, mark);
  }
  return undefined;
}

/** Where the marks stand that give JSON its shape, and where each text begins. */
function* marksOf(bytes: Buffer, from: number): Generator<number> {
  let isText = false;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (isText && byte === backslash) at++;
    else if (isText && byte !== newline) isText = byte !== quote;
    else {
      // A text ends with its line at the latest: one that goes on has lost its quote.
      isText = byte === quote;
      if (marks.has(byte)) yield at;
    }
  }
}

/** Keeps what is open in step with a mark; one that closes nothing has lost its beginning. */
function nest(opened: (number | undefined)[], mark: number): void {
  if (mark === open || mark === listOpen) opened.push(mark);
  if (mark !== close && mark !== listClose) return;
  const beginning = opened.lastIndexOf(mark === close ? open : listOpen);
  if (beginning >= 0) opened.length = beginning;
}

/** Whether what begins here is a delivery, as far as its end: nothing else has a tracking number of its own. */
export function isDelivery(bytes: Buffer): boolean {
  return carries(bytes, 0, number);
}

function carries(bytes: Buffer, from: number, key: Buffer): boolean {
  let depth = 0;
  for (const at of marksOf(bytes, from)) {
    const mark = bytes[at];
    if (depth === 1 && mark === quote && bytes.subarray(at, at + key.length).equals(key))
      return true;
    if (mark === open || mark === listOpen) depth++;
    if (mark === close || mark === listClose) depth--;
    if (depth === 0) return false;
  }
  return false;
}
