import { deliveryTypes } from './delivery-state.ts';
import { otherPhoneNoted } from './noted-phone.ts';
import { sameValue } from './order.ts';
import {
  type BostaColumn,
  type BostaOrder,
  bostaColumnNames,
  isBostaColumn,
} from './order-columns.ts';
import { isMaskOf } from './phone.ts';
import { productText } from './product-text.ts';
import { saysAnything } from './says-anything.ts';
import type { PayloadKind } from './vocabulary.ts';

/** An order's facts with where they come from: the newest payload, and what of it could not be read. */
export type Facts = { order: BostaOrder; unreadable: readonly string[]; read_at: Date };

/** Fields that are one thing: when the first is said anew, the others of the old one are not its own. */
const groups: readonly (readonly [BostaColumn, ...BostaColumn[]])[] = [
  ['receiver_phone_raw', 'receiver_phone'],
  ['receiver_second_phone_raw', 'receiver_second_phone'],
  ['receiver_full_name', 'receiver_first_name', 'receiver_last_name'],
  ['state_code', 'state_value', 'masked_state', 'child_state', 'state_at'],
  ['order_type_code', 'order_type_value'],
  ['exceptions', 'exception_code', 'exception_reason'],
  ['product_name', 'product_count'],
  ['star_name', 'star_phone'],
  ['holder_name', 'holder_phone'],
  ['cashout_transaction_id', 'cashout_transaction_date', 'next_cashout_date'],
  ['dropoff_city_name', 'dropoff_city_name_ar', 'dropoff_city_id'],
  ['dropoff_zone_name', 'dropoff_zone_name_ar', 'dropoff_zone_id'],
  ['dropoff_district_name', 'dropoff_district_name_ar', 'dropoff_district_id'],
  ['pickup_city', 'pickup_city_ar'],
  ['pickup_district', 'pickup_district_id'],
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
  [
    'return_address',
    'return_second_line',
    'return_building_number',
    'return_floor',
    'return_apartment',
  ],
];

/**
 * Which of two payloads tells the newer state. Bosta's own time of change
 * decides where both have one; else the later read.
 */
export function isNewer(incoming: Facts, stored: Facts): boolean {
  const [a, b] = [changedAt(incoming), changedAt(stored)];
  if (a !== null && b !== null && a.getTime() !== b.getTime()) return a > b;
  return incoming.read_at >= stored.read_at;
}

/** How far Bosta's clock may be ahead of ours, in milliseconds. */
const mostAhead = 86_400_000;

/** When Bosta changed a delivery, as a payload tells; null also where that was still to come when it was read, which is a mistake. */
export function changedAt({ order, read_at }: Pick<Facts, 'order' | 'read_at'>): Date | null {
  const at = order.bosta_updated_at;
  return at !== null && at.getTime() - read_at.getTime() > mostAhead ? null : at;
}

/**
 * What is known after one more payload. The newer one wins field by field; what
 * it lacks clears nothing, since a search item lacks a third of the full read;
 * an older one only fills what was never said (lessons.md 12).
 */
export function mergeFacts(stored: Facts, incoming: Facts, kind: PayloadKind): Facts {
  const isUpdate = isNewer(incoming, stored);
  const [older, newer] = isUpdate ? [stored, incoming] : [incoming, stored];
  const order = mergeOrders(older.order, newer.order);
  order.id = stored.order.id;
  return {
    order,
    unreadable: stillUnreadable(older, newer, { order, isWhole: !isUpdate || kind === 'full' }),
    read_at: newer.read_at,
  };
}

/** What is known of a delivery whose number is another's by now: the number is listed, and looked up nowhere. */
export function withoutNumber({ order, unreadable, read_at }: Facts): Facts {
  const number = `tracking_number: ${JSON.stringify(order.tracking_number)}`;
  return {
    ...{ order: { ...order, tracking_number: null }, read_at },
    unreadable: [...unreadable, number],
  };
}

function mergeOrders(older: BostaOrder, told: BostaOrder): BostaOrder {
  const newer = withoutMasked(told, older);
  const order: BostaOrder = { ...newer };
  const fields: Record<string, unknown> = order;
  const take = (column: BostaColumn) => {
    fields[column] = older[column];
  };
  for (const column of bostaColumnNames) if (newer[column] === null) take(column);
  for (const column of descriptions)
    if (!isDescribed(newer[column]) && isDescribed(older[column])) take(column);
  for (const [leader, ...others] of groups) {
    if (newer[leader] === null || sameValue(newer[leader], older[leader])) continue;
    if (isItsArabicName(newer[leader], others[0], older))
      fields[leader] = older[leader] ?? newer[leader];
    else for (const column of others) fields[column] = newer[column];
  }
  // Without a second phone of its own it stood beside the first, or stands in the notes.
  if (order.receiver_second_phone_raw === null && newer.receiver_phone_raw !== null)
    order.receiver_second_phone = newer.receiver_second_phone ?? otherPhoneNoted(order);
  keepBetterSource(older, newer, take);
  // The list of attempts is right where the counters are not (bosta-api.md, "Seen in the wild").
  if (order.attempts) order.attempts_count = order.attempts.length;
  return order;
}

/** A phone of which some digits are hidden says nothing new of the one that is known. */
function withoutMasked(newer: BostaOrder, { receiver_phone, receiver_second_phone }: BostaOrder) {
  const shown = (raw: string | null, known: string | null) =>
    raw !== null && known !== null && isMaskOf(raw, known) ? null : raw;
  return {
    ...newer,
    receiver_phone_raw: shown(newer.receiver_phone_raw, receiver_phone),
    receiver_second_phone_raw: shown(newer.receiver_second_phone_raw, receiver_second_phone),
  };
}

/** Bosta fills what is not described with "N/A": that is no description. */
const descriptions = ['specs_description', 'return_description'] as const;

function isDescribed(text: string | null): boolean {
  return text !== null && saysAnything(text);
}

/** Whether a place is told by the Arabic name that is known of it: a search may have the one name alone. */
function isItsArabicName(
  name: BostaOrder[BostaColumn],
  column: BostaColumn | undefined,
  known: BostaOrder,
): boolean {
  return column?.endsWith('_ar') === true && known[column] === name;
}

/** A value that the newer payload has only in a lesser place does not replace the older one's from the proper place. */
function keepBetterSource(
  older: BostaOrder,
  newer: BostaOrder,
  take: (column: BostaColumn) => void,
): void {
  const isSameState = (newer.state_code ?? older.state_code) === older.state_code;
  if (older.bosta_fees_source === 'cash_cycle' && newer.bosta_fees_source !== 'cash_cycle') {
    take('bosta_fees');
    take('bosta_fees_source');
    // What was settled is what was collected; a search goes on showing what was asked for.
    // What is sent back after all is settled anew.
    if (older.cod !== null && isSameState) take('cod');
  }
  if (older.product_name !== null && isLessSaid(older, newer)) {
    take('product_name');
    take('product_count');
  }
  if (!isSameState) return;
  // Any edit moves the time of the last change; the state began when it began.
  if (sameValue(newer.state_at, newer.bosta_updated_at) && older.state_at !== null)
    take('state_at');
  if (newer.state_code === null) return;
  if (newer.masked_state === newer.state_value && older.masked_state !== null) take('masked_state');
}

/** Whether the newer payload says less of what is in the parcel: of a return `returnSpecs` tells it, and the notes only where nothing else does. */
function isLessSaid(older: BostaOrder, newer: BostaOrder): boolean {
  const type = newer.order_type_code ?? older.order_type_code;
  if (type === deliveryTypes.customer_return) {
    if (isDescribed(newer.return_description)) return false;
    if (isDescribed(older.return_description)) return true;
  }
  if (isDescribed(newer.specs_description)) return false;
  return newer.product_name === null || !isToldByNotes(older);
}

function isToldByNotes({ notes, product_name }: BostaOrder): boolean {
  return notes !== null && productText(notes)?.product_name === product_name;
}

/**
 * What neither payload let us read: the newer one's list, and of the older one's the
 * columns that have no value yet, and what lies deeper than columns (a step of the
 * timeline) until all is read again.
 */
function stillUnreadable(
  older: Facts,
  newer: Facts,
  { order, isWhole }: { order: BostaOrder; isWhole: boolean },
): string[] {
  const said = new Set(newer.unreadable.map(fieldOf));
  const kept = older.unreadable.filter((entry) => {
    const field = fieldOf(entry);
    if (said.has(field)) return false;
    return isBostaColumn(field) ? order[field] === null : !isWhole;
  });
  return [...newer.unreadable, ...kept];
}

function fieldOf(entry: string): string {
  return entry.slice(0, entry.indexOf(':'));
}
