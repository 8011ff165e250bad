import { type BostaOrder, bostaColumns } from '../../domain/order-columns.ts';
import { fieldMap, type MappedColumn } from './field-map.ts';
import { isObject, type JsonObject, unreadableEntry } from './payload.ts';
import { readDay, readTime } from './read-time.ts';
import {
  isAbsent,
  type Read,
  readAmount,
  readBoolean,
  readCount,
  readInteger,
  readReal,
  readReference,
  readText,
  readTypeCode,
  readWeight,
  unreadable,
} from './read-value.ts';

const readers = {
  text: readText,
  integer: readInteger,
  amount: readAmount,
  real: readReal,
  boolean: readBoolean,
  time: readTime,
  day: readDay,
} as const;

/** Columns that are read in their own way. */
const ownReaders: Partial<Record<MappedColumn, (value: unknown) => Read<unknown>>> = {
  business_reference: readReference,
  unique_business_reference: readReference,
  order_type_code: readTypeCode,
  specs_weight: readWeight,
  specs_items_count: readCount,
  return_items_count: readCount,
  attempts_count: readCount,
  calls_count: readCount,
};

/** An object within a payload: the key under which it stands in another one. The payload itself is the first. */
type Parent = {
  path: string;
  within: number;
  key: string;
  keysBelow: readonly string[];
  mayBeValue: boolean;
};
/** A key of the object at this place in the list of parents. */
type Place = { parent: number; key: string; keysBelow: readonly string[] };
type Plan = {
  column: MappedColumn;
  read: (value: unknown) => Read<unknown>;
  places: Place[];
  /** What stands in another place is another amount: the fee before VAT, what is still to be paid. */
  isAmount: boolean;
};

/** What others read within an object. */
const readElsewhere = ['state.exception', 'state.delivering', 'dropOffAddress.geoLocation'];
const allPaths: ReadonlySet<string> = new Set([
  ...Object.values(fieldMap).flat(),
  ...readElsewhere,
]);
const parents: Parent[] = [{ path: '', within: 0, key: '', keysBelow: [], mayBeValue: false }];
const plans = Object.keys(fieldMap).filter(isMapped).map(plan);

function isMapped(column: string): column is MappedColumn {
  return Object.hasOwn(fieldMap, column);
}

function plan(column: MappedColumn): Plan {
  const paths: readonly string[] = fieldMap[column];
  const read = ownReaders[column] ?? readers[bostaColumns[column]];
  const isAmount = bostaColumns[column] === 'amount';
  return { column, read, places: paths.map(place), isAmount };
}

function place(path: string): Place {
  const keys = path.split('.');
  const key = keys.pop() ?? '';
  return { parent: parentAt(keys), key, keysBelow: keysKnownBelow(path) };
}

/** The keys that are known of an object at this path. */
function keysKnownBelow(path: string): string[] {
  const below = [...allPaths].filter((other) => other.startsWith(`${path}.`));
  return below.map((other) => other.slice(path.length + 1).split('.')[0] ?? '');
}

/** The place of an object in the list, which it joins where it is new: after the one that it stands in. */
function parentAt(keys: string[]): number {
  const path = keys.join('.');
  const known = parents.findIndex((parent) => parent.path === path);
  if (known >= 0) return known;
  const within = parentAt(keys.slice(0, -1));
  const key = keys.at(-1) ?? '';
  const mayBeValue = allPaths.has(path);
  parents.push({ path, within, key, keysBelow: keysKnownBelow(path), mayBeValue });
  return parents.length - 1;
}

/**
 * Reads all columns of the field map into `order`, each from the first place that
 * can be read (an amount from the first that says something), and lists in `problems`
 * what could not. Each object of the payload is looked up once: this is where much of
 * an ingest's time goes.
 */
export function readColumns(payload: JsonObject, order: BostaOrder, problems: string[]): void {
  // The reader of a column's kind gives that column's type: the two lists meet here.
  const fields: Record<string, unknown> = order;
  const objects = objectsOf(payload, problems);
  for (const plan of plans) {
    const value = readFirst(objects, plan, problems);
    if (value !== undefined) fields[plan.column] = value;
  }
}

/** The objects of a payload, as `parents` lists them; a list or a text in the place of one, or an object in which nothing is known, is listed in `problems` (lessons.md 14). */
function objectsOf(payload: JsonObject, problems: string[]): (JsonObject | undefined)[] {
  const objects: (JsonObject | undefined)[] = [payload];
  for (let index = 1; index < parents.length; index++) {
    const parent = parents[index];
    const value = parent && objects[parent.within]?.[parent.key];
    objects.push(isObject(value) ? value : undefined);
    if (parent === undefined || parent.mayBeValue || isAbsent(value)) continue;
    if (!isLookedInto(value, parent.keysBelow)) problems.push(unreadableEntry(parent.path, value));
  }
  return objects;
}

function readFirst(
  objects: readonly (JsonObject | undefined)[],
  { column, read, places, isAmount }: Plan,
  problems: string[],
): unknown {
  for (const { parent, key, keysBelow } of places) {
    const raw = objects[parent]?.[key];
    if (raw === undefined || raw === null) continue;
    const value = read(raw);
    if (value === unreadable) {
      // `state` may be a bare number; where it is an object, `state.code` has been looked at.
      if (!isLookedInto(raw, keysBelow)) problems.push(unreadableEntry(column, raw));
      if (isAmount) return undefined;
    } else if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether what an object holds has been looked at; one of which no key is known says something else. */
function isLookedInto(raw: unknown, keysBelow: readonly string[]): boolean {
  if (keysBelow.length === 0 || !isObject(raw)) return false;
  return keysBelow.some((key) => key in raw) || Object.keys(raw).length === 0;
}
