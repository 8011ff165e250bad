import { type CaseEvent, type CaseRow, caseById } from '../../db/case-queries.ts';
import type { AnySql } from '../../db/client.ts';
import { type WholeCase, wholeCaseById } from '../../db/whole-case.ts';
import { allowedActs } from '../../domain/acts.ts';
import { caseReference } from '../../domain/case-reference.ts';
import { isCashDue } from '../../domain/charge.ts';
import { piastres, sum, toEgp } from '../../domain/money.ts';
import { noticesOf } from '../../domain/notices.ts';
import { seenSince, type WaitingFor, waitingFor } from '../../domain/waiting.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import type { CaseView } from '../schemas/case.ts';

/** The case with this id, as it was last recorded; refuses with CASE_NOT_FOUND. */
export async function requireCase({ sql }: { sql: AnySql }, actionId: number): Promise<CaseRow> {
  return found(await caseById(sql, actionId), actionId);
}

/**
 * All that people see of a case, at one moment: read from Postgres, where every step
 * of the workflow is recorded before it is answered.
 */
export async function viewOf(deps: Deps, actionId: number): Promise<CaseView> {
  const whole = found(await wholeCaseById(deps.sql, actionId), actionId);
  const { state } = whole;
  return {
    ...whole,
    temporal_url: temporalUrl(deps, whole.workflow_id),
    waiting_for: waitOf(whole),
    allowed: allowedActs(state).map(({ act, roles }) => ({ act, roles: [...roles] })),
    costs: costsOf(whole),
    customer: customerOf(whole),
    notices: whole.completed_at === null ? noticesOf(factsOf(whole)) : [],
    events: whole.events.map(onTheWire),
  };
}

/** What a case waits for, by its row. */
export function waitOf({ state, created_at, policy, is_short }: CaseRow): WaitingFor | null {
  return waitingFor(seenSince(state, created_at.toISOString()), policy, is_short);
}

function found<T>(row: T | undefined, actionId: number): T {
  if (row) return row;
  const sentence = `There is no case ${caseReference(actionId)}: look it up by GET /api/service-actions.`;
  throw new ApiError('CASE_NOT_FOUND', sentence);
}

function factsOf(whole: WholeCase): Parameters<typeof noticesOf>[0] {
  const orders = whole.order === null ? [] : [whole.order, ...whole.family];
  const sale = orders.find((order) => order.business_category === 'Real Sales Order');
  return {
    ...whole,
    delivered_at: sale?.delivered_at ?? null,
    warranty_months: whole.product_warranty_months ?? whole.policy.warranty_months,
    lost: whole.state.lost ?? [],
    others: whole.other_cases.filter(({ completed_at }) => completed_at === null),
  };
}

function customerOf(whole: WholeCase): CaseView['customer'] {
  const { customer_phone: phone, customer_name: name, address, other_cases } = whole;
  return { phone, name, address, known: whole.known_customer, other_cases };
}

function costsOf(whole: WholeCase): CaseView['costs'] {
  const { labor_cost: labor, fees, actual_cost: total, parts } = whole;
  return {
    parts: sum(parts.map((part) => piastres(part.unit_cost * part.quantity))),
    ...{ labor, fees, total },
    due: isCashDue(whole.state) ? total : piastres(0),
  };
}

function temporalUrl({ settings, temporal }: Deps, workflowId: string): string {
  const path = `/namespaces/${temporal.options.namespace}/workflows/${encodeURIComponent(workflowId)}`;
  return new URL(path, settings.temporalUiUrl).href;
}

/** Amounts that events carry, in piastres inside. */
const amounts = ['amount', 'labor_cost', 'cod', 'cash_received'];

/** An event for people: its amounts in EGP. */
export function onTheWire(event: CaseEvent): CaseEvent {
  const data = Object.entries(event.data).map(([key, value]) => [
    key,
    amounts.includes(key) && typeof value === 'number' ? toEgp(piastres(value)) : value,
  ]);
  return { ...event, data: Object.fromEntries(data) };
}
