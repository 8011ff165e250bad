import { groupByEach } from './group-by-each.ts';
import {
  bestMain,
  type Candidate,
  type FamilyOrder,
  isWeighed,
  type Linking,
  mayBelong,
} from './hierarchy.ts';
import { isStranger } from './link-confidence.ts';
import { isOneSlipApart, slipPatterns } from './phone-likeness.ts';
import { possibleMains } from './possible-mains.ts';
import { tellingTypedPhones } from './shared-phones.ts';

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
  linking: Pick<Linking, 'policy' | 'read'>;
  /** Phones that so many orders share, and numbers that so many name, that they join nobody. */
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
  own: OwnCandidates = ownCandidates(subs, household),
  waiting: Waiting = waitingAmong(withoutSureMain(subs, household, own), household),
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
  for (const sub of subs.filter(mayBelong).toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (byHand.has(sub.id)) continue;
    const neighbours = waiting.get(sub.id) ?? [];
    const best =
      neighbours.length > 0 ? bestMain(sub, ...mainsOf(sub, neighbours)) : own.get(sub.id);
    if (best === undefined || wouldCycle(sub.id, best.main_order_id, (id) => mainOf.get(id)))
      continue;
    const is_active = isSureLink(best, linking);
    if (is_active) mainOf.set(sub.id, best.main_order_id);
    found.push({ ...best, is_active });
  }
  return found;
}

/** Of each order the main order that its own phones, texts and case speak for most; none where there is none. */
export type OwnCandidates = ReadonlyMap<string, Candidate>;

/** Finds the main order of each that nobody's wrong digit is needed for. */
export function ownCandidates<T extends FamilyOrder>(
  subs: readonly T[],
  household: Household<T>,
): OwnCandidates {
  const mainsOf = possibleMains(household);
  const found = new Map<string, Candidate>();
  for (const sub of subs.filter(mayBelong)) {
    const best = bestMain(sub, ...mainsOf(sub));
    if (best) found.set(sub.id, best);
  }
  return found;
}

/** Which of these have no sure main order of their own phones: only for them the phones one digit away are looked up. */
export function withoutSureMain<T extends FamilyOrder>(
  subs: readonly T[],
  { links, linking }: Household<T>,
  own: OwnCandidates,
): T[] {
  const byHand = new Set(links.filter(isByHand).map((link) => link.sub_order_id));
  return subs.filter((sub) => !byHand.has(sub.id) && isOpen(sub, own.get(sub.id), linking));
}

/** Orders that have no sure main order, each with the phones of sales that are one slip away from its own, in their order. */
export type Waiting = ReadonlyMap<string, readonly string[]>;

/** Orders that wait, with their neighbours among these sales. */
export function waitingAmong(
  orders: readonly FamilyOrder[],
  { members, crowded }: Pick<Household<FamilyOrder>, 'members' | 'crowded'>,
): Waiting {
  const sales = members.filter((member) => member.service_type === 'main');
  const phonesOfSales = new Set(sales.flatMap((sale) => tellingTypedPhones(sale, crowded)));
  const byPattern = groupByEach([...phonesOfSales], slipPatterns);
  const neighbours = (order: FamilyOrder) =>
    tellingTypedPhones(order, crowded).flatMap((phone) =>
      slipPatterns(phone)
        .flatMap((pattern) => byPattern.get(pattern) ?? [])
        .filter((near) => isOneSlipApart(phone, near)),
    );
  return new Map(orders.map((order) => [order.id, [...new Set(neighbours(order))].sort()]));
}

/** Whether it is open where an order belongs, so that a phone with a wrong digit may be why. */
function isOpen(
  sub: FamilyOrder,
  best: Candidate | undefined,
  linking: Pick<Linking, 'policy'>,
): boolean {
  return isWeighed(sub) && !(isSureLink(best, linking) && !isStranger(best.evidence));
}

function isSureLink(
  link: Candidate | undefined,
  { policy }: Pick<Linking, 'policy'>,
): link is Candidate {
  return (
    link !== undefined &&
    link.rule !== 'later_main' &&
    link.confidence_score >= policy.linking.min_confidence
  );
}

function isByHand(link: StandingLink): boolean {
  return link.is_active && link.linked_by !== machine;
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
