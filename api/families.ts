import type { Sql } from '../db/client.ts';
import { familyOf, linkEventsOf } from '../db/family-queries.ts';
import {
  type FamilyTree,
  idsOf,
  timelineOfFamily,
  treesOf,
  waitingOf,
} from './schemas/hierarchy.ts';

/** The families in which these orders stand, in this order; each once. */
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
    waiting: waitingOf(tree, family.links),
    timeline: timelineOfFamily(tree, family.links, acts),
  }));
}
