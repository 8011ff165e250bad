import { z } from 'zod';
import { nearestTo } from '../domain/family-shown.ts';
import { hierarchyStatuses, serviceTypes } from '../domain/vocabulary.ts';
import type { Sql } from './client.ts';
import { linkColumns, linkRow } from './family-links.ts';
import { amount } from './order-rows.ts';
import { many, one, onPage, type Page, readPage } from './query.ts';

/** An order as a member of its family, with `money` as the schema of its amount. */
export function memberShape<A extends z.ZodType>(money: A) {
  return {
    order_id: z.string(),
    tracking_number: z.string().nullable(),
    service_type: z.enum(serviceTypes),
    hierarchy_status: z.enum(hierarchyStatuses),
    order_level: z.number(),
    order_type_code: z.number().nullable(),
    state_code: z.number().nullable(),
    state_value: z.string().nullable(),
    cod: money.nullable(),
    product_name: z.string().nullable(),
    receiver_full_name: z.string().nullable(),
    created_at: z.date().nullable(),
    delivered_at: z.date().nullable(),
    returned_at: z.date().nullable(),
  };
}
const memberRow = z.object(memberShape(amount));
const memberColumns = Object.keys(memberRow.omit({ order_id: true }).shape).map(
  (column) => `o.${column}`,
);
export type FamilyMember = z.infer<typeof memberRow>;

/** A link as people see it. */
export const familyLink = linkRow.extend({
  evidence: z.record(z.string(), z.unknown()),
  linked_at: z.date(),
  ended_by: z.string().nullable(),
  ended_at: z.date().nullable(),
});
export type FamilyLink = z.infer<typeof familyLink>;

const tie = z.object({
  hierarchy_id: z.number(),
  main_order_id: z.string(),
  sub_order_id: z.string(),
  is_active: z.boolean(),
});
type Tie = z.infer<typeof tie>;

/** The part of a family that is shown, and what ties all of it together, shown or not. */
export type Family = { members: FamilyMember[]; links: FamilyLink[]; ties: Tie[] };

/** How many orders, and how many candidates, are shown at once: a family of people has a handful. */
const mostShown = 200;

/** The orders that hang together with these by links that stand, the nearest ones, with their links, ended ones too, and the candidates that wait. */
export async function familyOf(sql: Sql, orderIds: readonly string[]): Promise<Family> {
  const ties = await tiesOf(sql, orderIds);
  const standing = ties.filter(({ is_active }) => is_active);
  const shown = nearestTo(orderIds, standing, mostShown);
  const ids = [...shown];
  const waiting = ties
    .filter(({ is_active, main_order_id }) => !is_active && shown.has(main_order_id))
    .slice(0, mostShown)
    .map(({ hierarchy_id }) => hierarchy_id);
  const [members, links] = await Promise.all([
    many(
      memberRow,
      sql`select o.id as order_id, ${sql(memberColumns)} from orders o
        where o.id = any(${ids}) order by o.created_at, o.id`,
    ),
    many(
      familyLink,
      sql`select ${linkColumns(sql, familyLink)} from order_hierarchy_management
        where sub_order_id = any(${ids}) or hierarchy_id = any(${waiting})
        order by linked_at, hierarchy_id`,
    ),
  ]);
  return { members, links, ties };
}

/** The links that stand or wait of all orders that hang together with these, those of the oldest sub-orders first. */
function tiesOf(sql: Sql, orderIds: readonly string[]): Promise<Tie[]> {
  return many(
    tie,
    sql`with recursive family as (
        select unnest(${[...orderIds]}::text[]) as id
        union
        select case when l.sub_order_id = f.id then l.main_order_id else l.sub_order_id end
        from family f join order_hierarchy_management l
          on f.id in (l.main_order_id, l.sub_order_id) and l.is_active)
      select l.hierarchy_id, l.main_order_id, l.sub_order_id, l.is_active
      from order_hierarchy_management l join orders o on o.id = l.sub_order_id
      where l.hierarchy_id in (select own.hierarchy_id
        from family f join order_hierarchy_management own
          on f.id in (own.main_order_id, own.sub_order_id)
            and (own.is_active or own.is_pending_review))
      order by o.created_at, o.id`,
  );
}

/** One page of the orders that stand above a phone's orders, or are themselves above or alone, the newest first, and how many there are. A main order may have another phone. */
export async function rootsOfPhone(
  sql: Sql,
  phone: string,
  page: Page,
): Promise<{ ids: string[]; total: number }> {
  const roots = sql`with recursive above as (
      select id, original_order_id, created_at from orders
      where receiver_phone = ${phone} or receiver_second_phone = ${phone}
      union
      select o.id, o.original_order_id, o.created_at
      from above join orders o on o.id = above.original_order_id),
    roots as (select id, created_at from above where original_order_id is null)`;
  const { rows, total } = await readPage(
    z.object({ id: z.string() }),
    sql`${roots} select id from roots order by created_at desc nulls last, id ${onPage(sql, page)}`,
    sql`${roots} select count(*) as total from roots`,
  );
  return { ids: rows.map(({ id }) => id), total };
}

/** A phone's order ids, at most `limit`. */
export async function ordersOfPhone(sql: Sql, phone: string, limit: number): Promise<string[]> {
  const rows = await many(
    z.object({ id: z.string() }),
    sql`select id from orders where receiver_phone = ${phone} or receiver_second_phone = ${phone}
      order by id limit ${limit}`,
  );
  return rows.map(({ id }) => id);
}

export const linkEvent = z.object({
  seq: z.number(),
  at: z.date(),
  order_id: z.string(),
  event: z.string(),
  by: z.string().nullable(),
  main_order_id: z.string().nullable(),
});

/** What people did to the links of these orders, in its sequence. */
export function linkEventsOf(
  sql: Sql,
  orderIds: readonly string[],
): Promise<z.infer<typeof linkEvent>[]> {
  return many(
    linkEvent,
    sql`select seq, at, order_id, event, u.email as by, data ->> 'main_order_id' as main_order_id
      from events e left join users u on u.user_id = e.by_user
      where order_id = any(${[...orderIds]}) and event in ('linked', 'unlinked', 'unlink_undone')
      order by seq`,
  );
}

/** How many candidates wait for a person. */
export async function waitingCount(sql: Sql): Promise<number> {
  const { total } = await one(
    z.object({ total: z.number() }),
    sql`select count(*) as total from order_hierarchy_management where is_pending_review`,
  );
  return total;
}
