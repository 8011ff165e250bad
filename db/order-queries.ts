import { z } from 'zod';
import type { AnySql, Fragment, Sql } from './client.ts';
import { standingId } from './learned-ids.ts';
import { type OrderFilter, orderConditions } from './order-filter.ts';
import {
  type LinkedOrder,
  linkedOrderRow,
  type OrderRow,
  orderColumns,
  orderRow,
} from './order-rows.ts';
import { many, maybeOne, onPage, type Page, type Paged, readPage } from './query.ts';

/** By which columns orders can be sorted, first the default. */
export const orderSorting = [
  'created_at',
  'scheduled_at',
  'delivered_at',
  'last_state_change',
  'state_code',
  'cod',
  'tracking_number',
  'receiver_full_name',
] as const;

export type Slice<C extends string> = Page & { sort_by: C; sort_dir: 'asc' | 'desc' };

/** One page of the orders that the filter lets through, and how many these are. */
export function findOrders(
  sql: Sql,
  filter: OrderFilter,
  slice: Slice<(typeof orderSorting)[number]>,
): Promise<Paged<OrderRow>> {
  const where = orderConditions(sql, filter);
  const direction = slice.sort_dir === 'asc' ? sql`asc` : sql`desc`;
  return readPage(
    orderRow,
    sql`select ${orderColumns(sql)} from orders o where ${where}
      order by ${sql(`o.${slice.sort_by}`)} ${direction} nulls last, o.id ${direction}
      ${onPage(sql, slice)}`,
    sql`select count(*) as total from orders o where ${where}`,
  );
}

/** One order, by the id that it stands under, or by Bosta's. */
export function orderById(sql: AnySql, id: string): Promise<OrderRow | undefined> {
  return maybeOne(orderRow, selectOrder(sql, standingId(sql, id)));
}

/** What `orderById` is read by. */
export function selectOrder(sql: AnySql, id: string | Fragment) {
  return sql`select ${orderColumns(sql)} from orders o where o.id = ${id}`;
}

/** One order, by its tracking number. */
export function orderByTracking(sql: AnySql, tracking: string): Promise<OrderRow | undefined> {
  return maybeOne(
    orderRow,
    sql`select ${orderColumns(sql)} from orders o where o.tracking_number = ${tracking}`,
  );
}

/** The main order that this order, by either of its ids, belongs to; undefined where it belongs to none. */
export function mainOrderOf(sql: AnySql, subOrderId: string): Promise<LinkedOrder | undefined> {
  return maybeOne(
    linkedOrderRow,
    sql`select ${orderColumns(sql)}, ${howLinked(sql)}
      from order_hierarchy_management l join orders o on o.id = l.main_order_id
      where l.sub_order_id = ${standingId(sql, subOrderId)} and l.is_active`,
  );
}

/** One page of the orders that belong to this one, the oldest first. */
export function subOrdersOf(
  sql: AnySql,
  mainOrderId: string,
  page: Page,
): Promise<Paged<LinkedOrder>> {
  const below = sql`from order_hierarchy_management l join orders o on o.id = l.sub_order_id
    where l.main_order_id = ${mainOrderId} and l.is_active`;
  return readPage(
    linkedOrderRow,
    sql`select ${orderColumns(sql)}, ${howLinked(sql)} ${below}
      order by o.created_at, o.id ${onPage(sql, page)}`,
    sql`select count(*) as total ${below}`,
  );
}

/** The main order of this one, and after it the newest orders that belong to this one, the oldest of them first: both by one look at its links. */
export function selectFamily(sql: AnySql, orderId: Fragment) {
  return sql`select * from (
      select ${orderColumns(sql)}, ${howLinked(sql)}, l.sub_order_id = ${orderId} as is_main
      from ${linksOf(sql, orderId)}
        join orders o on o.id in (l.main_order_id, l.sub_order_id) and o.id <> ${orderId}
      order by is_main desc, o.created_at desc nulls last, o.id desc limit ${mostShown}) newest
    order by is_main desc, created_at, id`;
}

/** How many orders `selectFamily` would find, were there no end to a list. */
export function countFamily(sql: AnySql, orderId: Fragment) {
  return sql`select count(*) from ${linksOf(sql, orderId)}`;
}

/** With a case no more orders than on the largest page: the rest are in the lists. */
const mostShown = 100;

function linksOf(sql: AnySql, orderId: Fragment) {
  return sql`(select * from order_hierarchy_management
    where (sub_order_id = ${orderId} or main_order_id = ${orderId}) and is_active) l`;
}

function howLinked(sql: AnySql) {
  return sql`l.relationship_type, l.confidence_score::float8 as confidence_score, l.rule,
    l.evidence, l.linked_by, l.linked_at`;
}

export const timelineStep = z.object({
  sequence_order: z.number(),
  event_code: z.number().nullable(),
  event_value: z.string().nullable(),
  event_date: z.date().nullable(),
  is_done: z.boolean(),
  description: z.string().nullable(),
  next_action: z.string().nullable(),
});

/** Bosta's own timeline of an order, in its order. */
export function timelineOf(sql: AnySql, orderId: string): Promise<z.infer<typeof timelineStep>[]> {
  return many(
    timelineStep,
    sql`select sequence_order, event_code, event_value, event_date, is_done, description, next_action
      from timeline_events where order_id = ${orderId} order by sequence_order`,
  );
}
