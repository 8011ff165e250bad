import {
  bestMain,
  type Candidate,
  type FamilyOrder,
  type Linking,
  mayHaveWrongDigit,
} from './hierarchy.ts';
import { numbersNamedIn, phonesOf } from './link-evidence.ts';
import { phonesOneSlipAway } from './phone-likeness.ts';
import type { Policy } from './policy.ts';

/** A link as it stands: made by the machine (`auto_sync`) or by a person, in force or waiting for one. */
export type StandingLink = {
  main_order_id: string;
  sub_order_id: string;
  linked_by: string;
  is_active: boolean;
  is_pending_review: boolean;
};

/** A link that the machine finds right: in force, or below the policy's threshold and waiting for a person. */
export type FoundLink = Candidate & { is_active: boolean };

export const machine = 'auto_sync';

/** The orders that are looked at together, and what linking goes by. */
export type Household<T extends FamilyOrder> = {
  members: readonly T[];
  links: readonly StandingLink[];
  linking: Omit<Linking, 'crowded'>;
  /** Phones that are known to be crowded without all of their orders at hand. */
  crowded: ReadonlySet<string>;
};

/**
 * The links that the machine finds for `subs` among a family's orders. What a
 * person linked stays; a pair that a person parted is never joined again by the
 * machine.
 */
export function findLinks<T extends FamilyOrder>(
  subs: readonly T[],
  household: Household<T>,
): FoundLink[] {
  const { links, linking } = household;
  const mainsOf = possibleMains(household);
  const evaluated = new Set(subs.map((sub) => sub.id));
  const mainOf = new Map(
    links
      .filter((link) => link.is_active && (isByHand(link) || !evaluated.has(link.sub_order_id)))
      .map((link) => [link.sub_order_id, link.main_order_id]),
  );
  const byHand = new Set(links.filter(isByHand).map((link) => link.sub_order_id));
  const found: FoundLink[] = [];
  // In the order of ids, so that what cannot stand together is decided alike whoever came first.
  for (const sub of subs.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (byHand.has(sub.id)) continue;
    const best = bestMain(sub, ...mainsOf(sub));
    if (best === undefined || wouldCycle(sub.id, best.main_order_id, (id) => mainOf.get(id)))
      continue;
    const is_active =
      best.rule !== 'later_main' && best.confidence_score >= linking.policy.linking.min_confidence;
    if (is_active) mainOf.set(sub.id, best.main_order_id);
    found.push({ ...best, is_active });
  }
  return found;
}

/** Which of these have no sure main order of their own phones: only for them the phones one digit away are looked up. */
export function withoutSureMain<T extends FamilyOrder>(
  subs: readonly T[],
  household: Household<T>,
): T[] {
  const mainsOf = possibleMains(household, { andNeighbours: false });
  const byHand = new Set(household.links.filter(isByHand).map((link) => link.sub_order_id));
  return subs.filter((sub) => !byHand.has(sub.id) && mayHaveWrongDigit(sub, ...mainsOf(sub)));
}

/** Finds the orders that can be above one: those that share a phone with it or have one a digit away, those that it names, and the one that its case was opened on. */
function possibleMains<T extends FamilyOrder>(
  household: Household<T>,
  { andNeighbours } = { andNeighbours: true },
): (sub: T) => [mains: T[], linking: Linking] {
  const { members, links, linking } = household;
  const parted = new Set(links.filter(isParted).map(pairOf));
  const crowded = household.crowded.union(crowdedPhones(members, linking.policy));
  const byKey = new Map<string, T[]>();
  const keep = (key: string, order: T) => byKey.set(key, [...(byKey.get(key) ?? []), order]);
  for (const order of members) {
    keep(`id:${order.id}`, order);
    if (order.tracking_number !== null) keep(`number:${order.tracking_number}`, order);
    if (order.service_type !== 'main') continue;
    for (const phone of tellingPhones(order, crowded)) keep(phone, order);
    if (order.receiver_phone !== null) keep(`near:${order.receiver_phone}`, order);
  }
  return (sub) => {
    const phones = tellingPhones(sub, crowded);
    const neighbours = andNeighbours ? slipsOf(phones) : [];
    const named = [...numbersNamedIn(sub)].map((number) => `number:${number}`);
    const keys = [...phones, ...named, `id:${sub.case_of?.main_order_id}`, ...neighbours];
    const mains = [...new Set(keys.flatMap((key) => byKey.get(key) ?? []))];
    return [mains.filter((main) => !parted.has(`${sub.id} ${main.id}`)), { ...linking, crowded }];
  };
}

function slipsOf(phones: readonly string[]): string[] {
  return phones.flatMap(phonesOneSlipAway).map((phone) => `near:${phone}`);
}

/** Phones that more orders share than one customer makes: a shop's own, which joins nobody. */
export function crowdedPhones(orders: readonly FamilyOrder[], { linking }: Policy): Set<string> {
  const counts = new Map<string, number>();
  for (const order of orders)
    for (const phone of new Set(phonesOf(order))) counts.set(phone, (counts.get(phone) ?? 0) + 1);
  const crowded = [...counts].filter(([, count]) => count > linking.max_orders_per_phone);
  return new Set(crowded.map(([phone]) => phone));
}

/** An order's phones that tell whose it is. */
export function tellingPhones(order: FamilyOrder, crowded: ReadonlySet<string>): string[] {
  return phonesOf(order).filter((phone) => !crowded.has(phone));
}

function pairOf(link: StandingLink): string {
  return `${link.sub_order_id} ${link.main_order_id}`;
}

function isByHand(link: StandingLink): boolean {
  return link.is_active && link.linked_by !== machine;
}

function isParted(link: StandingLink): boolean {
  return !link.is_active && !link.is_pending_review;
}

/** Whether linking `sub` below `main` would make an order its own ancestor. `mainOf` tells an order's main order. */
export function wouldCycle(
  sub: string,
  main: string,
  mainOf: (id: string) => string | undefined,
): boolean {
  const seen = new Set<string>();
  for (let id: string | undefined = main; id !== undefined && !seen.has(id); id = mainOf(id)) {
    if (id === sub) return true;
    seen.add(id);
  }
  return false;
}
