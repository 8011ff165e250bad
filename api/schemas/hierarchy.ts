import { z } from 'zod';
import {
  type Family,
  type FamilyLink,
  familyLink,
  type linkEvent,
  memberShape,
} from '../../db/family-queries.ts';
import { relationshipTypes } from '../../domain/vocabulary.ts';
import { egp, phone, text } from './fields.ts';

const orderId = text(100);
export const orderParams = z.strictObject({ order_id: orderId });
export const phoneParams = z.strictObject({ phone });

export const detectBody = z
  .strictObject({
    order_id: orderId.optional(),
    phone: phone.optional(),
    all: z.literal(true).optional(),
  })
  .refine(
    (body) => Object.values(body).filter((value) => value !== undefined).length === 1,
    'must have exactly one of order_id, phone, all',
  );

export const linkBody = z.strictObject({
  main_order_id: orderId,
  sub_order_id: orderId,
  relationship_type: z.enum(relationshipTypes).optional(),
});
export const unlinkBody = z.strictObject({
  sub_order_id: orderId,
  main_order_id: orderId.optional(),
});
export const undoBody = z.strictObject({ unlink_id: z.int().min(1) });

const member = z.object({ ...memberShape(egp), link: familyLink.nullable() });

/** A member with those below it. */
export const familyTree = member
  .extend({
    get sub_orders() {
      return z.array(familyTree);
    },
  })
  .meta({ id: 'FamilyTree' });
export type FamilyTree = z.infer<typeof familyTree>;

export const moment = z.object({
  at: z.date(),
  event: z.enum([
    ...['created', 'delivered', 'returned', 'link_found', 'link_ended'],
    ...['linked', 'unlinked', 'unlink_undone'],
  ] as const),
  order_id: z.string(),
  tracking_number: z.string().nullable(),
  main_order_id: z.string().nullable(),
  by: z.string().nullable(),
});
export type Moment = z.infer<typeof moment>;

/** A family as a tree, with what waits for a person, and its story. */
export const familyView = z
  .object({
    tree: familyTree,
    waiting: z.array(familyLink),
    timeline: z.array(moment),
  })
  .meta({ id: 'Family' });

/** The tree below each member that stands above all, in the order of their creation. */
export function treesOf({ members, links }: Family): FamilyTree[] {
  const above = new Map(links.filter((l) => l.is_active).map((l) => [l.sub_order_id, l]));
  const below = Map.groupBy(members, ({ order_id }) => above.get(order_id)?.main_order_id);
  const treeOf = (order: Family['members'][number]): FamilyTree => ({
    ...order,
    link: above.get(order.order_id) ?? null,
    sub_orders: (below.get(order.order_id) ?? []).map(treeOf),
  });
  return (below.get(undefined) ?? []).map(treeOf);
}

/** The candidates below this tree's orders, or for them. */
export function waitingOf(tree: FamilyTree, links: readonly FamilyLink[]): FamilyLink[] {
  const ids = new Set(idsOf(tree));
  return links.filter(
    (link) => link.is_pending_review && (ids.has(link.main_order_id) || ids.has(link.sub_order_id)),
  );
}

/** The ids of all orders of a tree. */
export function idsOf(tree: FamilyTree): string[] {
  return [tree.order_id, ...tree.sub_orders.flatMap(idsOf)];
}

/** What happened in a family, the oldest first: its orders' ways, what the machine found, what people did. */
export function timelineOfFamily(
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

const nobody = { main_order_id: null, by: null };

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
  };
  const found =
    link.linked_by === 'auto_sync'
      ? [{ ...about, at: link.linked_at, event: 'link_found' as const, by: link.linked_by }]
      : [];
  return link.ended_at !== null && link.ended_by === 'auto_sync'
    ? [...found, { ...about, at: link.ended_at, event: 'link_ended' as const, by: link.ended_by }]
    : found;
}

function actOf({ at, event, order_id, by, main_order_id }: z.infer<typeof linkEvent>): Moment {
  return {
    at,
    event: moment.shape.event.parse(event),
    order_id,
    tracking_number: null,
    by,
    main_order_id,
  };
}
