import { z } from 'zod';
import { actionSubtypes, type DeliveryPurpose } from '../domain/vocabulary.ts';
import type { AnySql, Fragment, Sql } from './client.ts';
import { standingId } from './learned-ids.ts';
import { amount } from './order-rows.ts';
import { maybeOne } from './query.ts';

/** An address as a case keeps it: in people's words, with Bosta's ids where they are known. */
export const caseAddress = z.object({
  city: z.string(),
  city_id: z.string().nullish(),
  zone: z.string().nullish(),
  zone_id: z.string().nullish(),
  district: z.string().nullish(),
  district_id: z.string().nullish(),
  first_line: z.string(),
  building_number: z.string().nullish(),
  floor: z.string().nullish(),
  apartment: z.string().nullish(),
});

const parcel = z.object({
  /** What the case has to send now; null where it is over. */
  wanted: z.string().nullable(),
  customer_phone: z.string(),
  customer_name: z.string().nullable(),
  address: caseAddress.nullable(),
  product_name: z.string().nullable(),
  item_count: z.number(),
  action_subtype: z.enum(actionSubtypes).nullable(),
  actual_cost: amount,
  /** Whether the delivery was written down before, and the number that Bosta gave it. */
  is_planned: z.boolean(),
  tracking_number: z.string().nullable(),
});
export type Parcel = z.infer<typeof parcel>;

/** Whom a case's delivery of this reference goes to, what is in it, and what the case has to send now; undefined for an unknown case. */
export function parcelOf(
  sql: Sql,
  actionId: number,
  reference: string,
): Promise<Parcel | undefined> {
  return maybeOne(
    parcel,
    sql`select case when action_status <> 'cancelled' or state ->> 'to_send' = 'home'
          then state ->> 'to_send' end as wanted, customer_phone, customer_name, address,
        coalesce(i.product_name, s.product_name) as product_name,
        coalesce(i.quantity, 1) as item_count, action_subtype, actual_cost,
        d.reference is not null as is_planned, d.tracking_number
      from service_actions s left join case_items i on i.action_id = s.action_id and i.item_no = 1
        left join case_deliveries d on d.reference = ${reference}
      where s.action_id = ${actionId}`,
  );
}

/** Writes a delivery down before Bosta is asked for it; false where it stood there already. */
export async function planDelivery(
  sql: Sql,
  delivery: { reference: string; action_id: number; purpose: DeliveryPurpose; cod: number },
): Promise<boolean> {
  const { count } = await sql`insert into case_deliveries ${sql(delivery)} on conflict do nothing`;
  return count === 1;
}

/** Keeps the number that Bosta gave to a delivery. */
export async function confirmDelivery(
  sql: Sql,
  reference: string,
  made: { delivery_id: string | null; tracking_number: string },
): Promise<void> {
  await sql`update case_deliveries set ${sql(made)} where reference = ${reference}`;
}

const planned = z.object({
  /** The number that it has at Bosta now, where it was given one. */
  tracking_number: z.string().nullable(),
  /** Whether Bosta has shown it since it was made. */
  is_seen: z.boolean(),
});

/** A delivery that was written down; undefined where it never was. */
export function plannedDelivery(
  sql: Sql,
  reference: string,
): Promise<z.infer<typeof planned> | undefined> {
  return maybeOne(
    planned,
    sql`select coalesce(o.tracking_number, d.tracking_number) as tracking_number,
        exists (select from orders s
          where s.id = d.delivery_id or s.tracking_number = d.tracking_number) as is_seen
      from case_deliveries d left join orders o on o.id = d.delivery_id
      where d.reference = ${reference}`,
  );
}

/** The order that this delivery of a case stands under; null until Bosta has shown it. */
export function selectOrderOf(sql: AnySql, reference: string): Fragment {
  return sql`select id from orders where id = (select ${standingId(sql, sql`delivery_id`)}
    from case_deliveries where reference = ${reference})`;
}

/** Notes that a delivery was called off. */
export async function markTerminated(sql: Sql, reference: string): Promise<void> {
  await sql`update case_deliveries set terminated_at = coalesce(terminated_at, now())
    where reference = ${reference}`;
}

/** The deliveries of cases to which Bosta has given this number since: that is on their label now. A reference alone may be typed by anybody, and an id alone stand under another one's reference. */
export function selectRenumbered(sql: AnySql, number: string): Fragment {
  return sql`select d.action_id, d.purpose, d.reference
    from orders o join case_deliveries d on d.delivery_id = o.id
      and d.reference in (o.unique_business_reference, o.business_reference)
    where o.tracking_number = ${number}`;
}
