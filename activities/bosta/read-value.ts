import { deliveryTypes } from '../../domain/delivery-state.ts';
import { latinDigits, withoutMarks } from '../../domain/digits.ts';
import { largestAmount, type Piastres, parseEgp } from '../../domain/money.ts';
import { saysAnything } from '../../domain/says-anything.ts';
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

/** What a program writes for a text that it lacks, and for an object that it lost. */
const noText = /^(?:null|undefined)$/i;
const lostObject = /^\[object \w+\]$/;

/** Text, or a number written where a text belongs; without the NULs and halves of characters that Postgres refuses. */
export function readText(value: unknown): Read<string> {
  if (typeof value === 'string') {
    const text = (value.includes('\0') ? value.replaceAll('\0', '') : value).toWellFormed().trim();
    if (lostObject.test(text)) return unreadable;
    return text === '' || noText.test(text) ? undefined : text;
  }
  if (isAbsent(value)) return undefined;
  // A number above 2^53 has lost digits on its way through JSON.
  if (Number.isSafeInteger(value) || isFraction(value)) return String(value);
  return exported(value, readText);
}

/** What a thing is known by. All that are known by "N/A" would be one. */
export function readReference(value: unknown): Read<string> {
  const text = readText(value);
  return typeof text === 'string' && !saysAnything(text) ? undefined : text;
}

function isFraction(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value);
}

/** A written value, as it would be typed in Latin digits: nearly all are. */
function typed(value: string): string {
  return isAscii.test(value) ? value.trim() : withoutMarks(latinDigits(value)).trim();
}

const isAscii = /^[\t-~]*$/;

/** A whole number of four bytes, also as text, also in Arabic-Indic digits. */
export function readInteger(value: unknown): Read<number> {
  const number = readReal(value);
  if (typeof number !== 'number') return number;
  return Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : unreadable;
}

/** How many there are of something: no whole number below zero is. */
export function readCount(value: unknown): Read<number> {
  const count = readInteger(value);
  return typeof count === 'number' && count < 0 ? unreadable : count;
}

/** A weight in kilograms, also with its unit. */
export function readWeight(value: unknown): Read<number> {
  const bare =
    typeof value === 'string' ? typed(value).replace(/(?<=\S) ?(?:kgs?|كجم|كيلو)$/i, '') : value;
  const weight = readReal(bare);
  return typeof weight === 'number' && weight < 0 ? unreadable : weight;
}

/** The types as callbacks and deliveries name them (bosta-api.md, "Webhooks" and "Creating a delivery"). */
const typeNames = new Map<string, number>([
  ['SEND', deliveryTypes.send],
  ['CASH_COLLECTION', deliveryTypes.cash_collection],
  ['RTO', deliveryTypes.return_to_origin],
  ['RETURN_TO_ORIGIN', deliveryTypes.return_to_origin],
  ['CRP', deliveryTypes.customer_return],
  ['CUSTOMER_RETURN_PICKUP', deliveryTypes.customer_return],
  ['EXCHANGE', deliveryTypes.exchange],
  ['SIGN_AND_RETURN', 35],
]);

/** The code of a delivery's type, also by its name. */
export function readTypeCode(value: unknown): Read<number> {
  const name = typeof value === 'string' ? typed(value).toUpperCase().replaceAll(/[ -]/g, '_') : '';
  return typeNames.get(name) ?? readInteger(value);
}

/** A number, also as text. */
export function readReal(value: unknown): Read<number> {
  if (isAbsent(value)) return undefined;
  if (typeof value === 'string') {
    const number = typed(value);
    return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(number) ? Number(number) : unreadable;
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return exported(value, readReal);
}

/** The pound, before an amount or behind it, as people write it. */
const currency =
  /^(?:EGP|L\.?E\.?|ج\.? ?م\.?|جنيه)\s*|\s*(?:EGP|L\.?E\.?|ج\.? ?م\.?|جنيه(?:اً|ا)?(?: مصري)?)$/i;

/** An amount of EGP as piastres, also with its currency. */
export function readAmount(value: unknown): Read<Piastres> {
  if (isAbsent(value)) return undefined;
  const amount = typeof value === 'string' ? writtenAmount(value) : parseEgp(value);
  if (amount === undefined) return exported(value, readAmount);
  return Math.abs(amount) <= largestAmount ? amount : unreadable;
}

function writtenAmount(value: string): Piastres | undefined {
  const written = typed(value);
  return parseEgp(written) ?? parseEgp(withoutCurrency(written));
}

/** A copied minus may be the one of typesetters. */
function withoutCurrency(amount: string): string {
  return amount.length > 40 ? amount : amount.replace(currency, '').replace('\u2212', '-');
}

const yesAndNo = new Map<unknown, boolean>([
  ...[true, 1, 'true', '1', 'yes', 'نعم'].map((word) => [word, true] as const),
  ...[false, 0, 'false', '0', 'no', 'لا'].map((word) => [word, false] as const),
]);

/** Yes or no, also as text and as 1 and 0. */
export function readBoolean(value: unknown): Read<boolean> {
  if (isAbsent(value)) return undefined;
  const word = typeof value === 'string' ? typed(value).toLowerCase() : value;
  return yesAndNo.get(word) ?? unreadable;
}
