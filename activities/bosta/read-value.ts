import { cairoDay, cairoDayStart, cairoInstant } from '../../domain/cairo-time.ts';
import { deliveryTypes } from '../../domain/delivery-state.ts';
import { latinDigits } from '../../domain/digits.ts';
import { type Piastres, parseEgp } from '../../domain/money.ts';
import { isObject } from './payload.ts';

/** A value that is there and means nothing that we know. It is never a zero, and never "now". */
export const unreadable = Symbol('unreadable');
export type Read<T> = T | undefined | typeof unreadable;

/** Nothing was said: missing, null or an empty text. */
export function isAbsent(value: unknown): value is undefined | null | '' {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

/** What stands in an object of one value as MongoDB exports it: `{"$oid": "66a0"}`, `{"$numberDecimal": "12.50"}`, `{"$date": {"$numberLong": "1762335951000"}}`. Nothing deeper, so that no nesting is too deep. */
export function exported<T>(value: unknown, read: (inner: unknown) => Read<T>): Read<T> {
  if (!isObject(value)) return unreadable;
  const { $oid, $date, $numberInt, $numberLong, $numberDouble, $numberDecimal } = value;
  const outer = $oid ?? $date ?? $numberInt ?? $numberLong ?? $numberDouble ?? $numberDecimal;
  const inner = isObject(outer) ? outer.$numberLong : outer;
  return inner === undefined || typeof inner === 'object' ? unreadable : read(inner);
}

/** Text, or a number written where a text belongs; without the NULs and halves of characters that Postgres refuses. */
export function readText(value: unknown): Read<string> {
  if (typeof value === 'string') {
    const text = value.includes('\0') ? value.replaceAll('\0', '') : value;
    return text.toWellFormed().trim() || undefined;
  }
  if (isAbsent(value)) return undefined;
  // A number above 2^53 has lost digits on its way through JSON.
  if (Number.isSafeInteger(value) || isFraction(value)) return String(value);
  return exported(value, readText);
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
const typeNames = new Map<string, number>([
  ['SEND', deliveryTypes.send],
  ['CASH_COLLECTION', deliveryTypes.cash_collection],
  ['RTO', deliveryTypes.return_to_origin],
  ['CUSTOMER_RETURN_PICKUP', deliveryTypes.customer_return],
  ['EXCHANGE', deliveryTypes.exchange],
  ['SIGN_AND_RETURN', 35],
]);

/** The code of a delivery's type, also by its name. */
export function readTypeCode(value: unknown): Read<number> {
  return (
    (typeof value === 'string' ? typeNames.get(value.trim()) : undefined) ?? readInteger(value)
  );
}

/** A number, also as text. */
export function readReal(value: unknown): Read<number> {
  if (isAbsent(value)) return undefined;
  if (typeof value === 'string' && /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(latinDigits(value).trim()))
    return Number(latinDigits(value));
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return exported(value, readReal);
}

/** The pound, before an amount or behind it, as people write it. */
const currency =
  /^(?:EGP|L\.?E\.?|ج\.? ?م\.?|جنيه)\s*|\s*(?:EGP|L\.?E\.?|ج\.? ?م\.?|جنيه(?:اً|ا)?(?: مصري)?)$/i;

/** An amount of EGP as piastres, also with its currency. */
export function readAmount(value: unknown): Read<Piastres> {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string') return parseEgp(value) ?? exported(value, readAmount);
  const written = latinDigits(value);
  // A copied minus may be the one of typesetters.
  const bare = () => written.trim().replace(currency, '').replace('\u2212', '-');
  return parseEgp(written) ?? parseEgp(bare()) ?? unreadable;
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
/** Day, hour, minute, second, fraction and offset: all but the hour may be missing behind the day. */
const isoTime =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(?:(Z|UTC|GMT)|([+-]\d{2}):?(\d{2})?)?$/i;
const dateText =
  /^([A-Z][a-z]{2},? (?:[A-Z][a-z]{2} (\d{1,2})|(\d{1,2}) [A-Z][a-z]{2}) \d{4}) \d{2}:\d{2}:\d{2} GMT(?:[+-]\d{4})?/;

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
  const day = dayWritten(text);
  if (day !== undefined) return day === unreadable ? day : cairoDayStart(day);
  const iso = isoTime.exec(text);
  return iso ? isoInstant(iso) : spokenInstant(text);
}

function isoInstant(written: RegExpExecArray): Read<Date> {
  const [, day, hour = '', minute = '00', second = '00', fraction, utc, ahead, more] = written;
  const thousandths = fraction === undefined ? '' : `.${fraction.slice(0, 3)}`;
  const wall = `${day}T${hour.padStart(2, '0')}:${minute}:${second}${thousandths}`;
  const inUtc = utcInstant(`${wall}Z`);
  if (inUtc === unreadable || utc !== undefined) return inUtc;
  return plausible(
    ahead === undefined ? cairoInstant(wall) : new Date(`${wall}${ahead}:${more ?? '00'}`),
  );
}

function spokenInstant(text: string): Read<Date> {
  const [written, day, ...dates] = dateText.exec(text) ?? [];
  if (written === undefined) return unreadable;
  const isReal = new Date(`${day} UTC`).getUTCDate() === Number(dates[0] ?? dates[1]);
  return isReal ? plausible(new Date(written)) : unreadable;
}

/** 31 June rolls over to another day: then the text is no time. */
function utcInstant(text: string): Read<Date> {
  const at = new Date(text);
  return at.getUTCDate() === Number(text.slice(8, 10)) ? plausible(at) : unreadable;
}

function plausible(at: Date): Date | typeof unreadable {
  const year = at.getUTCFullYear();
  return year >= 2000 && year <= 2100 ? at : unreadable;
}

/** A day in Cairo, `YYYY-MM-DD`: written so, as Bosta's `DD-MM-YYYY`, or as an instant. */
export function readDay(value: unknown): Read<string> {
  if (typeof value === 'string') {
    const day = dayWritten(latinDigits(value).trim());
    if (day !== undefined) return day;
  }
  const at = readTime(value);
  return at instanceof Date ? cairoDay(at) : at;
}

/** A day alone; undefined where a text is no day and nothing else. */
function dayWritten(text: string): Read<string> {
  const [, year, month, date] =
    /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ??
    reversed(/^(\d{2})[-/](\d{2})[-/](\d{4})$/.exec(text));
  if (year === undefined) return undefined;
  const day = `${year}-${month}-${date}`;
  return utcInstant(`${day}T00:00:00Z`) === unreadable ? unreadable : day;
}

function reversed(match: RegExpExecArray | null): (string | undefined)[] {
  return match ? [match[0], match[3], match[2], match[1]] : [];
}
