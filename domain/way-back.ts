import { deliveryTypes } from './delivery-state.ts';
import type { FamilyOrder, Linking } from './hierarchy.ts';
import { madeAt } from './link-evidence.ts';
import { fullName, nameLikeness } from './name-likeness.ts';
import { numbersNamedIn, shopNumbersNamedIn } from './named-numbers.ts';
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
 * The other half of the repair that an order is one half of: of a way back what fetched the
 * product, of a pickup what brings it. What was sold between them is something else.
 */
export function otherHalfOf<T extends FamilyOrder>(
  sub: T,
  orders: readonly T[],
  linking: Pick<Linking, 'policy' | 'read' | 'crowded'>,
): T | undefined {
  const half = nextHalf(sub, orders, linking);
  const isOfAnother = half !== undefined && nextHalf(half, orders, linking)?.id !== sub.id;
  return isOfAnother ? undefined : half;
}

/** Of the halves that may be about the same the last before a way back, or the first after a pickup; before all one that names the same number. Undefined where that is no other half. */
function nextHalf<T extends FamilyOrder>(
  sub: T,
  orders: readonly T[],
  { policy, read, crowded }: Pick<Linking, 'policy' | 'read' | 'crowded'>,
): T | undefined {
  const made = madeAt(sub);
  if (made === null || !isHalfOfRepair(sub)) return undefined;
  const way = isFetching(sub) ? -1 : 1;
  const apart = (order: FamilyOrder) =>
    way * (made.getTime() - (madeAt(order)?.getTime() ?? Number.NaN));
  const near = orders
    .filter(
      (order) => isHalfOfRepair(order) && apart(order) > 0 && apart(order) <= longestAway(policy),
    )
    .filter((order) => mayBeOfOneRepair(order, sub, read))
    .toSorted((a, b) => apart(a) - apart(b) || (a.id < b.id ? -1 : 1));
  const isOther = (order: FamilyOrder) => isFetching(order) !== isFetching(sub);
  const [next] = near;
  if (next === undefined) return undefined;
  const own = numbersOf(sub, crowded);
  const named = near.find(
    (order) => isOther(order) && !numbersOf(order, crowded).isDisjointFrom(own),
  );
  return named ?? (isOther(next) ? next : undefined);
}

/** The numbers that an order names, and its own. */
function numbersOf(order: FamilyOrder, crowded: ReadonlySet<string>): Set<string> {
  const { tracking_number: own } = order;
  const named = numbersNamedIn(order, crowded).union(shopNumbersNamedIn(order, crowded));
  return own === null ? named : named.add(own);
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
