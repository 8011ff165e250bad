import { z } from 'zod';
import type { PartUse } from '../domain/messages.ts';
import type { Step } from '../domain/step.ts';
import type { Effect } from '../domain/verdict.ts';
import type { MovementType, StockGrade } from '../domain/vocabulary.ts';
import type { AnySql, TransactionSql } from './client.ts';
import { demandParts, demandProduct } from './effect-refusals.ts';
import { one } from './query.ts';

/** Takes parts out of the hub's stock for a repair; refuses what is no part, or is not there. */
export async function useParts(
  tx: TransactionSql,
  step: Step,
  parts: readonly PartUse[],
): Promise<void> {
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
export async function reserveProduct(tx: TransactionSql, step: Step, sku: string): Promise<void> {
  await tx`
    insert into stock_reservations (sku, hub_id, quantity, action_id, status, effect_key, created_at)
    select sku, hub_id, 1, ${step.action_id}, 'held', ${`${step.message_id}/${sku}`}, ${step.at}
    from (select sku, hub_id from stock_balances
      where sku = ${sku} and hub_id = ${step.next.hub_id} and grade = 'sound' and quantity > reserved
      for update) spare`;
}

/** What was kept for the case is free again. */
export function releaseProduct(tx: TransactionSql, step: Step): Promise<void> {
  return endReservation(tx, step, null);
}

/** Takes a new product for the customer out of stock, the one that was kept before any other; refuses what is no product, or is not there. */
export async function sendProduct(
  tx: TransactionSql,
  step: Step,
  { sku, serial_number }: Extract<Effect, { kind: 'send_product' }>,
): Promise<void> {
  await demandProduct(tx, sku);
  await endReservation(tx, step, sku);
  await takeFromStock(tx, step, sku, 1, 'sent_to_customer');
  await setSerialNumber(tx, step, serial_number);
}

/** Takes another one out of stock in place of what the courier lost. */
export async function sendProductAgain(tx: TransactionSql, step: Step): Promise<void> {
  const { sku } = await lastSent(tx, step);
  await takeFromStock(tx, step, sku, 1, 'sent_to_customer');
  await setSerialNumber(tx, step, null);
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
export async function takeBackProduct(tx: TransactionSql, step: Step): Promise<void> {
  const { sku, hub_id } = await lastSent(tx, step);
  const from = { ...step, next: { ...step.next, hub_id } };
  await move(tx, from, sku, 'sound', 1, 'sent_to_customer');
  await tx`delete from case_parts where effect_key =
    (select effect_key from case_parts where action_id = ${step.action_id} and sku = ${sku}
      order by used_at desc limit 1)`;
  await setSerialNumber(tx, step, null);
  await costCase(tx, step);
}

/** The customer's product is ours now, graded by how it works. */
export function takeInProduct(
  tx: TransactionSql,
  step: Step,
  { sku, grade }: Extract<Effect, { kind: 'take_in_product' }>,
): Promise<void> {
  return move(tx, step, sku, grade, 1, 'returned_by_customer');
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
