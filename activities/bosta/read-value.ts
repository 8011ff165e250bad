import { cairoDayStart, cairoInstant } from '../../domain/cairo-time.ts';
import { deliveryTypes } from '../../domain/delivery-state.ts';
import { latinDigits } from '../../domain/digits.ts';
import { parseEgp } from '../../domain/money.ts';

/** A value that is there and means nothing that we know. It is never a zero, and never "now". */
export const unreadable = Symbol('unreadable');
export type Read<T> = T | undefined | typeof unreadable;

/** Nothing was said: missing, null or an empty text. */
export function isAbsent(value: unknown): value is undefined | null | '' {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

/** Text, or a number written where a text belongs; without the NULs and halves of characters that Postgres refuses. */
export function readText(value: unknown): Read<string> {
  if (typeof value === 'string') {
    const text = value.includes('\0') ? value.replaceAll('\0', '') : value;
    return text.toWellFormed().trim() || undefined;
  }
  if (isAbsent(value)) return undefined;
  // A number above 2^53 has lost digits on its way through JSON.
  return Number.isSafeInteger(value) || isFraction(value) ? String(value) : unreadable;
}

function isFraction(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value);
}

/** A whole number of four bytes, also as text, also in Arabic-Indic digits. */
export function readInteger(value: unknown): Read<number> {
  const number = readReal(value);
  if (typeof number !== 'number') return number;
  return Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : unreadable;
}

/** As callbacks name the types (bosta-api.md, "Webhooks"). */
const typeNames: Record<string, number> = {
  SEND: deliveryTypes.send,
  CASH_COLLECTION: deliveryTypes.cash_collection,
  RTO: deliveryTypes.return_to_origin,
  CUSTOMER_RETURN_PICKUP: deliveryTypes.customer_return,
  EXCHANGE: deliveryTypes.exchange,
  SIGN_AND_RETURN: 35,
};

/** The code of a delivery's type, also by its name. */
export function readTypeCode(value: unknown): Read<number> {
  return (typeof value === 'string' ? typeNames[value.trim()] : undefined) ?? readInteger(value);
}

/** A number, also as text. */
export function readReal(value: unknown): Read<number> {
  if (isAbsent(value)) return undefined;
  if (typeof value === 'string' && /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(latinDigits(value).trim()))
    return Number(latinDigits(value));
  return typeof value === 'number' && Number.isFinite(value) ? value : unreadable;
}

/** An amount of EGP as piastres. */
export function readAmount(value: unknown) {
  if (isAbsent(value)) return undefined;
  return parseEgp(typeof value === 'string' ? latinDigits(value) : value) ?? unreadable;
}

/** Yes or no, also as text and as 1 and 0. */
export function readBoolean(value: unknown): Read<boolean> {
  if (isAbsent(value)) return undefined;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === true || word === 1 || word === 'true' || word === '1') return true;
  if (word === false || word === 0 || word === 'false' || word === '0') return false;
  return unreadable;
}

/** As nearly all of Bosta's times are written. */
const plainTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;
const epoch = /^\d{10}$|^\d{13}$/;
const isoTime =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const dateText = /^[A-Z][a-z]{2},? .*\d{2}:\d{2}:\d{2} GMT([+-]\d{4})?/;

/**
 * An instant: ISO 8601 with an offset or, without one, in Cairo's time; epoch
 * milliseconds (or seconds); JavaScript's own `Wed Aug 13 2025 09:45:51 GMT+0000 (…)`;
 * a day alone is its beginning in Cairo. Anything outside 2000-2100 is a mistake.
 */
export function readTime(value: unknown): Read<Date> {
  if (typeof value === 'string' && plainTime.test(value)) return utcInstant(value);
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return unreadable;
  const text = latinDigits(String(typeof value === 'number' ? Math.trunc(value) : value)).trim();
  if (epoch.test(text)) return plausible(new Date(Number(text) * (text.length === 10 ? 1000 : 1)));
  const iso = isoTime.exec(text);
  if (iso) return isoInstant(iso);
  const day = readDay(text);
  if (typeof day === 'string') return plausible(cairoDayStart(day));
  return dateText.test(text) ? plausible(new Date(text.replace(/\(.*$/, ''))) : unreadable;
}

function isoInstant([, day, clock, fraction = '', offset]: RegExpExecArray): Read<Date> {
  const wall = `${day}T${clock?.length === 5 ? `${clock}:00` : clock}`;
  const inUtc = utcInstant(`${wall}${fraction.slice(0, 4)}Z`);
  if (!(inUtc instanceof Date) || /^z$/i.test(offset ?? '')) return inUtc;
  return plausible(
    offset === undefined
      ? cairoInstant(`${wall}${fraction.slice(0, 4)}`)
      : new Date(`${wall}${fraction.slice(0, 4)}${offset}`),
  );
}

/** 31 June rolls over to another day: then the text is no time. */
function utcInstant(text: string): Read<Date> {
  const at = new Date(text);
  return at.getUTCDate() === Number(text.slice(8, 10)) ? plausible(at) : unreadable;
}

function plausible(at: Date): Read<Date> {
  const year = at.getUTCFullYear();
  return year >= 2000 && year <= 2100 ? at : unreadable;
}

/** A day in Cairo, `YYYY-MM-DD`: written so, as Bosta's `DD-MM-YYYY`, or as an instant. */
export function readDay(value: unknown): Read<string> {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string') return unreadable;
  const text = latinDigits(value).trim();
  const [, year, month, date] =
    /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/.exec(text) ??
    reversed(/^(\d{2})[-/](\d{2})[-/](\d{4})$/.exec(text));
  const day = `${year}-${month}-${date}`;
  const parsed = new Date(`${day}T00:00:00Z`);
  // 31 February rolls over: what comes back is another day.
  const isReal = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
  return isReal ? day : unreadable;
}

function reversed(match: RegExpExecArray | null): (string | undefined)[] {
  return match ? [match[0], match[3], match[2], match[1]] : [];
}
