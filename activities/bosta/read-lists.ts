import type { TimelineStep } from '../../domain/order.ts';
import type { DeliveryAttempt, DeliveryException } from '../../domain/order-columns.ts';
import { isObject, type JsonObject, lookUp, unreadableEntry } from './payload.ts';
import { readTime } from './read-time.ts';
import {
  isAbsent,
  type Read,
  readBoolean,
  readInteger,
  readText,
  unreadable,
} from './read-value.ts';

type ReadField = <T>(name: string, raw: unknown, read: (value: unknown) => Read<T>) => T | null;

/** The entries of a list, which may be an object with its places as keys or with the list as all that it has, or the one entry alone. */
function entriesIn(list: unknown): readonly unknown[] {
  if (!isObject(list)) return Array.isArray(list) ? list : [list];
  const values = Object.values(list);
  if (values.length === 1 && Array.isArray(values[0])) return values[0];
  const isNumbered = Object.keys(list).every((key) => /^\d+$/.test(key));
  return isNumbered ? values : [list];
}

/** Reads each entry of a list by its place among those that say something; what is no entry, or says nothing that we know, is listed in `problems`. */
export function readEntries<T>(
  field: string,
  list: unknown,
  problems: string[],
  readEntry: (entry: JsonObject, read: ReadField, place: number) => T,
): T[] | undefined {
  if (isAbsent(list)) return undefined;
  const found: T[] = [];
  for (const [index, entry] of entriesIn(list).entries()) {
    if (isAbsent(entry) || isEmpty(entry)) continue;
    let isKnown = false;
    const read: ReadField = (name, raw, readValue) => {
      const value = readValue(raw);
      if (value === unreadable) problems.push(unreadableEntry(`${field}[${index}].${name}`, raw));
      isKnown ||= value !== undefined;
      return value === unreadable || value === undefined ? null : value;
    };
    const one = isObject(entry) ? readEntry(entry, read, found.length) : undefined;
    if (one !== undefined && isKnown) found.push(one);
    else problems.push(unreadableEntry(`${field}[${index}]`, entry));
  }
  return found;
}

function isEmpty(entry: unknown): boolean {
  return isObject(entry) && Object.values(entry).every(isAbsent);
}

/** Bosta's timeline, steps done and still to come. Its codes are not state codes, and some steps have none. */
export function readTimeline(payload: JsonObject, problems: string[]): TimelineStep[] {
  const steps = readEntries('timeline', payload.timeline, problems, (step, read, place) => {
    const date = isAbsent(step.date) ? step.timestamp : step.date;
    const event_date = read('date', date, readTime);
    return {
      sequence_order: place + 1,
      event_code: read('code', step.code, readInteger),
      event_value: read('value', step.value, readText),
      event_date,
      // Steps to come have no date; one that cannot be read is one.
      is_done: read('done', step.done, readBoolean) ?? !isAbsent(date),
      description: read('desc', step.desc, readText),
      next_action: read('nextAction', step.nextAction, readText),
    };
  });
  return steps ?? [];
}

function readObject(value: unknown): Read<JsonObject> {
  if (isAbsent(value)) return undefined;
  return isObject(value) ? value : unreadable;
}

/** An exception that is a text is its reason. */
function asException(value: unknown): unknown {
  return typeof value === 'string' && !isAbsent(value) ? { reason: value } : value;
}

/** The latest of what went wrong: the first, unless a later time says otherwise. */
export function latestOf(exceptions: readonly DeliveryException[]): DeliveryException | undefined {
  const [first, ...others] = exceptions;
  return others.reduce(
    (latest, one) => (latest?.time && one.time && one.time > latest.time ? one : latest),
    first,
  );
}

/** The exception of a callback, whose fields stand at the top (bosta-api.md, "Webhooks"). */
function calledBack({ exceptionCode, exceptionReason, timeStamp }: JsonObject): unknown {
  const isThere = !isAbsent(exceptionCode) || !isAbsent(exceptionReason);
  return isThere ? { code: exceptionCode, reason: exceptionReason, time: timeStamp } : undefined;
}

/** What went wrong so far, newest first; an older form is one object. */
export function readExceptions(
  payload: JsonObject,
  problems: string[],
): DeliveryException[] | null {
  const exceptions = lookUp(payload, ['state', 'exception']) ?? calledBack(payload);
  const list = readEntries(
    'state.exception',
    isAbsent(exceptions) ? undefined : entriesIn(exceptions).map(asException),
    problems,
    (entry, read) => ({
      code: read('code', entry.code, readInteger),
      reason: read('reason', entry.reason, readText),
      time: read('time', entry.time, readTime)?.toISOString() ?? null,
      attempt_type: read('attemptType', entry.attemptType, readText),
    }),
  );
  return list === undefined || list.length === 0 ? null : list;
}

/** Every try of the courier; `state` 2 failed, 3 succeeded. */
export function readAttempts(payload: JsonObject, problems: string[]): DeliveryAttempt[] | null {
  const list = readEntries('attempts', payload.attempts, problems, (entry, read) => {
    const exception = read('exception', asException(entry.exception), readObject);
    const star = isObject(entry.star) ? entry.star.name : entry.star;
    return {
      type: read('type', entry.type, readText),
      state: read('state', entry.state, readInteger),
      attempted_at: read('attemptDate', entry.attemptDate, readTime)?.toISOString() ?? null,
      succeeded_at: read('succeededAt', entry.succeededAt, readTime)?.toISOString() ?? null,
      exception_code: read('exception.code', exception?.code, readInteger),
      exception_reason: read('exception.reason', exception?.reason, readText),
      star_name: read('star.name', star, readText),
    };
  });
  return list === undefined || list.length === 0 ? null : list;
}
