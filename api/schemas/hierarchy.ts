import { z } from 'zod';
import { familyLink, memberShape } from '../../db/family-queries.ts';
import { relationshipTypes } from '../../domain/vocabulary.ts';
import { egp, orderId, phone } from './fields.ts';

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
const familyTree = member
  .extend({
    sub_orders_total: z.int().meta({
      description:
        'How many stand right below it, shown or not: see GET /api/orders/{id}/sub-orders',
    }),
    get sub_orders() {
      return z.array(familyTree);
    },
  })
  .meta({ id: 'FamilyTree' });
export type FamilyTree = z.infer<typeof familyTree>;

/** Something that happened in a family; `by` is an e-mail, or `auto_sync`. `reason`: of a link that ended since its phone, or a number that the order names, is too many orders'. */
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
  reason: z.enum(['crowded_phone', 'crowded_number']).nullable(),
});
export type Moment = z.infer<typeof moment>;

/** A family as a tree, with what waits for a person, and its story. */
export const familyView = z
  .object({
    tree: familyTree,
    orders_total: z.int().meta({ description: 'How many orders the family has, shown or not' }),
    waiting: z.array(familyLink),
    waiting_total: z.int().meta({ description: 'How many candidates wait at the orders shown' }),
    timeline: z.array(moment),
  })
  .meta({ id: 'Family' });
