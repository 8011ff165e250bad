import type { z } from 'zod';
import type { Sql } from '../db/client.ts';
import {
  type Family,
  type FamilyLink,
  familyOf,
  type linkEvent,
  linkEventsOf,
} from '../db/family-queries.ts';
import { machine } from '../domain/family.ts';
import { nearestTo } from '../domain/family-shown.ts';
import { type FamilyTree, type Moment, moment } from './schemas/hierarchy.ts';

/** The families in which these orders stand, in this order; each once. Of a large one what is nearest to these, and how much there is. */
export async function viewFamilies(sql: Sql, orderIds: readonly string[]) {
  const family = await familyOf(sql, orderIds);
  const acts = await linkEventsOf(
    sql,
    family.members.map((member) => member.order_id),
  );
  const treeWith = new Map(
    treesOf(family).flatMap((tree) => idsOf(tree).map((id): [string, FamilyTree] => [id, tree])),
  );
  const trees = new Set(orderIds.flatMap((id) => treeWith.get(id) ?? []));
  return [...trees].map((tree) => ({
    tree,
    orders_total: sizeOf(tree, family),
    waiting: waitingOf(
      tree,
      family.links.filter(({ is_pending_review }) => is_pending_review),
    ),
    waiting_total: waitingOf(
      tree,
      family.ties.filter(({ is_active }) => !is_active),
    ).length,
    timeline: timelineOfFamily(tree, family.links, acts),
  }));
}

/** The tree below each member that stands above all others that are shown, in the order of their creation. */
function treesOf({ members, links, ties }: Family): FamilyTree[] {
  const shown = new Set(members.map(({ order_id }) => order_id));
  const above = new Map(links.filter((l) => l.is_active).map((l) => [l.sub_order_id, l]));
  const below = Map.groupBy(members, ({ order_id }) => {
    const main = above.get(order_id)?.main_order_id;
    return main !== undefined && shown.has(main) ? main : undefined;
  });
  const tiesBelow = Map.groupBy(standing(ties), ({ main_order_id }) => main_order_id);
  const treeOf = (order: Family['members'][number]): FamilyTree => ({
    ...order,
    link: above.get(order.order_id) ?? null,
    sub_orders_total: tiesBelow.get(order.order_id)?.length ?? 0,
    sub_orders: (below.get(order.order_id) ?? []).map(treeOf),
  });
  return (below.get(undefined) ?? []).map(treeOf);
}

/** How many orders the family of this tree has, shown or not. */
function sizeOf({ order_id }: FamilyTree, { ties }: Family): number {
  return nearestTo([order_id], standing(ties), Number.POSITIVE_INFINITY).size;
}

function standing(ties: Family['ties']): Family['ties'] {
  return ties.filter(({ is_active }) => is_active);
}

/** The candidates below this tree's orders, or for them. */
function waitingOf<L extends Pair>(tree: FamilyTree, candidates: readonly L[]): L[] {
  const ids = new Set(idsOf(tree));
  return candidates.filter(
    ({ main_order_id, sub_order_id }) => ids.has(main_order_id) || ids.has(sub_order_id),
  );
}

type Pair = { main_order_id: string; sub_order_id: string };

/** The ids of all orders of a tree. */
function idsOf(tree: FamilyTree): string[] {
  return [tree.order_id, ...tree.sub_orders.flatMap(idsOf)];
}

/** What happened in a family, the oldest first: its orders' ways, what the machine found, what people did. */
function timelineOfFamily(
  tree: FamilyTree,
  links: readonly FamilyLink[],
  acts: readonly z.infer<typeof linkEvent>[],
): Moment[] {
  const ids = new Set(idsOf(tree));
  const all = [
    ...ordersIn(tree).flatMap(waysOf),
    ...links.filter(({ sub_order_id }) => ids.has(sub_order_id)).flatMap(foundAndEnded),
    ...acts.filter(({ order_id }) => ids.has(order_id)).map(actOf),
  ];
  return all.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function ordersIn(tree: FamilyTree): FamilyTree[] {
  return [tree, ...tree.sub_orders.flatMap(ordersIn)];
}

const nobody = { main_order_id: null, by: null, reason: null };

function waysOf(order: FamilyTree): Moment[] {
  const { order_id, tracking_number, created_at, delivered_at, returned_at } = order;
  const ways = { created: created_at, delivered: delivered_at, returned: returned_at };
  return (['created', 'delivered', 'returned'] as const).flatMap((event) => {
    const at = ways[event];
    return at === null ? [] : [{ at, event, order_id, tracking_number, ...nobody }];
  });
}

/** What people did is told by their acts. */
function foundAndEnded(link: FamilyLink): Moment[] {
  const about = {
    order_id: link.sub_order_id,
    tracking_number: null,
    main_order_id: link.main_order_id,
    reason: null,
  };
  const found =
    link.linked_by === machine
      ? [{ ...about, at: link.linked_at, event: 'link_found' as const, by: link.linked_by }]
      : [];
  if (link.ended_at === null || link.ended_by !== machine) return found;
  const reason = moment.shape.reason.parse(link.evidence.parted_by ?? null);
  const ended = { ...about, at: link.ended_at, event: 'link_ended' as const, by: machine, reason };
  return [...found, ended];
}

function actOf({ at, event, order_id, by, main_order_id }: z.infer<typeof linkEvent>): Moment {
  return {
    at,
    event: moment.shape.event.parse(event),
    order_id,
    tracking_number: null,
    by,
    main_order_id,
    reason: null,
  };
}
