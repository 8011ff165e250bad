import { sameValue } from './order.ts';
import {
  type BostaColumn,
  type BostaOrder,
  bostaColumnNames,
  isBostaColumn,
} from './order-columns.ts';

/** An order's facts with where they come from: the newest payload, and what of it could not be read. */
export type Facts = { order: BostaOrder; unreadable: readonly string[]; read_at: Date };

/** Fields that are one thing: when the first is said anew, the others of the old one are not its own. */
const groups: readonly (readonly [BostaColumn, ...BostaColumn[]])[] = [
  ['receiver_phone_raw', 'receiver_phone'],
  ['receiver_second_phone_raw', 'receiver_second_phone'],
  [
    'dropoff_first_line',
    'dropoff_second_line',
    'dropoff_building_number',
    'dropoff_floor',
    'dropoff_apartment',
    'dropoff_lat',
    'dropoff_lng',
  ],
  [
    'pickup_address',
    'pickup_second_line',
    'pickup_building_number',
    'pickup_floor',
    'pickup_apartment',
  ],
];

/**
 * Which of two payloads tells the newer state. Bosta's own time of change
 * decides where both have one; else the later read.
 */
export function isNewer(incoming: Facts, stored: Facts): boolean {
  const [a, b] = [incoming.order.bosta_updated_at, stored.order.bosta_updated_at];
  if (a !== null && b !== null && a.getTime() !== b.getTime()) return a > b;
  return incoming.read_at >= stored.read_at;
}

/**
 * What is known after one more payload. The newer one wins field by field; what
 * it lacks clears nothing, since a search item lacks a third of the full read;
 * an older one only fills what was never said (lessons.md 12).
 */
export function mergeFacts(stored: Facts, incoming: Facts): Facts {
  const isUpdate = isNewer(incoming, stored);
  const [older, newer] = isUpdate ? [stored, incoming] : [incoming, stored];
  const order = mergeOrders(older.order, newer.order);
  order.id = stored.order.id;
  return {
    order,
    unreadable: stillUnreadable(older, newer, order),
    read_at: newer.read_at,
  };
}

function mergeOrders(older: BostaOrder, newer: BostaOrder): BostaOrder {
  const order: BostaOrder = { ...newer };
  const fields: Record<string, unknown> = order;
  const take = (column: BostaColumn) => {
    fields[column] = older[column];
  };
  for (const column of bostaColumnNames) if (newer[column] === null) take(column);
  for (const [leader, ...others] of groups) {
    const isSaidAnew = newer[leader] !== null && !sameValue(newer[leader], older[leader]);
    if (isSaidAnew) for (const column of others) fields[column] = newer[column];
  }
  keepBetterSource(older, newer, take);
  // The list of attempts is right where the counters are not (bosta-api.md, "Seen in the wild").
  if (order.attempts) order.attempts_count = order.attempts.length;
  return order;
}

/** A value that the newer payload has only in a lesser place does not replace the older one's from the proper place. */
function keepBetterSource(
  older: BostaOrder,
  newer: BostaOrder,
  take: (column: BostaColumn) => void,
): void {
  if (older.bosta_fees_source === 'cash_cycle' && newer.bosta_fees_source !== 'cash_cycle') {
    take('bosta_fees');
    take('bosta_fees_source');
    // What was settled is what was collected; a search goes on showing what was asked for.
    if (older.cod !== null) take('cod');
  }
  if (
    newer.specs_description === null &&
    newer.return_description === null &&
    older.product_name !== null
  ) {
    take('product_name');
    take('product_count');
  }
  if (newer.state_code !== older.state_code) return;
  if (newer.masked_state === newer.state_value && older.masked_state !== null) take('masked_state');
  // Any edit moves the time of the last change; the state began when it began.
  if (sameValue(newer.state_at, newer.bosta_updated_at) && older.state_at !== null)
    take('state_at');
}

/** What neither payload let us read: the newer one's list, and the older one's columns of which the newer says nothing. */
function stillUnreadable(older: Facts, newer: Facts, merged: BostaOrder): string[] {
  const kept = older.unreadable.filter((entry) => {
    const column = entry.slice(0, entry.indexOf(':'));
    return isBostaColumn(column) && merged[column] === null;
  });
  return [...new Set([...newer.unreadable, ...kept])];
}
