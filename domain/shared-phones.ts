import type { FamilyOrder, Linking } from './hierarchy.ts';
import { phonesOf, typedPhonesOf } from './link-evidence.ts';
import type { Policy } from './policy.ts';

/** Finds the phones that stand beside a phone on one of these orders; a phone that tells nobody apart stands beside none. */
export function phonesBeside(
  orders: readonly FamilyOrder[],
  crowded: ReadonlySet<string>,
): Linking['besides'] {
  const besides = new Map<string, Set<string>>();
  const stand = (phone: string, beside: string) => {
    const known = besides.get(phone);
    if (known) known.add(beside);
    else besides.set(phone, new Set([beside]));
  };
  for (const order of orders) {
    if (order.receiver_second_phone === null) continue;
    const [first, second] = tellingPhones(order, crowded);
    if (first === undefined || second === undefined) continue;
    stand(first, second);
    stand(second, first);
  }
  return (phone) => besides.get(phone) ?? none;
}

const none: ReadonlySet<string> = new Set();

/** Phones that more orders share than one customer makes: a shop's own, which joins nobody. */
export function crowdedPhones(orders: readonly FamilyOrder[], { linking }: Policy): Set<string> {
  const counts = new Map<string, number>();
  const count = (phone: string | null) => {
    if (phone !== null) counts.set(phone, (counts.get(phone) ?? 0) + 1);
  };
  for (const { receiver_phone: first, receiver_second_phone: second } of orders) {
    count(first);
    if (second !== first) count(second);
  }
  const crowded = [...counts].filter(([, count]) => count > linking.max_orders_per_phone);
  return new Set(crowded.map(([phone]) => phone));
}

/** An order's phones that tell whose it is. */
export function tellingPhones(order: FamilyOrder, crowded: ReadonlySet<string>): string[] {
  return phonesOf(order).filter((phone) => !crowded.has(phone));
}

/** Those of them, and of what was typed for a phone and is none. */
export function tellingTypedPhones(order: FamilyOrder, crowded: ReadonlySet<string>): string[] {
  return typedPhonesOf(order).filter((phone) => !crowded.has(phone));
}
