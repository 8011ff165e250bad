import { diallingArea } from '../../domain/dialling-area.ts';
import { trackingNumber } from '../../domain/digits.ts';
import { otherPhoneNoted } from '../../domain/noted-phone.ts';
import type { ReadDelivery, TimelineStep } from '../../domain/order.ts';
import {
  type BostaOrder,
  bostaColumnNames,
  type DeliveryException,
  emptyOrder,
} from '../../domain/order-columns.ts';
import { phonesIn } from '../../domain/phone.ts';
import { placeOf } from '../../domain/place-likeness.ts';
import { isObject, type JsonObject, lookUp, unreadableEntry } from './payload.ts';
import { readColumns } from './read-columns.ts';
import { readCoordinates } from './read-coordinates.ts';
import { latestOf, readAttempts, readExceptions, readTimeline } from './read-lists.ts';
import { readProduct } from './read-product.ts';
import { isAbsent, readAmount, readInteger, readReference, readText } from './read-value.ts';

/** Nobody could ever find this delivery again, or it is none. */
export class UnidentifiableDelivery extends Error {
  override readonly name = 'UnidentifiableDelivery';
}

const longestId = 100;

/**
 * Reads one delivery as Bosta sends it, from a search or in full. Whatever is
 * missing is null; whatever is there and cannot be read is null too and listed
 * with its raw value: one odd field costs nothing but itself (lessons.md 4-6).
 * Throws UnidentifiableDelivery where there is nothing to keep it under.
 */
export function readDelivery(payload: unknown): ReadDelivery {
  if (!isObject(payload)) throw new UnidentifiableDelivery('A delivery must be an object');
  const problems: string[] = [];
  const order = identify(payload, problems);
  readColumns(payload, order, problems);
  readBareWords(payload, order);
  const timeline = readTimeline(payload, problems);
  const exceptions = readExceptions(payload, problems);
  order.exceptions = exceptions;
  order.attempts = readAttempts(payload, problems);
  // The list is right where the counters are not (bosta-api.md, "Seen in the wild").
  if (order.attempts) order.attempts_count = order.attempts.length;
  const latest = exceptions === null ? undefined : latestOf(exceptions);
  order.exception_code = latest?.code ?? null;
  order.exception_reason = latest?.reason ?? null;
  readPhones(order, problems);
  readCoordinates(payload, order, problems);
  readProduct(payload, order, problems);
  order.bosta_fees_source = feesSource(payload, order);
  order.state_at = stateAt(order, timeline, latest);
  const read = { order, timeline, unreadable: problems };
  if (order.tracking_number === null && saysNothing(read))
    throw new UnidentifiableDelivery('It has an _id, but nothing that a delivery has');
  return read;
}

/** A city and a product have an id too, in a file that was taken for another one. */
function saysNothing({ order, timeline, unreadable }: ReadDelivery): boolean {
  return (
    unreadable.length === 0 &&
    timeline.length === 0 &&
    bostaColumnNames.every((column) => order[column] === null)
  );
}

/** Bosta's own id of a delivery; undefined where it has none that can be kept. */
export function idIn(payload: JsonObject): string | undefined {
  const id = readReference(payload._id);
  return typeof id === 'string' && id.length <= longestId ? id : undefined;
}

/** The number by which people know a delivery; undefined where it has none that is one. */
export function numberIn(payload: unknown): string | undefined {
  const written = readReference(lookUp(payload, ['trackingNumber']));
  return typeof written === 'string' ? trackingNumber(written) : undefined;
}

function identify(payload: JsonObject, problems: string[]): BostaOrder {
  const tracking = numberIn(payload);
  if (tracking === undefined && !isAbsent(payload.trackingNumber))
    problems.push(unreadableEntry('tracking_number', payload.trackingNumber));
  const id = idIn(payload);
  if (id === undefined && !isAbsent(payload._id)) problems.push(unreadableEntry('id', payload._id));
  const key = id ?? tracking;
  if (key === undefined)
    throw new UnidentifiableDelivery(
      'The delivery has neither a readable trackingNumber nor an _id',
    );
  return emptyOrder(key, tracking);
}

/** A state or a type that came as words alone: those are kept, though the words of a state tell no code. */
function readBareWords(payload: JsonObject, order: BostaOrder): void {
  order.state_value ??= wordsIn(payload.state);
  order.masked_state ??= order.state_value;
  order.order_type_value ??= wordsIn(payload.type);
}

function wordsIn(value: unknown): string | null {
  const isWords = typeof value === 'string' && typeof readInteger(value) !== 'number';
  const words = isWords ? readText(value) : undefined;
  return typeof words === 'string' ? words : null;
}

function readPhones(order: BostaOrder, problems: string[]): void {
  const area = diallingArea(placeOf(order).city);
  const [first, beside] = phonesRead('receiver_phone');
  const seconds = phonesRead('receiver_second_phone');
  order.receiver_phone = first ?? null;
  // Where one has to be filled in, people write the first once more.
  const another = [...seconds, beside].find((phone) => phone !== first);
  order.receiver_second_phone = another ?? otherPhoneNoted(order) ?? seconds[0] ?? null;

  function phonesRead(column: 'receiver_phone' | 'receiver_second_phone'): string[] {
    const raw = order[`${column}_raw`];
    if (raw === null) return [];
    const { phones, isAllRead } = phonesIn(raw, area);
    if (phones.length === 0 || !isAllRead) problems.push(unreadableEntry(column, raw));
    return phones;
  }
}

/** The settled fee holds VAT, the announced one does not: which of the two `bosta_fees` is. */
function feesSource(payload: JsonObject, order: BostaOrder): string | null {
  if (order.bosta_fees === null) return null;
  const settled = lookUp(payload, ['wallet', 'cashCycle', 'bosta_fees']);
  return typeof readAmount(settled) === 'number' ? 'cash_cycle' : 'shipment_fees';
}

/** When the state began: by the time that Bosta keeps for it, else its timeline, else the last change. Null where it says nothing of the kind. */
function stateAt(
  order: BostaOrder,
  timeline: readonly TimelineStep[],
  latest: DeliveryException | undefined,
): Date | null {
  const code = order.state_code;
  const step =
    code === null ? undefined : timeline.findLast((one) => one.is_done && one.event_code === code);
  return timeOfState(order, latest) ?? step?.event_date ?? order.bosta_updated_at;
}

function timeOfState(order: BostaOrder, latest: DeliveryException | undefined): Date | null {
  switch (order.state_code) {
    case 21:
    case 23:
      return order.picked_up_at;
    case 24:
      return order.received_at_warehouse;
    case 45:
      return order.delivered_at;
    case 46:
      return order.returned_at;
    case 47:
      return latest?.time ? new Date(latest.time) : null;
    default:
      return null;
  }
}
