import { groupByEach } from './group-by-each.ts';

type Link = { main_order_id: string; sub_order_id: string };

/** The orders nearest to these by links, up or down: `most` of them in all, these among them. */
export function nearestTo(ids: readonly string[], links: readonly Link[], most: number) {
  const linksOf = groupByEach(links, (link) => [link.main_order_id, link.sub_order_id]);
  const nearest = new Set(ids);
  // What is added while it is gone through comes last: so nearer orders come first.
  for (const id of nearest)
    for (const { main_order_id, sub_order_id } of linksOf.get(id) ?? [])
      if (nearest.size < most) nearest.add(id === main_order_id ? sub_order_id : main_order_id);
  return nearest;
}
