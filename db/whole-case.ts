import { z } from 'zod';
import {
  deliveryPurposes,
  leaderDecisions,
  priorities,
  productConditions,
  recommendedActions,
  refundMethods,
  refundStatuses,
  testResults,
} from '../domain/vocabulary.ts';
import { otherCase, selectOtherCases } from './case-lists.ts';
import { caseColumns, caseEvent, caseRow, selectEvents } from './case-queries.ts';
import type { AnySql, Fragment } from './client.ts';
import { customerRow, selectCustomer } from './customer-queries.ts';
import { countFamily, selectFamily, selectOrder } from './order-queries.ts';
import { amount, linkedOrderRow, orderRow } from './order-rows.ts';
import { maybeOne, moment } from './query.ts';

/** The newest version of the hub's findings. */
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
  inspected_at: moment,
});

function selectInspection(sql: AnySql) {
  return sql`select i.version, i.is_draft, i.product_condition, i.functionality_test_result,
      i.quality_score, i.visible_damage, i.missing_parts, i.recommended_action,
      i.recommended_priority, n.content ->> 'notes' as notes, u.email as inspected_by, i.inspected_at
    from inspections i left join case_notes n using (note_id)
      left join users u on u.user_id = i.inspected_by
    where i.action_id = a.action_id order by i.version desc limit 1`;
}

/** The last decision of a team leader. */
export const review = z.object({
  decision: z.enum(leaderDecisions),
  approved_action: z.enum(recommendedActions).nullable(),
  notes: z.string().nullable(),
  decided_by: z.string().nullable(),
  decided_at: moment,
});

function selectReview(sql: AnySql) {
  return sql`select r.decision, r.approved_action, n.content ->> 'notes' as notes,
      u.email as decided_by, r.decided_at
    from case_reviews r left join case_notes n using (note_id)
      left join users u on u.user_id = r.decided_by
    where r.action_id = a.action_id order by r.review_id desc limit 1`;
}

/** A part, or the replacement, that the case took from stock. */
export const usedPart = z.object({
  sku: z.string(),
  name: z.string(),
  name_ar: z.string(),
  quantity: z.number(),
  unit_cost: amount,
});

function selectParts(sql: AnySql) {
  return sql`select sku, c.name, c.name_ar, u.quantity, u.unit_cost
    from case_parts u join catalogue_items c using (sku)
    where u.action_id = a.action_id order by u.used_at, sku`;
}

/** The money that goes back, once per case. */
export const refund = z.object({
  status: z.enum(refundStatuses),
  amount: amount.nullable(),
  method: z.enum(refundMethods).nullable(),
  reference: z.string().nullable(),
  requested_at: moment,
  approved_at: moment.nullable(),
  paid_at: moment.nullable(),
  paid_by: z.string().nullable(),
});

function selectRefund(sql: AnySql) {
  return sql`select r.status, r.amount, r.method, n.content ->> 'reference' as reference,
      r.requested_at, r.approved_at, r.paid_at, u.email as paid_by
    from refunds r left join case_notes n using (note_id) left join users u on u.user_id = r.paid_by
    where r.action_id = a.action_id`;
}

/** A delivery that the case made at Bosta. */
export const caseDelivery = z.object({
  reference: z.string(),
  purpose: z.enum(deliveryPurposes),
  tracking_number: z.string().nullable(),
  cod: amount,
  terminated_at: moment.nullable(),
  created_at: moment,
});

function selectDeliveries(sql: AnySql) {
  return sql`select reference, purpose, tracking_number, cod, terminated_at, created_at
    from case_deliveries where action_id = a.action_id order by created_at, reference`;
}

/** What the case is about. */
export const caseItem = z.object({
  item_no: z.number(),
  product_sku: z.string().nullable(),
  product_name: z.string().nullable(),
  quantity: z.number(),
  faulty_serial_number: z.string().nullable(),
  replacement_serial_number: z.string().nullable(),
});

function selectItems(sql: AnySql) {
  return sql`select item_no, product_sku, product_name, quantity, faulty_serial_number,
      replacement_serial_number
    from case_items where action_id = a.action_id order by item_no`;
}

const wholeCase = caseRow.extend({
  inspection: inspection.nullable(),
  review: review.nullable(),
  items: z.array(caseItem),
  parts: z.array(usedPart),
  refund: refund.nullable(),
  deliveries: z.array(caseDelivery),
  /** The order that the case is about, and the family that it belongs to: its main order first. */
  order: orderRow.nullable(),
  family: z.array(linkedOrderRow),
  family_total: z.number(),
  known_customer: customerRow.nullable(),
  /** Where the product has a warranty of its own. */
  product_warranty_months: z.number().nullable(),
  other_cases: z.array(otherCase),
  events: z.array(caseEvent),
});
export type WholeCase = z.infer<typeof wholeCase>;

/** A case with all that people see of it, as it was last recorded: one statement, so that all is of one moment and comes in one answer of Postgres. */
export function wholeCaseById(sql: AnySql, actionId: number): Promise<WholeCase | undefined> {
  const orderId = sql`a.main_order_id`;
  return maybeOne(
    wholeCase,
    sql`select ${only(sql, selectInspection(sql))} as inspection,
        ${only(sql, selectReview(sql))} as review,
        ${all(sql, selectItems(sql))} as items,
        ${all(sql, selectParts(sql))} as parts,
        ${only(sql, selectRefund(sql))} as refund,
        ${all(sql, selectDeliveries(sql))} as deliveries,
        ${only(sql, selectOrder(sql, orderId))} as "order",
        ${all(sql, selectFamily(sql, orderId))} as family,
        (${countFamily(sql, orderId)}) as family_total,
        ${only(sql, selectCustomer(sql, sql`a.customer_phone`))} as known_customer,
        ${all(sql, selectOtherCases(sql))} as other_cases,
        (select warranty_months from catalogue_items where sku = a.product_sku)
          as product_warranty_months,
        ${all(sql, selectEvents(sql, sql`a.action_id`))} as events,
        ${caseColumns(sql)} where a.action_id = ${actionId}`,
  );
}

/** The one row there may be, as JSON. */
function only(sql: AnySql, rows: Fragment) {
  return sql`(select to_json(found) from (${rows}) found)`;
}

/** All rows in their order, as JSON. */
function all(sql: AnySql, rows: Fragment) {
  return sql`(select coalesce(json_agg(found), '[]') from (${rows}) found)`;
}
