import { z } from 'zod';
import { piastres } from '../domain/money.ts';
import { type BostaColumn, bostaColumnNames, bostaColumns } from '../domain/order-columns.ts';
import {
  businessCategories,
  codCategories,
  deliveryCategories,
  hierarchyStatuses,
  relationshipTypes,
  serviceTypes,
} from '../domain/vocabulary.ts';
import type { AnySql } from './client.ts';
import { moment } from './query.ts';

/** An amount as it is stored, in piastres. */
export const amount = z.number().transform(piastres);

/** A day as `YYYY-MM-DD`: as a Date it would be a moment, and another day in another place. */
const day = z.string();

const textOrNull = z.string().nullable();
const numberOrNull = z.number().nullable();
const records = z.array(z.record(z.string(), z.unknown()));

function kindsWith<A extends z.ZodType>(money: A) {
  return {
    text: textOrNull,
    integer: numberOrNull,
    amount: money.nullable(),
    real: numberOrNull,
    boolean: z.boolean().nullable(),
    time: moment.nullable(),
    day: day.nullable(),
    list: records.nullable(),
  };
}

type Kinds<A extends z.ZodType> = ReturnType<typeof kindsWith<A>>;

/** All columns of an order, ours after Bosta's, with `money` as the schema of amounts: piastres here, EGP on the wire. */
export function orderShape<A extends z.ZodType>(money: A) {
  const kinds = kindsWith(money);
  const bostas = Object.fromEntries(
    bostaColumnNames.map((column) => [column, kinds[bostaColumns[column]]]),
  ) as { [C in BostaColumn]: Kinds<A>[(typeof bostaColumns)[C]] };
  return { id: z.string(), ...bostas, ...ourColumns };
}

const ourColumns = {
  business_category: z.enum(businessCategories),
  cod_category: z.enum(codCategories).nullable(),
  delivery_category: z.enum(deliveryCategories),
  service_type: z.enum(serviceTypes),
  classification_rule: z.number(),
  classification_reason: z.string(),
  is_provisional: z.boolean(),
  original_order_id: z.string().nullable(),
  order_level: z.number(),
  hierarchy_status: z.enum(hierarchyStatuses),
  hierarchy_detected_at: moment.nullable(),
  last_state_change: moment.nullable(),
  product_sku: textOrNull,
  product_match_confidence: numberOrNull,
  last_synced: moment,
  created_by_system: z.boolean(),
  unreadable: z.array(z.string()),
  delivery_time_hours: z.number().nullable(),
  creation_to_delivery_hours: z.number().nullable(),
};

/** How an order is linked to its main order: why, how surely, and by whom. */
export const linkShape = {
  relationship_type: z.enum(relationshipTypes),
  confidence_score: z.number(),
  rule: z.string(),
  evidence: z.record(z.string(), z.unknown()),
  linked_by: z.string(),
  linked_at: moment,
};

export const orderRow = z.object(orderShape(amount));
export type OrderRow = z.infer<typeof orderRow>;
export const linkedOrderRow = orderRow.extend(linkShape);
export type LinkedOrder = z.infer<typeof linkedOrderRow>;

const columns = Object.keys(orderRow.shape);

/** The columns of `orderRow`, to be read from `orders o`. */
export function orderColumns(sql: AnySql) {
  const plain = columns.filter((column) => column !== 'delivery_promise_date');
  return sql`${sql(plain.map((column) => `o.${column}`))}, o.delivery_promise_date::text`;
}
