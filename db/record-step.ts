import postgres from 'postgres';
import { z } from 'zod';
import { type CaseState, confirmationStatus, isClosed } from '../domain/case.ts';
import { isCollected } from '../domain/leg.ts';
import type { Outcome, Step } from '../domain/step.ts';
import type { Refusal } from '../domain/verdict.ts';
import { selectOrderOf } from './case-deliveries.ts';
import { writeEffect } from './case-effects.ts';
import { lacksStock, storedState } from './case-queries.ts';
import { type AnySql, jsonOf, type Sql, type TransactionSql } from './client.ts';
import { EffectRefused } from './effect-refusals.ts';
import { maybeOne, one } from './query.ts';
import { asTold } from './reminders.ts';
import { partsCost } from './stock-effects.ts';

/** Empty where the step was written. Otherwise nothing of it was, and why. */
export type Recorded = {
  /** A fact in the database stands against it. */
  refused?: Pick<Refusal, 'refused' | 'sentence'>;
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

/** The hub's confirmation, from the scan on. */
function updateConfirmation(sql: AnySql, { next, at }: Step, scan: NonNullable<CaseState['scan']>) {
  const { inspection, review } = next;
  const isInspected = inspection !== null && !inspection.is_draft;
  const isConfirmed = next.service !== null;
  const needsReview = next.status === 'awaiting_review' || review !== null;
  return sql`
    insert into hub_confirmation_workflow as known (action_id, hub_id, return_tracking_number,
      main_order_id, return_order_id, confirmation_type, confirmation_status, scanned_by, scan_timestamp,
      product_condition, quality_score, recommended_action, team_leader_review_required,
      team_leader_decision, inspection_completed_at, confirmed_at)
    select action_id, ${next.hub_id}, ${scan.tracking_number}, ${next.main_order_id},
      case when ${hasComeByPickup(next, scan)} then sub_order_id end,
      ${next.action_type === 'exchange' ? 'exchange_verification' : 'return_inspection'},
      ${confirmationStatus(next)}, ${scan.by}, ${scan.at},
      ${inspection?.product_condition ?? null}, ${inspection?.quality_score ?? null},
      ${inspection?.recommended_action ?? null}, ${isInspected ? needsReview : null},
      ${review?.decision ?? null}, ${isInspected ? inspection.at : null},
      ${isConfirmed ? at : null} from written
    on conflict (action_id) do update set
      hub_id = excluded.hub_id, return_order_id = excluded.return_order_id,
      confirmation_status = excluded.confirmation_status,
      product_condition = excluded.product_condition, quality_score = excluded.quality_score,
      recommended_action = excluded.recommended_action,
      team_leader_review_required = excluded.team_leader_review_required,
      team_leader_decision = excluded.team_leader_decision,
      inspection_completed_at = excluded.inspection_completed_at,
      confirmed_at = case when excluded.confirmed_at is not null
        then coalesce(known.confirmed_at, excluded.confirmed_at) end`;
}

/** Whether the courier brought the product: a customer who brings it leaves a pickup that was made for nothing. */
function hasComeByPickup({ pickup }: CaseState, scan: NonNullable<CaseState['scan']>): boolean {
  if (pickup === null) return false;
  return pickup.tracking_number === scan.tracking_number || isCollected(pickup.state_code);
}

/** Constraints that stand for a rule of the business, as what people are told. */
const rules: Record<string, Recorded['refused']> = {
  cash_is_what_is_due: {
    refused: 'CASH_DUE',
    sentence:
      'The customer pays for this repair when it is handed over: take costs.due in cash, and give it as cash_received.',
  },
  stock_movements_sku_fkey: {
    refused: 'UNKNOWN_SKU',
    sentence: 'The catalogue does not have this SKU: see GET /api/products.',
  },
  service_actions_hub_id_fkey: {
    refused: 'MESSAGE_UNUSABLE',
    sentence: 'There is no such hub: name another one.',
  },
  service_actions_assigned_technician_fkey: {
    refused: 'MESSAGE_UNUSABLE',
    sentence: 'There is no such user: name another technician.',
  },
};

/** Why Postgres will never take this step; undefined for trouble that passes, which is tried again. */
function refusalIn(error: unknown, { party }: Step): Recorded['refused'] {
  if (error instanceof EffectRefused) return { refused: error.refused, sentence: error.message };
  if (!(error instanceof postgres.PostgresError)) return undefined;
  if (error.constraint_name === 'stock_suffices') return outOfStock(error.detail ?? '');
  const rule = rules[error.constraint_name ?? ''];
  // What the case itself says is never refused: it has no other way to go on.
  return rule ?? (isForGood(error) && party !== 'system' ? unusable : undefined);
}

const shortage = z.object({
  ...{ sku: z.string(), wanted: z.number(), quantity: z.number(), reserved: z.number() },
});

/** The movement's trigger tells the figures, as they were when it refused. */
function outOfStock(figures: string): Recorded['refused'] {
  const { sku, wanted, quantity, reserved } = shortage.parse(JSON.parse(figures));
  return {
    refused: 'OUT_OF_STOCK',
    sentence: `Of ${sku} the hub has ${quantity} in sound stock, ${reserved} of them reserved for other cases and ${quantity - reserved} free, and this takes ${wanted}: order it, transfer it, or choose another.`,
  };
}

/** SQLSTATE classes 22 (a value) and 23 (a constraint): what is sent again is refused again, and must not keep the case from everything after it. */
function isForGood({ code }: postgres.PostgresError): boolean {
  return /^2[23]/.test(code);
}

const unusable: Recorded['refused'] = {
  refused: 'MESSAGE_UNUSABLE',
  sentence: 'The message names what does not exist, or holds what cannot be stored.',
};
