import { z } from 'zod';
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

export type Family = { members: FamilyMember[]; links: FamilyLink[] };

/** All orders that hang together with these by links that stand or wait, and their links, ended ones too. */
export async function familyOf(sql: Sql, orderIds: readonly string[]): Promise<Family> {
  const members = await many(
    memberRow,
    sql`with recursive standing as (
          select main_order_id, sub_order_id from order_hierarchy_management
          where is_active or is_pending_review),
        family as (
          select unnest(${[...orderIds]}::text[]) as id
          union
          select case when l.sub_order_id = f.id then l.main_order_id else l.sub_order_id end
          from family f join standing l on f.id in (l.main_order_id, l.sub_order_id))
      select o.id as order_id, ${sql(memberColumns)}
      from family join orders o using (id) order by o.created_at, o.id`,
  );
  const ids = members.map((member) => member.order_id);
  const links = await many(
    familyLink,
    sql`select ${linkColumns(sql, familyLink)} from order_hierarchy_management
      where main_order_id = any(${ids}) or sub_order_id = any(${ids}) order by linked_at, hierarchy_id`,
  );
  return { members, links };
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
