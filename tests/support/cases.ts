import { type CaseState, type Opening, openingState } from '../../domain/case.ts';
import { deliveryReference } from '../../domain/case-reference.ts';
import { decide } from '../../domain/deciding/index.ts';
import { type Contents, type Message, messageOf } from '../../domain/messages.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { isRefusal, type Refusal, type Verdict } from '../../domain/verdict.ts';
import type { ReturnDecision } from '../../domain/vocabulary.ts';

/** A case just opened, by default a maintenance case with a pickup. */
export function opened(opening: Partial<Opening> = {}): CaseState {
  const state = openingState({
    action_id: 1042,
    action_type: 'maintenance',
    action_subtype: null,
    priority: 'medium',
    return_method: 'bosta_pickup',
    hub_id: 1,
    main_order_id: 'order-1',
    product_sku: 'BL-500',
    ...opening,
  });
  return tell(state, ['opened', {}]);
}

export type Told = {
  [A in keyof Contents]: [act: A, payload: Contents[A], by?: number | null];
}[keyof Contents];

export const cancel: Told = ['cancel', {}];

/** Bosta's answer to calling a pickup off. */
export function terminated(is_terminated: boolean): Told {
  return ['pickup_terminated', { is_terminated }];
}

/** What an agent decides on a return that failed, or whose courier is silent. */
export function decideReturn(decision: ReturnDecision): Told {
  return ['return_decision', { decision }];
}

let minutes = 0;

/** A message as it would arrive, each a minute after the one before. */
export function message([act, payload, by = 7]: Told): Message {
  minutes += 1;
  const at = new Date(Date.UTC(2026, 0, 1, 8, minutes)).toISOString();
  return messageOf(act, payload, { message_id: `m${minutes}`, at, by });
}

/** What the domain says to a message. */
export function outcome(state: CaseState, told: Told): Verdict | Refusal {
  return decide(state, message(told), defaultPolicy);
}

/** What a message would have done besides: in stock, with money and at Bosta. */
export function effectsOf(state: CaseState, told: Told): Verdict['effects'] | Refusal {
  const verdict = outcome(state, told);
  return isRefusal(verdict) ? verdict : verdict.effects;
}

/** The case after all these messages; throws at the first that is refused. */
export function tell(state: CaseState, ...all: Told[]): CaseState {
  return all.reduce((current, told) => {
    const verdict = outcome(current, told);
    if (isRefusal(verdict)) throw new Error(`${told[0]} was refused: ${verdict.sentence}`);
    return verdict.next;
  }, state);
}

/** The message by which a delivery of the case was made at Bosta. */
export function ordered(
  purpose: Contents['delivery_ordered']['purpose'],
  tracking_number: string,
  attempt = 1,
): Told {
  return [
    'delivery_ordered',
    { purpose, tracking_number, attempt, reference: deliveryReference(1042, purpose, attempt) },
  ];
}

let hours = 0;

/** The courier's report of a state, each an hour after the one before. */
export function courier(tracking_number: string, state_code: number): Told {
  hours += 1;
  const state_at = new Date(Date.UTC(2026, 1, 1, hours)).toISOString();
  return ['courier_report', { tracking_number, state_code, state_at }, null];
}

/** The courier misses the customer once more than is borne. */
export function missedTooOften(): Told[] {
  return [47, 47, 47, 47].map((code) => courier('7001', code));
}

export const findings = {
  product_condition: 'good',
  functionality_test_result: 'partially_working',
  quality_score: 6,
  recommended_action: 'maintenance',
} as const;

/** A case whose product the hub has scanned. */
export function atTheHub(opening: Partial<Opening> = {}): CaseState {
  return tell(opened(opening), ordered('pickup', '7001'), [
    'hub_scan',
    { tracking_number: '7001' },
  ]);
}

/** A case that the hub has inspected, with these findings. */
export function inspected(
  opening: Partial<Opening>,
  found: Partial<Contents['hub_inspection']>,
): CaseState {
  return tell(atTheHub(opening), ['hub_inspection', { ...findings, ...found }, 3]);
}
