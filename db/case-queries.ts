import { z } from 'zod';
import type { CaseState } from '../domain/case.ts';
import {
  actionStatuses,
  actionSubtypes,
  actionTypes,
  confirmationStatuses,
  priorities,
  returnMethods,
} from '../domain/vocabulary.ts';
import { caseAddress } from './case-deliveries.ts';
import type { AnySql, Fragment } from './client.ts';
import { amount } from './order-rows.ts';
import { policyColumn, storedPolicy } from './policies.ts';
import { many, maybeOne, moment, one } from './query.ts';

/** Written by the case's own steps alone, whole and in this type. */
export const storedState = z.custom<CaseState>(
  (value) => typeof value === 'object' && value !== null,
);

export const caseRow = z.object({
  action_id: z.number(),
  action_type: z.enum(actionTypes),
  action_subtype: z.enum(actionSubtypes).nullable(),
  action_status: z.enum(actionStatuses),
  priority: z.enum(priorities),
  customer_phone: z.string(),
  customer_name: z.string().nullable(),
  main_order_id: z.string().nullable(),
  product_sku: z.string().nullable(),
  product_name: z.string().nullable(),
  service_reason: z.string(),
  notes: z.string().nullable(),
  return_method: z.enum(returnMethods),
  address: caseAddress.nullable(),
  hub_id: z.number(),
  return_tracking_number: z.string().nullable(),
  delivery_tracking_number: z.string().nullable(),
  hub_confirmation_status: z.enum(confirmationStatuses),
  technician: z.string().nullable(),
  labor_cost: amount,
  fees: amount,
  actual_cost: amount,
  workflow_id: z.string(),
  state: storedState,
  policy: storedPolicy,
  /** Whether the product that replaces the customer's is neither set aside for the case nor to spare at its hub. */
  is_short: z.boolean(),
  /** Whether devices said something to it that was not passed on yet. */
  has_posts: z.boolean(),
  created_at: moment,
  updated_at: moment,
  completed_at: moment.nullable(),
});
export type CaseRow = z.infer<typeof caseRow>;

/** What `caseRow` is read from. */
export function caseColumns(sql: AnySql) {
  return sql`a.*, t.email as technician, ${policyColumn(sql)}, ${isShort(sql)} as is_short,
      exists (select from posted_messages m where m.action_id = a.action_id and m.sent_at is null)
        as has_posts
    from service_actions a
    join policies p on p.version = a.policy_version
    left join users t on t.user_id = a.assigned_technician`;
}

/** Whether the product that replaces the customer's is neither set aside for the case `a` nor to spare at its hub. */
export function isShort(sql: AnySql) {
  return sql`case when a.action_status in ('hub_confirmed', 'in_progress')
        and a.state ->> 'service' = 'replace_full' and a.product_sku is not null
      then not exists (select from stock_reservations r
          where r.action_id = a.action_id and r.status = 'held')
        and not exists (select from stock_balances b where b.sku = a.product_sku
          and b.hub_id = a.hub_id and b.grade = 'sound' and b.quantity > b.reserved)
      else false end`;
}

/** Whether a case in this state waits for a product that its hub has not got, by what is recorded now. */
export async function lacksStock(sql: AnySql, state: CaseState): Promise<boolean> {
  const { action_id, waiting, service } = state;
  if (waiting?.what !== 'service' || service !== 'replace_full') return false;
  const { is_short } = await one(
    z.object({ is_short: z.boolean() }),
    sql`select ${isShort(sql)} as is_short from service_actions a where action_id = ${action_id}`,
  );
  return is_short;
}

/** One case as it was last recorded, with the policy that it keeps. */
export function caseById(sql: AnySql, actionId: number): Promise<CaseRow | undefined> {
  return maybeOne(caseRow, sql`select ${caseColumns(sql)} where a.action_id = ${actionId}`);
}

export const caseEvent = z.object({
  seq: z.number(),
  at: moment,
  event: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  by: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type CaseEvent = z.infer<typeof caseEvent>;

/** The case's story, from the beginning; `by` is an e-mail, or the party that no account stands for. */
export function eventsOf(sql: AnySql, actionId: number): Promise<CaseEvent[]> {
  return many(caseEvent, selectEvents(sql, actionId));
}

/** What `caseEvent` is read by, in the order of the story: with what was written with each, and people by their e-mail. */
export function selectEvents(sql: AnySql, actionId: number | Fragment) {
  return sql`select e.seq, e.at, e.event, e.from_status as from, e.to_status as to,
      coalesce(u.email, e.by_party) as by,
      e.data - 'note_id' || jsonb_strip_nulls(jsonb_build_object(
        'notes', n.content ->> 'notes', 'technician', t.email)) as data
    from events e left join users u on u.user_id = e.by_user
      left join users t on t.user_id = (e.data ->> 'technician')::bigint
      left join case_notes n
        on n.note_id = (e.data ->> 'note_id')::bigint and n.action_id = e.action_id
    where e.action_id = ${actionId} order by e.seq`;
}
