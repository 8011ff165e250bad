import { type BostaColumn, type BostaOrder, bostaColumns } from '../../domain/order-columns.ts';
import { fieldMap, type MappedColumn } from './field-map.ts';
import { isObject, type JsonObject, lookUp, unreadableEntry } from './payload.ts';
import {
  isAbsent,
  type Read,
  readAmount,
  readBoolean,
  readDay,
  readInteger,
  readReal,
  readText,
  readTime,
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

type Place = { keys: readonly string[]; hasPlacesBelow: boolean };
type Plan = { column: MappedColumn; read: (value: unknown) => Read<unknown>; places: Place[] };

const allPaths = new Set<string>(Object.values(fieldMap).flat());
const plans: Plan[] = Object.keys(fieldMap).filter(isMapped).map(plan);
/** Where objects are expected, so that a list or a text there is seen (lessons.md 14). */
const parents = [...new Set([...allPaths].flatMap(prefixes))].filter((path) => !allPaths.has(path));
const parentKeys = parents.map((path) => path.split('.'));

function isMapped(column: string): column is MappedColumn {
  return Object.hasOwn(fieldMap, column);
}

function plan(column: MappedColumn): Plan {
  const paths: readonly string[] = fieldMap[column];
  return {
    column,
    read: readers[bostaColumns[column]],
    places: paths.map((path) => ({
      keys: path.split('.'),
      hasPlacesBelow: [...allPaths].some((other) => other.startsWith(`${path}.`)),
    })),
  };
}

function prefixes(path: string): string[] {
  const keys = path.split('.');
  return keys.slice(1).map((_, index) => keys.slice(0, index + 1).join('.'));
}

/** Reads all columns of the field map into `order`, each from the first place that can be read, and lists in `problems` what could not. */
export function readColumns(payload: JsonObject, order: BostaOrder, problems: string[]): void {
  // The reader of a column's kind gives that column's type: the two lists meet here.
  const fields: Record<string, unknown> = order;
  for (const { column, read, places } of plans) {
    const value = readFirst(payload, column, read, places, problems);
    if (value !== undefined) fields[column] = value;
  }
  for (const keys of parentKeys) {
    const value = lookUp(payload, keys);
    if (!isAbsent(value) && !isObject(value)) problems.push(unreadableEntry(keys.join('.'), value));
  }
}

function readFirst(
  payload: JsonObject,
  column: BostaColumn,
  read: Plan['read'],
  places: Place[],
  problems: string[],
): unknown {
  for (const { keys, hasPlacesBelow } of places) {
    const raw = lookUp(payload, keys);
    // `state` may be a bare number; where it is an object, `state.code` has been looked at.
    if (hasPlacesBelow && isObject(raw)) continue;
    const value = read(raw);
    if (value === unreadable) problems.push(unreadableEntry(column, raw));
    else if (value !== undefined) return value;
  }
  return undefined;
}
