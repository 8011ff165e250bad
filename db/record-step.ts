import { z } from 'zod';
import { type CaseState, isClosed } from '../domain/case.ts';
import { confirmationStatus } from '../domain/confirmation.ts';
import type { Outcome, Step } from '../domain/step.ts';
import { selectOrderOf } from './case-deliveries.ts';
import { writeEffect } from './case-effects.ts';
import { lacksStock, storedState } from './case-queries.ts';
import { type AnySql, jsonOf, type Sql, type TransactionSql } from './client.ts';
import { updateConfirmation } from './hub-confirmation.ts';
import { maybeOne, one } from './query.ts';
import { asTold } from './reminders.ts';
import { type RefusedStep, refusalIn } from './step-refusals.ts';
import { partsCost } from './stock-effects.ts';

/** Empty where the step was written. Otherwise nothing of it was, and why. */
export type Recorded = {
  refused?: RefusedStep;
  /**
   * The case as it is recorded, which is not what the step began from: the message
   * is known, from an earlier run or a try that was not heard of; or the case has
   * taken a step that its workflow lost when it and Temporal died at once.
   */
  stands?: { state: CaseState; known: Outcome | null };
  /** The case waits now for a product that its hub has not got. */
  is_short?: true;
};

/**
 * Writes one step of a case: its message, its event, the case's row and every
 * effect, all or nothing. Idempotent by the message's id: a step that was
 * written and not heard of is written no second time. A step is written only onto
 * the one before it: what is recorded is never lost behind an older state.
 */
export async function writeStep(sql: Sql, step: Step): Promise<Recorded> {
  try {
    const isWritten =
      step.effects.length === 0
        ? await writeAtOnce(sql, await asTold(sql, step))
        : await sql.begin((tx) => writeWithEffects(tx, step));
    const recorded = isWritten ? {} : { stands: await standing(sql, step) };
    const isShort = await lacksStock(sql, recorded.stands?.state ?? step.next);
    return isShort ? { ...recorded, is_short: true } : recorded;
  } catch (error) {
    const refused = refusalIn(error, step);
    if (refused) return { refused };
    throw error;
  }
}

/** The case as it is recorded, and what became of the step's message. */
async function standing(sql: Sql, { action_id, message_id }: Step) {
  const [{ state }, known] = await Promise.all([
    one(
      z.object({ state: storedState }),
      sql`select state from service_actions where action_id = ${action_id}`,
    ),
    outcomeOf(sql, message_id),
  ]);
  return { state, known: known ?? null };
}

/** What became of a message that was recorded before; undefined for a new one. */
export async function outcomeOf(sql: AnySql, messageId: string): Promise<Outcome | undefined> {
  const row = await maybeOne(
    z.object({ event: z.string(), status: z.string(), received_at: z.date() }),
    sql`select outcome ->> 'event' as event, outcome ->> 'status' as status, received_at
      from case_messages where message_id = ${messageId}`,
  );
  return row && { event: row.event, status: row.status, at: row.received_at.toISOString() };
}

async function writeWithEffects(tx: TransactionSql, step: Step): Promise<boolean> {
  const isWritten = await writeAtOnce(tx, step);
  // One after another: an effect may build on the one before.
  if (isWritten) for (const effect of step.effects) await writeEffect(tx, step, effect);
  return isWritten;
}

/**
 * All of a step but its effects, in one statement: each answer of Postgres that is
 * awaited is time that a case stands still. False where the step does not follow
 * what is recorded, or its message is known. Whoever else writes a step of the case
 * waits for its row, and then sees that its own step follows no more.
 */
async function writeAtOnce(sql: AnySql, step: Step): Promise<boolean> {
  const { message_id, act, at, next } = step;
  const outcome = { event: step.event, status: next.status };
  const written = await sql`
    with written as (${updateCase(sql, step)} returning action_id, created_by, sub_order_id),
    message as (
      insert into case_messages (message_id, action_id, act, outcome, received_at)
      select ${message_id}, action_id, ${act}, ${sql.json(outcome)}, ${at} from written),
    event as (
      insert into events (at, action_id, event, from_status, to_status, by_user, by_party, data, message_id)
      select ${at}, action_id, ${step.event}, ${step.from}, ${next.status},
        ${act === 'opened' ? sql`created_by` : sql`${step.by}::bigint`}, ${step.party},
        ${sql.json(jsonOf(step.data))}, ${message_id} from written)
    ${next.scan === null ? sql`` : sql`, confirmation as (${updateConfirmation(sql, step, next.scan)})`}
    select from written`;
  return written.count === 1;
}

function updateCase(sql: AnySql, step: Step) {
  const { next, at } = step;
  return sql`
    update service_actions set
      action_status = ${next.status}, priority = ${next.priority}, hub_id = ${next.hub_id},
      return_method = ${next.return_method}, assigned_technician = ${next.technician},
      return_tracking_number = coalesce(${next.pickup?.tracking_number || null}, return_tracking_number),
      delivery_tracking_number = coalesce(${next.delivery?.tracking_number || null}, delivery_tracking_number),
      sub_order_id = coalesce((${selectOrderOf(sql, next.pickup?.reference ?? '')}), sub_order_id),
      hub_confirmation_status = ${confirmationStatus(next)},
      labor_cost = ${next.labor_cost}, fees = ${next.fees},
      actual_cost = ${next.labor_cost + next.fees}::bigint + ${partsCost(sql, step.action_id)},
      state = ${sql.json(jsonOf(next))}, updated_at = ${at},
      completed_at = ${isClosed(next) ? at : null}
    where action_id = ${step.action_id}
      and coalesce((state ->> 'steps')::int, 0) + 1 = ${next.steps ?? null}
      and not exists (select from case_messages where message_id = ${step.message_id})`;
}
