import type { PayloadKind } from '../../domain/vocabulary.ts';

export type JsonObject = { readonly [key: string]: unknown };

/** Whether a value is a JSON object: no list, no null, no scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the full read alone tells; in a search it is missing or empty (bosta-api.md, "Seen in the wild"). */
const fullReadOnly = [['timeline'], ['wallet', 'cashCycle'], ['maskedState']];

/** How a payload was read from Bosta, by what is in it. */
export function kindOf(payload: unknown): PayloadKind {
  return fullReadOnly.some((keys) => isTold(lookUp(payload, keys))) ? 'full' : 'search';
}

function isTold(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== '';
}

/** What stands at `keys`, one below the other; undefined where the way there is not made of objects. */
export function lookUp(payload: unknown, keys: readonly string[]): unknown {
  let value = payload;
  for (const key of keys) {
    if (!isObject(value)) return undefined;
    value = value[key];
  }
  return value;
}

/** As JSON; undefined for what is nested so deeply that it cannot be written. */
export function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const longestRaw = 200;

/** How a field that could not be read is listed: its name and the raw value, shortened, without the NULs and halves of characters that Postgres refuses. */
export function unreadableEntry(field: string, raw: unknown): string {
  const text = jsonOf(raw) ?? '(nested too deeply)';
  return `${field}: ${text.replaceAll('\\u0000', '').slice(0, longestRaw).toWellFormed()}`;
}
