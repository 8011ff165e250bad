import { bestMain, type Candidate, type FamilyOrder, phonesOf, wouldCycle } from './hierarchy.ts';
import type { Policy } from './policy.ts';
import type { HierarchyStatus } from './vocabulary.ts';

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

/**
 * The links that the machine finds among a family's orders. What a person linked
 * stays; a pair that a person parted is never joined again by the machine.
 */
export function findLinks<T extends FamilyOrder>(
  subs: readonly T[],
  family: readonly T[],
  standing: readonly StandingLink[],
  policy: Policy,
): FoundLink[] {
  const byHand = new Set(standing.filter(isByHand).map((link) => link.sub_order_id));
  const parted = new Set(
    standing.filter(isParted).map((link) => `${link.sub_order_id} ${link.main_order_id}`),
  );
  const mainOf = new Map(
    standing
      .filter((link) => link.is_active)
      .map((link) => [link.sub_order_id, link.main_order_id]),
  );
  const mainsOf = mainsByKey(family);
  const found: FoundLink[] = [];
  // In the order of ids, so that what cannot stand together is decided alike whoever came first.
  for (const sub of subs.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (byHand.has(sub.id)) continue;
    const mains = mainsOf(sub).filter((main) => !parted.has(`${sub.id} ${main.id}`));
    const best = bestMain(sub, mains, policy);
    if (best === undefined || wouldCycle(sub.id, best.main_order_id, (id) => mainOf.get(id)))
      continue;
    const is_active = best.confidence_score >= policy.linking.min_confidence;
    if (is_active) mainOf.set(sub.id, best.main_order_id);
    found.push({ ...best, is_active });
  }
  return found;
}

/** Finds the orders that can be above one: those that share a phone with it, and the one that its case was opened on. */
function mainsByKey<T extends FamilyOrder>(family: readonly T[]): (sub: T) => T[] {
  const byKey = new Map<string, T[]>();
  const keep = (key: string, order: T) => byKey.set(key, [...(byKey.get(key) ?? []), order]);
  for (const order of family) {
    keep(`id:${order.id}`, order);
    if (order.service_type === 'main') for (const phone of phonesOf(order)) keep(phone, order);
  }
  return (sub) => {
    const keys = [...phonesOf(sub), `id:${sub.case_of?.main_order_id}`];
    return [...new Set(keys.flatMap((key) => byKey.get(key) ?? []))];
  };
}

function isByHand(link: StandingLink): boolean {
  return link.is_active && link.linked_by !== machine;
}

function isParted(link: StandingLink): boolean {
  return !link.is_active && !link.is_pending_review;
}

/** What an order is in its family, from the links that stand now. */
export type Position = {
  original_order_id: string | null;
  order_level: number;
  hierarchy_status: HierarchyStatus;
};

/** Each order's place: 0 for a main order, one deeper with each link; without a link the level that its kind has. */
export function positions<T extends FamilyOrder>(
  family: readonly T[],
  links: readonly StandingLink[],
): Map<string, Position> {
  const above = new Map(
    links.filter((link) => link.is_active).map((link) => [link.sub_order_id, link]),
  );
  const mains = new Set([...above.values()].map((link) => link.main_order_id));
  const waiting = new Set(
    links.filter((link) => link.is_pending_review).map((link) => link.sub_order_id),
  );
  const position = (order: T): Position => {
    const link = above.get(order.id);
    if (link !== undefined)
      return {
        original_order_id: link.main_order_id,
        order_level: depth(order.id, above),
        hierarchy_status: link.linked_by === machine ? 'sub' : 'linked',
      };
    const isMain = order.service_type === 'main' || mains.has(order.id);
    return {
      original_order_id: null,
      order_level: isMain || order.service_type === 'operational' ? 0 : 1,
      hierarchy_status: waiting.has(order.id) ? 'pending_review' : isMain ? 'main' : 'unlinked',
    };
  };
  return new Map(family.map((order) => [order.id, position(order)]));
}

function depth(id: string, above: ReadonlyMap<string, StandingLink>): number {
  let level = 0;
  for (let link = above.get(id); link && level < above.size; link = above.get(link.main_order_id))
    level++;
  return level;
}
