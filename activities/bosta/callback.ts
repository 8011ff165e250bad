import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { numberIn } from './read-delivery.ts';
import { readTime } from './read-time.ts';
import { type Read, readInteger, readText, unreadable } from './read-value.ts';

/** The number of the delivery, read as a delivery's own is. */
const namedDelivery = z
  .unknown()
  .transform((value) => numberIn({ trackingNumber: value }))
  .pipe(z.string());

/** The header that carries the secret of a callback; its value comes raw. */
export const callbackHeader = 'x-hvar-webhook-secret';

/** A field that may be missing or unreadable: both are null here, and the raw callback is kept by who stores it. */
function loose<T>(read: (value: unknown) => Read<T>) {
  return z
    .unknown()
    .optional()
    .transform((value) => {
      const known = read(value);
      return known === undefined || known === unreadable ? null : known;
    });
}

/** The state is the bare code; the full read's `{code, value}` is understood too. */
function readStateCode(value: unknown): Read<number> {
  const isObject = typeof value === 'object' && value !== null && 'code' in value;
  return readInteger(isObject ? value.code : value);
}

/**
 * A callback of Bosta, as loose as Bosta is: only the tracking number must be
 * there. It is a hint: read the delivery back before acting on one. `at` orders
 * repeats and latecomers, so it is null rather than the time of arrival.
 */
export const bostaCallback = z
  .looseObject({
    trackingNumber: namedDelivery,
    _id: loose(readText),
    state: loose(readStateCode),
    type: loose(readText),
    timeStamp: loose(readTime),
    businessReference: loose(readText),
    exceptionCode: loose(readInteger),
    exceptionReason: loose(readText),
    numberOfAttempts: loose(readInteger),
  })
  .transform(({ _id, state, timeStamp, ...rest }) => ({
    ...rest,
    deliveryId: _id,
    stateCode: state,
    at: timeStamp,
  }));

/** Whether a callback's secret is ours, in a time that tells nothing about how much of it was right. */
export function secretMatches(given: string | string[] | undefined, expected: string): boolean {
  if (typeof given !== 'string') return false;
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
