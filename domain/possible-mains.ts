import type { Household, StandingLink } from './family.ts';
import { groupByEach } from './group-by-each.ts';
import type { FamilyOrder, Linking } from './hierarchy.ts';
import { brokenPhonesOf } from './link-evidence.ts';
import { numbersNamedIn, shopNumberOf, shopNumbersNamedIn } from './named-numbers.ts';
import { isOneSlipApart } from './phone-likeness.ts';
import { bringsAnother } from './product-agreement.ts';
import { phonesBeside, tellingPhones, tellingTypedPhones } from './shared-phones.ts';
import { isHalfOfRepair } from './way-back.ts';

/** Finds the orders that can be above one, or tell which is: the sales and the exchanges (of half of a repair, the other halves too) that share a phone with it or have one that stands beside its own on a third order, those that it names, and the one that its case was opened on; of `neighbours` those whose phone is one slip away from its own too. */
export function possibleMains<T extends FamilyOrder>(
  household: Household<T>,
): (sub: T, neighbours?: readonly string[]) => [mains: T[], linking: Linking] {
  const parted = new Set(household.links.filter(isParted).map(pairOf));
  const { crowded } = household;
  const besides = phonesBeside(household.members, crowded);
  const linking = { ...household.linking, crowded, besides };
  const by = indexOf(household.members, crowded);
  const { max_sales_per_number } = linking.policy.linking;
  return (sub, neighbours = []) => {
    const found = new Set<T>();
    const keep = (order: T | undefined) => {
      if (order !== undefined) found.add(order);
    };
    for (const phone of tellingPhones(sub, crowded))
      for (const one of [phone, ...besides(phone)]) {
        by.phone.get(one)?.forEach(keep);
        by.phoneOfExchange.get(one)?.forEach(keep);
        if (isHalfOfRepair(sub)) by.phoneOfHalf().get(one)?.forEach(keep);
      }
    for (const number of numbersNamedIn(sub, crowded)) keep(by.trackingNumber().get(number));
    for (const number of shopNumbersNamedIn(sub, crowded)) {
      const bearing = by.shopNumber().get(number) ?? [];
      if (bearing.length <= max_sales_per_number) bearing.forEach(keep);
    }
    if (sub.case_of?.main_order_id !== undefined) keep(by.id().get(sub.case_of.main_order_id));
    for (const near of neighboursOf(sub, neighbours, crowded))
      (by.phone.get(near) ?? by.brokenPhone().get(near))?.forEach(keep);
    return [[...found].filter((main) => !parted.has(`${sub.id} ${main.id}`)), linking];
  };
}

/** Orders by what leads to them; what few are found by is made when it is first needed. */
function indexOf<T extends FamilyOrder>(members: readonly T[], crowded: ReadonlySet<string>) {
  const byTellingPhone = (orders: readonly T[]) =>
    groupByEach(orders, (order) => tellingPhones(order, crowded));
  const sales = members.filter((order) => order.service_type === 'main');
  return {
    phone: byTellingPhone(sales),
    phoneOfExchange: byTellingPhone(members.filter(bringsAnother)),
    phoneOfHalf: lazily(() => byTellingPhone(members.filter(isHalfOfRepair))),
    brokenPhone: lazily(() => groupByEach(sales, brokenPhonesOf)),
    shopNumber: lazily(() => Map.groupBy(sales, shopNumberOf)),
    trackingNumber: lazily(() => new Map(members.map((one) => [one.tracking_number, one]))),
    id: lazily(() => new Map(members.map((order) => [order.id, order]))),
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}

/** Of these phones those that are one slip away from the order's own. */
function neighboursOf(
  sub: FamilyOrder,
  phones: readonly string[],
  crowded: ReadonlySet<string>,
): readonly string[] {
  if (phones.length === 0) return phones;
  const typed = tellingTypedPhones(sub, crowded);
  return phones.filter((near) => typed.some((phone) => isOneSlipApart(phone, near)));
}

function pairOf(link: StandingLink): string {
  return `${link.sub_order_id} ${link.main_order_id}`;
}

function isParted(link: StandingLink): boolean {
  return !link.is_active && !link.is_pending_review;
}
