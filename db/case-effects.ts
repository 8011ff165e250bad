import { z } from 'zod';
import type { PartUse } from '../domain/messages.ts';
import type { Step } from '../domain/step.ts';
import type { Effect } from '../domain/verdict.ts';
import type { MovementType, StockGrade } from '../domain/vocabulary.ts';
import type { AnySql, TransactionSql } from './client.ts';
import { demandCostWithin, demandParts, demandProduct } from './effect-refusals.ts';
import { noteById } from './notes.ts';
import { one } from './query.ts';

/** Writes one effect of a step. Its key is made from the step's message: done once, whatever is tried again. */
export async function writeEffect(tx: TransactionSql, step: Step, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'inspect':
      return writeInspection(tx, step, effect);
    case 'review':
      return writeReview(tx, step, effect);
    case 'use_parts':
      return useParts(tx, step, effect.parts);
    case 'limit_cost':
      return demandCostWithin(tx, step.action_id, effect.most);
    case 'reserve_product':
      return reserve(tx, step, effect.sku);
    case 'release_product':
      return endReservation(tx, step, null);
    case 'send_product':
      await demandProduct(tx, effect.sku);
      await endReservation(tx, step, effect.sku);
      await takeFromStock(tx, step, effect.sku, 1, 'sent_to_customer');
      return setSerialNumber(tx, step, effect.serial_number);
    case 'send_product_again': {
      const { sku } = await lastSent(tx, step);
      await takeFromStock(tx, step, sku, 1, 'sent_to_customer');
      return setSerialNumber(tx, step, null);
    }
    case 'take_back_product':
      return takeBack(tx, step);
    case 'take_in_product':
      return move(tx, step, effect.sku, effect.grade, 1, 'returned_by_customer');
    case 'request_refund':
      return requestRefund(tx, step);
    case 'pay_refund':
      return payRefund(tx, step, effect);
    case 'cancel_refund':
      await tx`update refunds set status = 'cancelled'
        where action_id = ${step.action_id} and status <> 'paid'`;
      return;
    case 'take_cash':
      return takeCash(tx, step, effect.amount);
  }
}

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
  await tx`
    insert into inspections (action_id, version, is_draft, product_condition,
      functionality_test_result, quality_score, visible_damage, missing_parts,
      recommended_action, recommended_priority, note_id, inspected_by, inspected_at)
    values (${step.action_id}, ${inspection.version}, ${inspection.is_draft},
      ${inspection.product_condition}, ${inspection.functionality_test_result},
      ${inspection.quality_score}, ${findings.visible_damage ?? noted?.visible_damage ?? []},
      ${findings.missing_parts ?? noted?.missing_parts ?? []}, ${inspection.recommended_action},
      ${inspection.recommended_priority}, ${note_id}, ${inspection.inspected_by},
      ${inspection.at})`;
}

async function writeReview(
  tx: TransactionSql,
  step: Step,
  { decision, approved_action, note_id }: Extract<Effect, { kind: 'review' }>,
): Promise<void> {
  await tx`
    insert into case_reviews (action_id, decision, approved_action, note_id, decided_by, decided_at, message_id)
    values (${step.action_id}, ${decision}, ${approved_action}, ${note_id}, ${step.by}, ${step.at},
      ${step.message_id})`;
}

async function useParts(tx: TransactionSql, step: Step, parts: readonly PartUse[]): Promise<void> {
  await demandParts(tx, parts);
  for (const { sku, quantity } of parts) await takeFromStock(tx, step, sku, quantity, 'repair_use');
}

/** Takes sound pieces out of the hub's stock and puts their cost on the case. */
async function takeFromStock(
  tx: TransactionSql,
  step: Step,
  sku: string,
  quantity: number,
  type: MovementType,
): Promise<void> {
  await move(tx, step, sku, 'sound', -quantity, type);
  await tx`
    insert into case_parts (action_id, sku, quantity, unit_cost, effect_key, used_at)
    select ${step.action_id}, sku, ${quantity}, unit_cost, ${`${step.message_id}/${sku}`}, ${step.at}
    from catalogue_items where sku = ${sku}`;
  await costCase(tx, step);
}

/** What the parts cost that the case used so far, in piastres. */
export function partsCost(sql: AnySql, actionId: number) {
  return sql`coalesce((select sum(quantity * unit_cost) from case_parts where action_id = ${actionId}), 0)::bigint`;
}

/** The case costs what its parts cost now, beside labour and fees. */
async function costCase(tx: TransactionSql, { action_id }: Step): Promise<void> {
  await tx`
    update service_actions set actual_cost = labor_cost + fees + ${partsCost(tx, action_id)}
    where action_id = ${action_id}`;
}

/** Keeps a sound piece for the case where the hub has one to spare; a shortage is told when the service is carried out. */
async function reserve(tx: TransactionSql, step: Step, sku: string): Promise<void> {
  await tx`
    insert into stock_reservations (sku, hub_id, quantity, action_id, status, effect_key, created_at)
    select sku, hub_id, 1, ${step.action_id}, 'held', ${`${step.message_id}/${sku}`}, ${step.at}
    from (select sku, hub_id from stock_balances
      where sku = ${sku} and hub_id = ${step.next.hub_id} and grade = 'sound' and quantity > reserved
      for update) spare`;
}

/** What was kept for the case is used where it is what goes out, else free again. */
async function endReservation(tx: TransactionSql, step: Step, sent: string | null): Promise<void> {
  await tx`update stock_reservations
    set status = case when sku = ${sent} then 'consumed' else 'released' end
    where action_id = ${step.action_id} and status = 'held'`;
}

const sentProduct = z.object({ sku: z.string(), hub_id: z.number() });

function lastSent(tx: TransactionSql, { action_id }: Step) {
  return one(
    sentProduct,
    tx`select sku, hub_id from stock_movements
      where action_id = ${action_id} and movement_type = 'sent_to_customer' and quantity < 0
      order by movement_id desc limit 1`,
  );
}

/** A replacement that never reached its customer: its sending is undone, where it came from, and costs the case nothing. */
async function takeBack(tx: TransactionSql, step: Step): Promise<void> {
  const { sku, hub_id } = await lastSent(tx, step);
  const from = { ...step, next: { ...step.next, hub_id } };
  await move(tx, from, sku, 'sound', 1, 'sent_to_customer');
  await tx`delete from case_parts where effect_key =
    (select effect_key from case_parts where action_id = ${step.action_id} and sku = ${sku}
      order by used_at desc limit 1)`;
  await setSerialNumber(tx, step, null);
  await costCase(tx, step);
}

async function move(
  tx: TransactionSql,
  step: Step,
  sku: string,
  grade: StockGrade,
  quantity: number,
  type: MovementType,
): Promise<void> {
  const key = `${step.message_id}/${type}/${sku}`;
  await tx`
    insert into stock_movements (sku, hub_id, grade, quantity, movement_type, action_id, effect_key, created_by, created_at)
    values (${sku}, ${step.next.hub_id}, ${grade}, ${quantity}, ${type}, ${step.action_id}, ${key},
      ${step.by}, ${step.at})`;
}

async function setSerialNumber(
  tx: TransactionSql,
  step: Step,
  serialNumber: string | null,
): Promise<void> {
  await tx`update case_items set replacement_serial_number = ${serialNumber}
    where action_id = ${step.action_id} and item_no = 1`;
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

/** What a customer pays at the counter, which is what the case has cost: another amount is refused. */
async function takeCash(tx: TransactionSql, step: Step, amount: number): Promise<void> {
  await tx`
    insert into counter_payments (action_id, amount, due, received_by, received_at)
    select action_id, ${amount}, actual_cost, ${step.by}, ${step.at}
    from service_actions where action_id = ${step.action_id}`;
}
