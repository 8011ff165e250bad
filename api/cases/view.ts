import { otherCasesOf } from '../../db/case-lists.ts';
import {
  type CaseEvent,
  type CaseRow,
  caseById,
  deliveriesOf,
  eventsOf,
  inspectionsOf,
  itemsOf,
  partsOf,
  refundOf,
  reviewsOf,
} from '../../db/case-queries.ts';
import type { AnySql, TransactionSql } from '../../db/client.ts';
import { customerByPhone } from '../../db/customer-queries.ts';
import { mainOrderOf, orderById, subOrdersOf } from '../../db/order-queries.ts';
import { allowedActs } from '../../domain/acts.ts';
import { caseReference } from '../../domain/case-reference.ts';
import { isCashDue } from '../../domain/charge.ts';
import { piastres, sum, toEgp } from '../../domain/money.ts';
import { waitingFor } from '../../domain/waiting.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import type { CaseView } from '../schemas/case.ts';

/** The case with this id, as it was last recorded; refuses with CASE_NOT_FOUND. */
export async function requireCase({ sql }: { sql: AnySql }, actionId: number): Promise<CaseRow> {
  const row = await caseById(sql, actionId);
  if (row) return row;
  throw new ApiError('CASE_NOT_FOUND', `There is no case ${caseReference(actionId)}.`);
}

/**
 * All that people see of a case, at one moment: read from Postgres, where every step
 * of the workflow is recorded before it is answered.
 */
export function viewOf(deps: Deps, actionId: number): Promise<CaseView> {
  return deps.sql.begin('isolation level repeatable read read only', (tx) =>
    viewIn(tx, deps, actionId),
  );
}

/** Queries that are asked at once go over the one connection together. */
async function viewIn(sql: TransactionSql, deps: Deps, actionId: number): Promise<CaseView> {
  const [row, inspections, reviews, items, parts, refund, deliveries, events] = await Promise.all([
    requireCase({ sql }, actionId),
    inspectionsOf(sql, actionId),
    reviewsOf(sql, actionId),
    itemsOf(sql, actionId),
    partsOf(sql, actionId),
    refundOf(sql, actionId),
    deliveriesOf(sql, actionId),
    eventsOf(sql, actionId),
  ]);
  const [family, customer] = await Promise.all([
    familyOf(sql, row.main_order_id),
    customerOf(sql, row),
  ]);
  return {
    ...row,
    ...family,
    temporal_url: temporalUrl(deps, row.workflow_id),
    waiting_for: waitingFor(row.state, row.policy),
    allowed: allowedActs(row.state).map(({ act, roles }) => ({ act, roles: [...roles] })),
    inspection: inspections[0] ?? null,
    review: reviews[0] ?? null,
    ...{ items, parts, deliveries, refund: refund ?? null },
    costs: costsOf(row, parts),
    customer,
    events: events.map(onTheWire),
  };
}

async function familyOf(sql: AnySql, mainOrderId: string | null) {
  if (mainOrderId === null) return { order: null, family: [] };
  const [order, main, subs] = await Promise.all([
    orderById(sql, mainOrderId),
    mainOrderOf(sql, mainOrderId),
    subOrdersOf(sql, mainOrderId),
  ]);
  return { order: order ?? null, family: main ? [main, ...subs] : subs };
}

async function customerOf(sql: AnySql, row: CaseRow): Promise<CaseView['customer']> {
  const [known, other_cases] = await Promise.all([
    customerByPhone(sql, row.customer_phone),
    otherCasesOf(sql, row),
  ]);
  const { customer_phone: phone, customer_name: name, address } = row;
  return { phone, name, address, known: known ?? null, other_cases };
}

function costsOf(row: CaseRow, parts: CaseView['parts']): CaseView['costs'] {
  const { labor_cost: labor, fees, actual_cost: total } = row;
  return {
    parts: sum(parts.map((part) => piastres(part.unit_cost * part.quantity))),
    ...{ labor, fees, total },
    due: isCashDue(row.state) ? total : piastres(0),
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
