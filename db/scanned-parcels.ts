import { z } from 'zod';
import { actionIdOf } from '../domain/case-reference.ts';
import { selectRenumbered } from './case-deliveries.ts';
import { caseColumns, caseRow } from './case-queries.ts';
import type { AnySql, Sql } from './client.ts';
import { maybeOne, one } from './query.ts';

const found = caseRow.extend({
  /** False for a delivery that the case made to the customer: scanned at a hub it is no return. */
  is_return: z.boolean(),
  /** Of the delivery that the case made, where it is one. */
  reference: z.string().nullable(),
});
export type FoundParcel = z.infer<typeof found>;

/**
 * The case that a scanned number belongs to: its own reference, a delivery that
 * it made (also under a number that Bosta has given it since), its return, or the order
 * that an open one is about (hub-practice.md: a scan of the original number must find
 * the case too; when that is over, the product has come anew); of several the newest
 * open one.
 */
export function caseOfParcel(sql: AnySql, number: string): Promise<FoundParcel | undefined> {
  return maybeOne(
    found,
    sql`select is_return, reference, ${caseColumns(sql)} join (
        select action_id, is_return, reference from (
        select 1 as rank, a.action_id, true as is_return, null as reference, a.created_at, a.completed_at
          from service_actions a where a.action_id = ${actionIdOf(number) ?? null}
        union all
        select 2, a.action_id, d.purpose = 'pickup', d.reference, a.created_at, a.completed_at
          from case_deliveries d join service_actions a using (action_id)
          where d.tracking_number = ${number}
        union all
        select 2, a.action_id, d.purpose = 'pickup', d.reference, a.created_at, a.completed_at
          from (${selectRenumbered(sql, number)}) d join service_actions a using (action_id)
        union all
        select 3, a.action_id, true, null, a.created_at, a.completed_at
          from service_actions a where a.return_tracking_number = ${number}
        union all
        select 4, a.action_id, true, null, a.created_at, a.completed_at
          from orders o join service_actions a on a.main_order_id = o.id
          where o.tracking_number = ${number} and a.completed_at is null
        ) candidates
        order by rank, completed_at is not null, created_at desc, action_id desc limit 1
      ) found using (action_id)`,
  );
}

const confirmation = z.object({ workflow_id: z.number(), scan_timestamp: z.date() });

/** Notes a parcel that nobody announced, once for each number, however often it is scanned. */
export function noteUnexpectedParcel(
  sql: Sql,
  parcel: { return_tracking_number: string; hub_id: number; scanned_by: number },
): Promise<z.infer<typeof confirmation>> {
  const { return_tracking_number, hub_id, scanned_by } = parcel;
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${return_tracking_number}, 0))`;
    await tx`
      insert into hub_confirmation_workflow (hub_id, return_tracking_number, return_order_id,
        confirmation_type, confirmation_status, scanned_by, scan_timestamp)
      select ${hub_id}, ${return_tracking_number},
        (select id from orders where tracking_number = ${return_tracking_number}),
        'return_inspection', 'scanned', ${scanned_by}, now()
      where not exists (select from hub_confirmation_workflow
        where action_id is null and return_tracking_number = ${return_tracking_number})`;
    return one(
      confirmation,
      tx`select workflow_id, scan_timestamp from hub_confirmation_workflow
        where action_id is null and return_tracking_number = ${return_tracking_number}`,
    );
  });
}
