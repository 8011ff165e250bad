import { z } from 'zod';
import type { CaseState } from '../domain/case.ts';
import {
  actionStatuses,
  actionSubtypes,
  actionTypes,
  confirmationStatuses,
  deliveryPurposes,
  leaderDecisions,
  priorities,
  productConditions,
  recommendedActions,
  refundMethods,
  refundStatuses,
  returnMethods,
  testResults,
} from '../domain/vocabulary.ts';
import { caseAddress } from './case-deliveries.ts';
import type { AnySql } from './client.ts';
import { amount } from './order-rows.ts';
import { storedPolicy } from './policies.ts';
import { many, maybeOne } from './query.ts';

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
  created_at: z.date(),
  updated_at: z.date(),
  completed_at: z.date().nullable(),
});
export type CaseRow = z.infer<typeof caseRow>;

/** What `caseRow` is read from. */
export function caseColumns(sql: AnySql) {
  return sql`a.*, t.email as technician, jsonb_set(p.policy, '{version}', to_jsonb(p.version)) as policy
    from service_actions a
    join policies p on p.version = a.policy_version
    left join users t on t.user_id = a.assigned_technician`;
}

/** One case as it was last recorded, with the policy that it keeps. */
export function caseById(sql: AnySql, actionId: number): Promise<CaseRow | undefined> {
  return maybeOne(caseRow, sql`select ${caseColumns(sql)} where a.action_id = ${actionId}`);
}

export const inspection = z.object({
  version: z.number(),
  is_draft: z.boolean(),
  product_condition: z.enum(productConditions).nullable(),
  functionality_test_result: z.enum(testResults).nullable(),
  quality_score: z.number().nullable(),
  visible_damage: z.array(z.string()),
  missing_parts: z.array(z.string()),
  recommended_action: z.enum(recommendedActions).nullable(),
  recommended_priority: z.enum(priorities).nullable(),
  notes: z.string().nullable(),
  inspected_by: z.string().nullable(),
  inspected_at: z.date(),
});

/** Every version of the hub's findings, the newest first. */
export function inspectionsOf(sql: AnySql, actionId: number) {
  return many(
    inspection,
    sql`select i.*, n.content ->> 'notes' as notes, u.email as inspected_by
      from inspections i left join case_notes n using (note_id)
        left join users u on u.user_id = i.inspected_by
      where i.action_id = ${actionId} order by i.version desc`,
  );
}

export const review = z.object({
  decision: z.enum(leaderDecisions),
  approved_action: z.enum(recommendedActions).nullable(),
  notes: z.string().nullable(),
  decided_by: z.string().nullable(),
  decided_at: z.date(),
});

/** Every decision of a team leader on the case, the newest first. */
export function reviewsOf(sql: AnySql, actionId: number) {
  return many(
    review,
    sql`select r.decision, r.approved_action, n.content ->> 'notes' as notes,
        u.email as decided_by, r.decided_at
      from case_reviews r left join case_notes n using (note_id)
        left join users u on u.user_id = r.decided_by
      where r.action_id = ${actionId} order by r.review_id desc`,
  );
}

export const usedPart = z.object({
  sku: z.string(),
  name: z.string(),
  name_ar: z.string(),
  quantity: z.number(),
  unit_cost: amount,
});

/** The parts, and the replacement, that the case took from stock. */
export function partsOf(sql: AnySql, actionId: number) {
  return many(
    usedPart,
    sql`select sku, c.name, c.name_ar, p.quantity, p.unit_cost
      from case_parts p join catalogue_items c using (sku)
      where p.action_id = ${actionId} order by p.used_at, sku`,
  );
}

export const refund = z.object({
  status: z.enum(refundStatuses),
  amount: amount.nullable(),
  method: z.enum(refundMethods).nullable(),
  reference: z.string().nullable(),
  requested_at: z.date(),
  approved_at: z.date().nullable(),
  paid_at: z.date().nullable(),
  paid_by: z.string().nullable(),
});

/** The money that goes back, once per case. */
export function refundOf(sql: AnySql, actionId: number) {
  return maybeOne(
    refund,
    sql`select r.*, n.content ->> 'reference' as reference, u.email as paid_by
      from refunds r left join case_notes n using (note_id) left join users u on u.user_id = r.paid_by
      where r.action_id = ${actionId}`,
  );
}

export const caseDelivery = z.object({
  reference: z.string(),
  purpose: z.enum(deliveryPurposes),
  tracking_number: z.string().nullable(),
  cod: amount,
  terminated_at: z.date().nullable(),
  created_at: z.date(),
});

/** The deliveries that the case made at Bosta. */
export function deliveriesOf(sql: AnySql, actionId: number) {
  return many(
    caseDelivery,
    sql`select reference, purpose, tracking_number, cod, terminated_at, created_at
      from case_deliveries where action_id = ${actionId} order by created_at, reference`,
  );
}

export const caseItem = z.object({
  item_no: z.number(),
  product_sku: z.string().nullable(),
  product_name: z.string().nullable(),
  quantity: z.number(),
  faulty_serial_number: z.string().nullable(),
  replacement_serial_number: z.string().nullable(),
});

/** What the case is about. */
export function itemsOf(sql: AnySql, actionId: number) {
  return many(
    caseItem,
    sql`select * from case_items where action_id = ${actionId} order by item_no`,
  );
}

export const caseEvent = z.object({
  seq: z.number(),
  at: z.date(),
  event: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  by: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type CaseEvent = z.infer<typeof caseEvent>;

/** The case's story, from the beginning; `by` is an e-mail, or the party that no account stands for. */
export function eventsOf(sql: AnySql, actionId: number): Promise<CaseEvent[]> {
  return many(
    caseEvent,
    sql`select e.seq, e.at, e.event, e.from_status as from, e.to_status as to,
        coalesce(u.email, e.by_party) as by, e.data
      from events e left join users u on u.user_id = e.by_user
      where e.action_id = ${actionId} order by e.seq`,
  );
}
