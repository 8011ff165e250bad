import { z } from 'zod';
import { deliveryPurposes } from '../domain/vocabulary.ts';
import type { AnySql } from './client.ts';
import { amount } from './order-rows.ts';
import { many } from './query.ts';

const made = z.object({
  reference: z.string(),
  action_id: z.number(),
  tracking_number: z.string().nullable(),
  /** Bosta's own id of it, whatever number it has by now. */
  delivery_id: z.string().nullable(),
  purpose: z.enum(deliveryPurposes),
  /** What it was asked to collect, in piastres. */
  cod: amount,
  is_closed: z.boolean(),
  /** The hub has the product, or had it. */
  is_scanned: z.boolean(),
  /** The pickup or delivery that the case goes by now. */
  is_current: z.boolean(),
  /** As the last read of it says; null where none has come. */
  state_code: z.number().nullable(),
});
/** A delivery that a case made, and how the case stands. */
export type CheckedDelivery = z.infer<typeof made>;

/** The deliveries of cases under these references. */
export function checkedDeliveries(
  sql: AnySql,
  references: readonly string[],
): Promise<CheckedDelivery[]> {
  return many(
    made,
    sql`select d.reference, action_id, d.tracking_number, d.delivery_id, d.purpose, d.cod,
        a.completed_at is not null as is_closed, a.state ->> 'scan' is not null as is_scanned,
        d.reference in (coalesce(a.state -> 'pickup' ->> 'reference', ''),
          coalesce(a.state -> 'delivery' ->> 'reference', '')) as is_current, o.state_code
      from case_deliveries d join service_actions a using (action_id)
        left join orders o on o.id = ${idOfOrder(sql)}
      where d.reference = any(${[...references]})`,
  );
}

/** The id of the order that the delivery `d` of a case is: by Bosta's id, under which its number may have changed, else by that number. */
export function idOfOrder(sql: AnySql) {
  return sql`(select id from orders
    where id = d.delivery_id or tracking_number = d.tracking_number
    order by id = d.delivery_id desc nulls last limit 1)`;
}
