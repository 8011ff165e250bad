import postgres from 'postgres';
import { z } from 'zod';
import { type CaseState, confirmationStatus, isClosed } from '../domain/case.ts';
import type { Outcome, Step } from '../domain/step.ts';
import type { Refusal } from '../domain/verdict.ts';
import { writeEffect } from './case-effects.ts';
import { storedState } from './case-queries.ts';
import type { AnySql, Sql, TransactionSql } from './client.ts';
import { maybeOne, one } from './query.ts';

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
};

/**
 * Writes one step of a case: its message, its event, the case's row and every
 * effect, in one transaction. Idempotent by the message's id: a step that was
 * written and not heard of is written no second time. A step is written only onto
 * the one before it: what is recorded is never lost behind an older state.
 */
export async function writeStep(sql: Sql, step: Step): Promise<Recorded> {
  try {
    // Statements that do not wait for one another are sent together: each answer awaited is time that a case stands still.
    return await sql.begin(async (tx) => {
      const [{ state }, known] = await Promise.all([
        standing(tx, step),
        outcomeOf(tx, step.message_id),
      ]);
      const follows = (state.steps ?? 0) + 1 === step.next.steps;
      if (known || !follows) return { stands: { state, known: known ?? null } };
      await Promise.all([writeMessage(tx, step), writeEffects(tx, step)]);
      // After the effects: what they cost is in the case's row.
      await Promise.all([updateCase(tx, step), updateConfirmation(tx, step)]);
      return {};
    });
  } catch (error) {
    const refused = refusalIn(error, step);
    if (refused) return { refused };
    throw error;
  }
}

/** What is recorded of the step's case; nobody else records a step of it before this transaction ends. */
function standing(tx: TransactionSql, { action_id }: Step) {
  return one(
    z.object({ state: storedState }),
    tx`select state from service_actions where action_id = ${action_id} for update`,
  );
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

/** The message and the event that it made: one statement, for they are always two sides of one step. */
async function writeMessage(tx: TransactionSql, step: Step): Promise<void> {
  const { message_id, action_id, act, at } = step;
  const outcome = { event: step.event, status: step.next.status };
  await tx`
    with message as (
      insert into case_messages (message_id, action_id, act, outcome, received_at)
      values (${message_id}, ${action_id}, ${act}, ${tx.json(outcome)}, ${at}))
    insert into events (at, action_id, event, from_status, to_status, by_user, by_party, data, message_id)
    values (${at}, ${action_id}, ${step.event}, ${step.from}, ${step.next.status},
      ${step.by}, ${step.party}, ${tx.json(jsonOf(step.data))}, ${message_id})`;
}

/** One after another: an effect may build on the one before. */
async function writeEffects(tx: TransactionSql, step: Step): Promise<void> {
  for (const effect of step.effects) await writeEffect(tx, step, effect);
}

async function updateCase(tx: TransactionSql, step: Step): Promise<void> {
  const { next, at } = step;
  const isEnded = isClosed(next);
  await tx`
    update service_actions set
      action_status = ${next.status}, priority = ${next.priority}, hub_id = ${next.hub_id},
      return_method = ${next.return_method}, assigned_technician = ${next.technician},
      return_tracking_number = coalesce(${next.pickup?.tracking_number || null}, return_tracking_number),
      delivery_tracking_number = coalesce(${next.delivery?.tracking_number || null}, delivery_tracking_number),
      hub_confirmation_status = ${confirmationStatus(next)},
      labor_cost = ${next.labor_cost}, fees = ${next.fees},
      actual_cost = ${next.labor_cost + next.fees}::bigint + ${partsCost(tx, step.action_id)},
      state = ${tx.json(jsonOf(next))}, updated_at = ${at},
      completed_at = ${isEnded ? at : null}
    where action_id = ${step.action_id}`;
}

function partsCost(tx: AnySql, actionId: number) {
  return tx`coalesce((select sum(quantity * unit_cost) from case_parts where action_id = ${actionId}), 0)::bigint`;
}

/** The hub's confirmation, from the scan on. */
async function updateConfirmation(
  tx: TransactionSql,
  { next, action_id, at }: Step,
): Promise<void> {
  if (next.scan === null) return;
  const { scan, inspection, review } = next;
  const isInspected = inspection !== null && !inspection.is_draft;
  const isConfirmed = next.service !== null;
  const needsReview = next.status === 'awaiting_review' || review !== null;
  await tx`
    insert into hub_confirmation_workflow as known (action_id, hub_id, return_tracking_number,
      main_order_id, confirmation_type, confirmation_status, scanned_by, scan_timestamp,
      product_condition, quality_score, recommended_action, team_leader_review_required,
      team_leader_decision, inspection_completed_at, confirmed_at)
    values (${action_id}, ${next.hub_id}, ${scan.tracking_number}, ${next.main_order_id},
      ${next.action_type === 'exchange' ? 'exchange_verification' : 'return_inspection'},
      ${confirmationStatus(next)}, ${scan.by}, ${scan.at},
      ${inspection?.product_condition ?? null}, ${inspection?.quality_score ?? null},
      ${inspection?.recommended_action ?? null}, ${isInspected ? needsReview : null},
      ${review?.decision ?? null}, ${isInspected ? inspection.at : null},
      ${isConfirmed ? at : null})
    on conflict (action_id) do update set
      hub_id = excluded.hub_id, confirmation_status = excluded.confirmation_status,
      product_condition = excluded.product_condition, quality_score = excluded.quality_score,
      recommended_action = excluded.recommended_action,
      team_leader_review_required = excluded.team_leader_review_required,
      team_leader_decision = excluded.team_leader_decision,
      inspection_completed_at = excluded.inspection_completed_at,
      confirmed_at = case when excluded.confirmed_at is not null
        then coalesce(known.confirmed_at, excluded.confirmed_at) end`;
}

/** Constraints that stand for a rule of the business, as what people are told. */
const rules: Record<string, Recorded['refused']> = {
  stock_never_negative: {
    refused: 'OUT_OF_STOCK',
    sentence:
      'The hub has not enough of this in sound stock: order it, transfer it, or choose another.',
  },
  reserved_stock_exists: {
    refused: 'OUT_OF_STOCK',
    sentence: 'What is left of this in sound stock is reserved for other cases.',
  },
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
    sentence: 'There is no such hub.',
  },
  service_actions_assigned_technician_fkey: {
    refused: 'MESSAGE_UNUSABLE',
    sentence: 'There is no such user.',
  },
};

/** Why Postgres will never take this step; undefined for trouble that passes, which is tried again. */
function refusalIn(error: unknown, { party }: Step): Recorded['refused'] {
  if (!(error instanceof postgres.PostgresError)) return undefined;
  const rule = rules[error.constraint_name ?? ''];
  // What the case itself says is never refused: it has no other way to go on.
  return rule ?? (isForGood(error) && party !== 'system' ? unusable : undefined);
}

/** SQLSTATE classes 22 (a value) and 23 (a constraint): what is sent again is refused again, and must not keep the case from everything after it. */
function isForGood({ code }: postgres.PostgresError): boolean {
  return /^2[23]/.test(code);
}

const unusable: Recorded['refused'] = {
  refused: 'MESSAGE_UNUSABLE',
  sentence: 'The message names what does not exist, or holds what cannot be stored.',
};

function jsonOf(value: object): postgres.JSONValue {
  return JSON.parse(JSON.stringify(value));
}
