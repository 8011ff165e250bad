import type { BostaColumn, BostaOrder } from './order-columns.ts';
import type {
  BusinessCategory,
  CodCategory,
  DeliveryCategory,
  DeliveryPurpose,
  ServiceType,
} from './vocabulary.ts';

/** One step of Bosta's own timeline, done or still to come. Its codes are not state codes. */
export type TimelineStep = {
  sequence_order: number;
  event_code: number | null;
  event_value: string | null;
  event_date: Date | null;
  is_done: boolean;
  description: string | null;
  next_action: string | null;
};

/** What one payload said: the facts that could be read, and `column: raw value` of each that could not. */
export type ReadDelivery = {
  order: BostaOrder;
  timeline: TimelineStep[];
  unreadable: string[];
};

/** The case that made a delivery, or that takes it as its return. */
export type CaseOfDelivery = {
  action_id: number;
  /** Undefined where the case only follows a delivery that it did not make. */
  purpose: DeliveryPurpose | undefined;
  is_refund: boolean;
  main_order_id: string | undefined;
  /** The number by which the case knows the delivery, where Bosta has given it another since. */
  known_as?: string | undefined;
};

/** What we conclude from a delivery's facts; made again whenever they change. */
export type Classification = {
  service_type: ServiceType;
  business_category: BusinessCategory;
  delivery_category: DeliveryCategory;
  cod_category: CodCategory | null;
  order_level: number;
  classification_rule: number;
  classification_reason: string;
  is_provisional: boolean;
};

/** Whether two records of an order say the same in these columns. */
export function sameOrder(a: BostaOrder, b: BostaOrder, columns: readonly BostaColumn[]): boolean {
  return columns.every((column) => sameValue(a[column], b[column]));
}

/** Equality of column values: by time for dates, by content for lists, in any order of keys (jsonb keeps none). */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)))
  );
}
