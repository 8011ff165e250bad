import { machine, type StandingLink } from './family.ts';
import type { FamilyOrder } from './hierarchy.ts';
import type { HierarchyStatus } from './vocabulary.ts';

/** What an order is in its family, from the links that stand now. */
export type Position = {
  original_order_id: string | null;
  order_level: number;
  hierarchy_status: HierarchyStatus;
};

type Place = Pick<FamilyOrder, 'id' | 'service_type'>;

/** Tells each order's place by the links of its family: 0 for a main order, one deeper with each link; without a link the level that its kind has. */
export function positionsBy(links: readonly StandingLink[]): (order: Place) => Position {
  const above = new Map(
    links.filter((link) => link.is_active).map((link) => [link.sub_order_id, link]),
  );
  const mains = new Set([...above.values()].map((link) => link.main_order_id));
  const waiting = new Set(
    links.filter((link) => link.is_pending_review).map((link) => link.sub_order_id),
  );
  return (order) => {
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
}

function depth(id: string, above: ReadonlyMap<string, StandingLink>): number {
  let level = 0;
  for (let link = above.get(id); link && level < above.size; link = above.get(link.main_order_id))
    level++;
  return level;
}
