import type { CaseState } from '../case.ts';
import { isCharged, returnFee } from '../charge.ts';
import type { Execution, MessageOf, PartUse } from '../messages.ts';
import type { Policy } from '../policy.ts';
import { type Effect, type Refusal, refuse, type Verdict } from '../verdict.ts';
import type { RecommendedAction } from '../vocabulary.ts';

type Repair = Extract<Execution, { outcome: string }>;
type Replacement = Extract<Execution, { product_sku: string }>;
type Refund = Extract<Execution, { refund: object }>;

/** A technician takes the case, or is given it. Nobody takes it from another's hands: of two who take it at once, one has it. */
export function decideAssign(state: CaseState, message: MessageOf<'assign'>): Verdict | Refusal {
  const { technician } = message.payload;
  const isTaken = state.technician !== null && state.technician !== technician;
  if (isTaken && technician === message.by) {
    const sentence =
      'Another technician has the case: a leader or a manager can give it to somebody else.';
    return refuse(state, 'ACT_NOT_ALLOWED', sentence);
  }
  return {
    next: { ...state, status: 'in_progress', technician },
    event: 'assigned',
    data: { technician },
  };
}

/** The service itself, of the kind that was confirmed. Who executes is assigned where nobody was. */
export function decideExecution(
  state: CaseState,
  message: MessageOf<'execute'>,
  policy: Policy,
): Verdict | Refusal {
  const { payload } = message;
  const inHand: CaseState = {
    ...state,
    status: 'in_progress',
    technician: state.technician ?? (state.service === 'refund' ? null : message.by),
    fees: returnFee(state, policy),
  };
  if (isRepair(state.service) && 'outcome' in payload) return repair(inHand, payload, policy);
  if (state.service === 'replace_full' && 'product_sku' in payload) return replace(inHand, payload);
  if (state.service === 'refund' && 'refund' in payload) return refund(inHand, payload);
  return refuse(
    state,
    'WRONG_SERVICE',
    `${state.service} was confirmed for this case: execute it with ${fieldsOf(state.service)}.`,
  );
}

function isRepair(service: RecommendedAction | null): boolean {
  return service === 'maintenance' || service === 'replace_part';
}

function fieldsOf(service: RecommendedAction | null): string {
  if (service === 'replace_full') return 'product_sku and, where known, serial_number';
  if (service === 'refund') return 'refund {amount, method, reference}';
  return 'outcome (repaired or failed), parts and labor_cost';
}

/** Parts and labour. A repair that failed goes to the team leader, whatever it was. */
function repair(state: CaseState, payload: Repair, policy: Policy): Verdict {
  const { outcome } = payload;
  const parts = bySku(payload.parts ?? []);
  const next: CaseState = {
    ...state,
    labor_cost: state.labor_cost + (payload.labor_cost ?? policy.fees.labor),
  };
  const effects: Effect[] = [
    ...(parts.length > 0 ? [{ kind: 'use_parts', parts } as const] : []),
    ...costLimit(state, policy),
  ];
  const data = { outcome, parts, labor_cost: next.labor_cost };
  if (outcome === 'failed') {
    return { next: { ...next, status: 'awaiting_review' }, event: 'repair_failed', data, effects };
  }
  return { next: { ...next, to_send: 'way_back' }, event: 'repaired', data, effects };
}

/** What the customer pays must not be more than Bosta collects, or no delivery can be made; what a try that failed has cost, he pays with the next. The record alone knows the cost of parts. */
function costLimit({ action_subtype }: CaseState, { limits }: Policy): Effect[] {
  if (!isCharged(action_subtype, 'way_back')) return [];
  return [{ kind: 'limit_cost', most: limits.max_cod }];
}

/** A part that is named twice is used once, as often as both say. */
function bySku(parts: readonly PartUse[]): PartUse[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of parts) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}

/** A new product for the customer; the returned one becomes ours, graded by how it works. */
function replace(state: CaseState, payload: Replacement): Verdict {
  const { product_sku: sku, serial_number = null } = payload;
  return {
    next: { ...state, product: 'kept', to_send: 'replacement' },
    event: 'replaced',
    data: { product_sku: sku, serial_number },
    effects: [{ kind: 'send_product', sku, serial_number }, ...takenIn(state)],
  };
}

/** Money back, once: the case is closed with it, and the product is ours. */
function refund(state: CaseState, payload: Refund): Verdict {
  const { amount, method } = payload.refund;
  return {
    next: { ...state, status: 'completed', product: 'kept' },
    event: 'refund_paid',
    data: { amount, method },
    effects: [
      { kind: 'pay_refund', amount, method, note_id: payload.note_id ?? null },
      ...takenIn(state),
    ],
  };
}

function takenIn(state: CaseState): Effect[] {
  if (state.product_sku === null) return [];
  const isSound =
    state.inspection?.functionality_test_result === 'working' &&
    state.inspection.product_condition !== 'damaged';
  return [
    { kind: 'take_in_product', sku: state.product_sku, grade: isSound ? 'sound' : 'damaged' },
  ];
}
