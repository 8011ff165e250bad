import { classify } from '../domain/classification.ts';
import type { CaseOfDelivery, ReadDelivery, TimelineStep } from '../domain/order.ts';
import { sameOrder, sameValue } from '../domain/order.ts';
import { type BostaOrder, bostaColumnNames } from '../domain/order-columns.ts';
import { type Facts, isNewer, mergeFacts, withoutNumber } from '../domain/order-merge.ts';
import type { Policy } from '../domain/policy.ts';
import type { ProductMatch } from '../domain/product-match.ts';
import type { PayloadKind } from '../domain/vocabulary.ts';
import type { LearnedIds } from './learned-ids.ts';
import { type Conclusions, conclusionColumns, type StoredOrder } from './stored-orders.ts';

/** One delivery as it was read from Bosta, with the payload that it came in. */
export type IncomingDelivery = {
  kind: PayloadKind;
  read: ReadDelivery;
  /** Compressed. */
  payload: Buffer;
  payload_hash: Buffer;
  read_at: Date;
};

/** An order while a batch is worked on: what stands in Postgres, and what will. */
export type Entry = {
  stored: StoredOrder | undefined;
  facts: Facts;
  timeline: readonly TimelineStep[];
  payloads: Map<PayloadKind, IncomingDelivery>;
  full_read_at: Date | null;
  case_of: CaseOfDelivery | undefined;
  conclusions: Conclusions;
};

/** Folds the deliveries of a batch into what is stored. One that comes twice, under its id or its number, is one order; two with ids of their own are two, though they have one number. */
export function foldBatch(
  deliveries: readonly IncomingDelivery[],
  stored: readonly StoredOrder[],
  learned: LearnedIds,
): Entry[] {
  const entries = new Map<string, Entry>();
  const keep = (entry: Entry) => {
    const { id, tracking_number } = entry.facts.order;
    entries.set(`id:${id}`, entry);
    if (tracking_number !== null) entries.set(`tracking:${tracking_number}`, entry);
  };
  for (const order of stored) keep(entryOf(order));
  for (const delivery of deliveries) {
    const { order } = delivery.read;
    const own = `id:${learned.orderOf(order.id)}`;
    const known = [`tracking:${order.tracking_number}`, own]
      .map((key) => entries.get(key))
      .find((entry) => entry && isOneDelivery(entry.facts.order, order, learned));
    if (known) {
      const { id, tracking_number } = known.facts.order;
      // The number that an order had before may be another delivery's by now.
      entries.delete(`tracking:${tracking_number}`);
      if (id !== learned.orderOf(order.id) && hasOwnId(order) && !entries.has(own))
        learned.learn(order.id, id);
      fold(known, delivery);
    }
    keep(known ?? firstEntry(delivery));
  }
  const all = [...new Set(entries.values())];
  partNumbers(all);
  return all;
}

/** Whether an order and a delivery under one id or number are one. Of one that came without Bosta's id the number is the id, until it is learned. */
function isOneDelivery(known: BostaOrder, order: BostaOrder, learned: LearnedIds): boolean {
  if (known.id === learned.orderOf(order.id) || !hasOwnId(order)) return true;
  return !hasOwnId(known) && !learned.isNamed(known.id);
}

function hasOwnId({ id, tracking_number }: BostaOrder): boolean {
  return id !== tracking_number;
}

/** Leaves a number that several deliveries were told to have to the one of which it was told last. */
function partNumbers(entries: readonly Entry[]): void {
  const owners = new Map<string, Entry>();
  for (const entry of entries) {
    const number = entry.facts.order.tracking_number;
    if (number === null) continue;
    const other = owners.get(number);
    const isOwner = other === undefined || isNewer(entry.facts, other.facts);
    if (isOwner) owners.set(number, entry);
    const loser = isOwner ? other : entry;
    if (loser) loser.facts = withoutNumber(loser.facts);
  }
}

function entryOf(stored: StoredOrder): Entry {
  const { facts, conclusions } = stored;
  const { full_read_at } = conclusions;
  return {
    ...{ stored, facts, conclusions, full_read_at, case_of: undefined },
    ...{ timeline: [], payloads: new Map() },
  };
}

function factsOf({ read: { order, unreadable }, read_at }: IncomingDelivery): Facts {
  return { order, unreadable, read_at };
}

function firstEntry(delivery: IncomingDelivery): Entry {
  const { read, read_at, kind } = delivery;
  const facts = factsOf(delivery);
  return {
    ...{ stored: undefined, facts, conclusions: unconcluded, case_of: undefined },
    timeline: read.timeline,
    payloads: new Map([[kind, delivery]]),
    full_read_at: kind === 'full' ? read_at : null,
  };
}

const unconcluded: Conclusions = {
  business_category: 'Operational Order',
  cod_category: null,
  delivery_category: 'operational',
  service_type: 'operational',
  classification_rule: 5,
  classification_reason: '',
  is_provisional: true,
  order_level: 0,
  original_order_id: null,
  hierarchy_status: 'unlinked',
  hierarchy_detected_at: null,
  last_state_change: null,
  full_read_at: null,
  created_by_system: false,
  product_sku: null,
  product_match_confidence: null,
};

function fold(entry: Entry, delivery: IncomingDelivery): void {
  const { read, read_at, kind } = delivery;
  const incoming = factsOf(delivery);
  const isUpdate = isNewer(incoming, entry.facts);
  const before = entry.payloads.get(kind);
  const isNewest = before === undefined || isNewer(incoming, factsOf(before));
  // What a batch brings in any order is told by the newest of it.
  const isOfBatch = isNewest && before?.read.timeline === entry.timeline;
  if (read.timeline.length > 0 && (isUpdate || isOfBatch || entry.full_read_at === null))
    entry.timeline = read.timeline;
  if (isNewest) entry.payloads.set(kind, delivery);
  entry.facts = mergeFacts(entry.facts, incoming, kind);
  const isLatest = entry.full_read_at === null || entry.full_read_at < read_at;
  if (kind === 'full' && isLatest) entry.full_read_at = read_at;
}

/** By what conclusions are drawn. */
type Ground = {
  policy: Policy;
  matchProduct: (text: string) => ProductMatch | undefined;
};

/** Draws the conclusions from an entry's facts; its place in the family is found later. */
export function conclude(entry: Entry, { policy, matchProduct }: Ground): void {
  const { facts, stored, case_of } = entry;
  const { order } = facts;
  const before = stored?.conclusions ?? unconcluded;
  const match = order.product_name === null ? undefined : matchProduct(order.product_name);
  const isSameState = stored !== undefined && stored.facts.order.state_code === order.state_code;
  entry.conclusions = {
    ...before,
    ...classify(order, { case_of }, policy),
    order_level: before.order_level,
    last_state_change: isSameState
      ? before.last_state_change
      : (order.state_at ?? order.bosta_updated_at),
    full_read_at: entry.full_read_at,
    created_by_system: case_of?.purpose !== undefined,
    product_sku: match?.product_sku ?? null,
    product_match_confidence: match?.product_match_confidence ?? null,
  };
}

/** Whether an entry says anything that Postgres does not say yet. Another read of the same is no news, except the first full one after a change. */
export function isChanged(entry: Entry): boolean {
  const { stored, facts, conclusions } = entry;
  if (stored === undefined) return true;
  const isFreshFullRead =
    !sameValue(conclusions.full_read_at, stored.conclusions.full_read_at) &&
    (stored.conclusions.full_read_at ?? new Date(0)) < stored.facts.read_at;
  return (
    isFreshFullRead ||
    !sameOrder(facts.order, stored.facts.order, bostaColumnNames) ||
    !sameValue(facts.unreadable, stored.facts.unreadable) ||
    conclusionColumns.some(
      (column) =>
        column !== 'full_read_at' && !sameValue(conclusions[column], stored.conclusions[column]),
    )
  );
}
