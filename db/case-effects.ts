import { z } from 'zod';
import type { Step } from '../domain/step.ts';
import type { Effect } from '../domain/verdict.ts';
import { rewriteTexts } from './case-texts.ts';
import type { TransactionSql } from './client.ts';
import { demandCostWithin, demandOtherReviewer } from './effect-refusals.ts';
import { carryOn, noteById } from './notes.ts';
import { maybeOne } from './query.ts';
import {
  releaseProduct,
  reserveProduct,
  sendProduct,
  sendProductAgain,
  takeBackProduct,
  takeInProduct,
  useParts,
} from './stock-effects.ts';

/** Writes one effect of a step. Its key is made from the step's message: done once, whatever is tried again. */
export async function writeEffect(tx: TransactionSql, step: Step, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'inspect':
      return writeInspection(tx, step, effect);
    case 'review':
      return writeReview(tx, step, effect);
    case 'rewrite_texts':
      return rewriteTexts(tx, step, effect.note_id);
    case 'use_parts':
      return useParts(tx, step, effect.parts);
    case 'limit_cost':
      return demandCostWithin(tx, step.action_id, effect.most);
    case 'reserve_product':
      return reserveProduct(tx, step, effect.sku);
    case 'release_product':
      return releaseProduct(tx, step);
    case 'send_product':
      return sendProduct(tx, step, effect);
    case 'send_product_again':
      return sendProductAgain(tx, step);
    case 'take_back_product':
      return takeBackProduct(tx, step);
    case 'take_in_product':
      return takeInProduct(tx, step, effect);
    case 'request_refund':
      return requestRefund(tx, step);
    case 'pay_refund':
      return payRefund(tx, step, effect);
    case 'cancel_refund':
      return cancelRefund(tx, step);
    case 'take_cash':
      return takeCash(tx, step, effect.amount);
  }
}

/** A version of an inspection. What a draft said in words stays where nothing new is said (lessons.md 23). */
async function writeInspection(
  tx: TransactionSql,
  step: Step,
  { findings }: Extract<Effect, { kind: 'inspect' }>,
): Promise<void> {
  const { inspection } = step.next;
  if (inspection === null) return;
  // What people wrote in words of their own stands in a note.
  const { note_id = null } = findings;
  const noted = note_id === null ? undefined : await noteById(tx, note_id);
  const draft = await draftBefore(tx, step.action_id, inspection.version);
  await tx`
    insert into inspections (action_id, version, is_draft, product_condition,
      functionality_test_result, quality_score, visible_damage, missing_parts,
      recommended_action, recommended_priority, note_id, inspected_by, inspected_at)
    values (${step.action_id}, ${inspection.version}, ${inspection.is_draft},
      ${inspection.product_condition}, ${inspection.functionality_test_result},
      ${inspection.quality_score},
      ${findings.visible_damage ?? noted?.visible_damage ?? draft?.visible_damage ?? []},
      ${findings.missing_parts ?? noted?.missing_parts ?? draft?.missing_parts ?? []},
      ${inspection.recommended_action}, ${inspection.recommended_priority},
      ${await carryOn(tx, note_id, draft?.note_id ?? null)}, ${inspection.inspected_by},
      ${inspection.at})`;
}

const draftInspection = z.object({
  visible_damage: z.array(z.string()),
  missing_parts: z.array(z.string()),
  note_id: z.number().nullable(),
});

/** The version before this one, where that was a draft. */
function draftBefore(tx: TransactionSql, actionId: number, version: number) {
  return maybeOne(
    draftInspection,
    tx`select visible_damage, missing_parts, note_id from inspections
      where action_id = ${actionId} and version = ${version - 1} and is_draft`,
  );
}

async function writeReview(
  tx: TransactionSql,
  step: Step,
  { decision, approved_action, note_id }: Extract<Effect, { kind: 'review' }>,
): Promise<void> {
  await demandOtherReviewer(tx, step);
  await tx`
    insert into case_reviews (action_id, decision, approved_action, note_id, decided_by, decided_at, message_id)
    values (${step.action_id}, ${decision}, ${approved_action}, ${note_id}, ${step.by}, ${step.at},
      ${step.message_id})`;
}

/** A case asks for its refund once; a second confirmation of the same case finds it there. */
async function requestRefund(tx: TransactionSql, step: Step): Promise<void> {
  await tx`
    insert into refunds (action_id, status, requested_at)
    values (${step.action_id}, 'requested', ${step.at})
    on conflict on constraint refund_once_per_case do update
      set status = 'requested', requested_at = excluded.requested_at
      where refunds.status = 'cancelled'`;
}

/** Paying is approving here: the manager who may pay is the one who may approve. */
async function payRefund(
  tx: TransactionSql,
  step: Step,
  { amount, method, note_id }: Extract<Effect, { kind: 'pay_refund' }>,
): Promise<void> {
  const { count } = await tx`
    update refunds set status = 'paid', amount = ${amount}, method = ${method}, note_id = ${note_id},
      approved_at = ${step.at}, approved_by = ${step.by}, paid_at = ${step.at}, paid_by = ${step.by}
    where action_id = ${step.action_id} and status in ('requested', 'approved')`;
  if (count !== 1) throw new Error(`Case ${step.action_id} has no refund to pay`);
}

/** What is paid stays paid. */
async function cancelRefund(tx: TransactionSql, { action_id }: Step): Promise<void> {
  await tx`update refunds set status = 'cancelled'
    where action_id = ${action_id} and status <> 'paid'`;
}

/** What a customer pays at the counter, which is what the case has cost: another amount is refused. */
async function takeCash(tx: TransactionSql, step: Step, amount: number): Promise<void> {
  await tx`
    insert into counter_payments (action_id, amount, due, received_by, received_at)
    select action_id, ${amount}, actual_cost, ${step.by}, ${step.at}
    from service_actions where action_id = ${step.action_id}`;
}
