import { z } from 'zod';
import { messageLimits, requiredFindings } from '../../domain/messages.ts';
import {
  deliveryDecisions,
  leaderDecisions,
  priorities,
  productConditions,
  recommendedActions,
  refundMethods,
  repairOutcomes,
  returnDecisions,
  testResults,
} from '../../domain/vocabulary.ts';
import { pickupAddress } from './case-opening.ts';
import {
  code,
  cost,
  email,
  intId,
  notes,
  payment,
  reason,
  text,
  trackingNumber,
} from './fields.ts';

const words = z.array(text(messageLimits.words.length)).max(messageLimits.words.entries);

export const scanBody = z.strictObject({
  tracking_number: trackingNumber,
  hub_id: intId.optional(),
});

export const inspectionBody = z
  .strictObject({
    action_id: z.int().min(1).optional(),
    return_tracking_number: trackingNumber.optional(),
    product_condition: z.enum(productConditions).optional(),
    functionality_test_result: z.enum(testResults).optional(),
    quality_score: z.int().min(1).max(messageLimits.quality_score).optional(),
    visible_damage: words.optional(),
    missing_parts: words.optional(),
    recommended_action: z.enum(recommendedActions).optional(),
    recommended_priority: z.enum(priorities).optional(),
    notes: notes.optional(),
    draft: z.boolean().optional(),
  })
  .superRefine((body, context) => {
    const missing = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (!body.action_id && !body.return_tracking_number) {
      missing('action_id', 'or return_tracking_number is needed');
    }
    if (body.draft) return;
    for (const field of requiredFindings) {
      if (body[field] === undefined) missing(field, 'is needed, but in a draft');
    }
  });
export type InspectionBody = z.infer<typeof inspectionBody>;

export const reviewBody = z
  .strictObject({
    decision: z.enum(leaderDecisions),
    approved_action: z.enum(recommendedActions).optional(),
    notes: notes.optional(),
  })
  .refine(
    ({ decision, approved_action }) => decision === 'approved' || approved_action === undefined,
    { path: ['approved_action'], error: 'belongs to the decision approved' },
  );

export const assignBody = z.strictObject({ technician: email.optional() }).nullish();

const partUse = z.strictObject({
  sku: code(messageLimits.sku),
  quantity: z.int().min(1).max(messageLimits.parts.quantity),
});
const refundPaid = z.strictObject({
  amount: payment,
  method: z.enum(refundMethods),
  reference: text(200),
});

/** One service for each case: a repair, a new product, or a refund. */
export const executeBody = z
  .strictObject({
    outcome: z.enum(repairOutcomes).optional(),
    parts: z.array(partUse).max(messageLimits.parts.entries).optional(),
    labor_cost: cost.optional(),
    product_sku: code(messageLimits.sku).optional(),
    serial_number: code(messageLimits.serial_number).optional(),
    refund: refundPaid.optional(),
    notes: notes.optional(),
  })
  .superRefine((body, context) => {
    const wrong = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    const services = [body.outcome, body.product_sku, body.refund];
    if (services.filter((service) => service !== undefined).length !== 1) {
      wrong('outcome', 'or product_sku, or refund is needed, and one of them alone');
    } else if (!body.outcome && (body.parts ?? body.labor_cost) !== undefined) {
      wrong(body.parts ? 'parts' : 'labor_cost', 'belongs to a repair: give its outcome');
    } else if (!body.product_sku && body.serial_number !== undefined) {
      wrong('serial_number', 'belongs to a new product: give its product_sku');
    }
  });
export type ExecuteBody = z.infer<typeof executeBody>;

export const returnDecisionBody = z.strictObject({ decision: z.enum(returnDecisions) });
export const deliveryDecisionBody = z.strictObject({ decision: z.enum(deliveryDecisions) });
export const handOverBody = z
  .strictObject({ cash_received: cost.optional(), notes: notes.optional() })
  .nullish();
export const cancelBody = z.strictObject({ reason });

export const editBody = z
  .strictObject({
    service_reason: reason,
    pickup_address: pickupAddress,
    priority: z.enum(priorities),
    notes,
    technician: email,
    hub_id: intId,
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'must name what changes');

export type EditBody = z.infer<typeof editBody>;

/** What is answered where nobody waits for the case: its message's id. */
export const accepted = z.object({ action_id: z.number(), message_id: z.string().optional() });
