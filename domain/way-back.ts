import { deliveryTypes } from './delivery-state.ts';
import type { FamilyOrder, Linking } from './hierarchy.ts';
import { madeAt } from './link-evidence.ts';
import { fullName, nameLikeness } from './name-likeness.ts';
import type { Policy } from './policy.ts';
import { isAnother } from './product-agreement.ts';
import { productLikeness } from './product-likeness.ts';

const hourMs = 3_600_000;

/** A product is hardly longer away than all that is borne together before somebody is told. */
function longestAway({ waits }: Policy): number {
  const { pickup_not_collected_hours, not_at_hub_hours, review_hours } = waits;
  const before = pickup_not_collected_hours + not_at_hub_hours + review_hours;
  return (before + waits.bench_idle_hours + waits.delivery_hours) * hourMs;
}

/** Whether an order is half of a repair: fetches a product, or brings one that is not sold. */
export function isHalfOfRepair(order: FamilyOrder): boolean {
  return isFetching(order) || isBringing(order);
}

function isFetching({ order_type_code }: FamilyOrder): boolean {
  return order_type_code === deliveryTypes.customer_return;
}

/** Whether an order brings the customer a product that is not sold: what was repaired, or takes another's place. */
export function isBringing({ order_type_code, service_type }: FamilyOrder): boolean {
  const isSent = order_type_code === deliveryTypes.send;
  return isSent && (service_type === 'service' || service_type === 'maintenance');
}

/**
 * What fetched the product that an order brings back: the last half of a repair before it
 * that may be about the same, where this fetched one. What was sold since then is something
 * else. Undefined where nothing is on its way back.
 */
export function pickupOf<T extends FamilyOrder>(
  sub: T,
  orders: readonly T[],
  { policy, read }: Pick<Linking, 'policy' | 'read'>,
): T | undefined {
  const brought = madeAt(sub);
  if (brought === null || !isBringing(sub)) return undefined;
  const since = (order: FamilyOrder) => brought.getTime() - (madeAt(order)?.getTime() ?? Infinity);
  const [last] = orders
    .filter(
      (order) => isHalfOfRepair(order) && since(order) > 0 && since(order) <= longestAway(policy),
    )
    .filter((order) => mayBeOfOneRepair(order, sub, read))
    .toSorted((a, b) => since(a) - since(b) || (a.id < b.id ? -1 : 1));
  return last !== undefined && isFetching(last) ? last : undefined;
}

function mayBeOfOneRepair(a: FamilyOrder, b: FamilyOrder, read: Linking['read']): boolean {
  const name = nameLikeness(fullName(a), fullName(b));
  if (name === 'other' || name === 'family') return false;
  if (a.product_name === null || b.product_name === null) return true;
  return !isAnother.has(productLikeness(read(a.product_name), read(b.product_name)));
}

/** Whether among these something was brought after something was fetched: what the one says tells of the other. */
export function holdsRepair(orders: readonly FamilyOrder[]): boolean {
  const times = (is: (order: FamilyOrder) => boolean) =>
    orders.filter(is).flatMap((order) => madeAt(order)?.getTime() ?? []);
  return Math.min(...times(isFetching)) < Math.max(...times(isBringing));
}
