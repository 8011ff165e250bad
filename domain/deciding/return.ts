import type { CaseState, Leg } from '../case.ts';
import { caseReference } from '../case-reference.ts';
import { isArchived, isCalledOff, isLostOrDamaged } from '../delivery-state.ts';
import { hasEndedWithout, isCollected } from '../leg.ts';
import type { MessageOf } from '../messages.ts';
import type { Policy } from '../policy.ts';
import { type Refusal, refuse, type Verdict } from '../verdict.ts';
import { afterReport, nothingNew, uselessPickup } from './courier.ts';
import { endedAs } from './ending.ts';

/** The hub has the parcel. Only this scan makes a return received, whatever the courier says (domain.md, "The acts"). A second scan is answered with the first. */
export function decideScan(state: CaseState, message: MessageOf<'hub_scan'>): Verdict | Refusal {
  const { tracking_number, hub_id } = message.payload;
  if (state.scan !== null) return { next: state, event: 'scanned', is_repeat: true };
  const collected = state.pickup?.tracking_number;
  const expected = [caseReference(state.action_id), collected];
  if (!expected.includes(tracking_number)) {
    const sentence = `${tracking_number} is no parcel of this case: scan ${expected.filter(Boolean).join(' or ')}.`;
    return refuse(state, 'OTHER_PARCEL', sentence);
  }
  const next: CaseState = {
    ...state,
    product: 'hub',
    to_send: null,
    // The product came another way: the courier need not drive.
    to_call_off: tracking_number === collected ? null : uselessPickup(state),
    hub_id: hub_id ?? state.hub_id,
    scan: { tracking_number, at: message.at, by: message.by },
  };
  const data = { tracking_number, hub_id: next.hub_id };
  if (state.status === 'cancelled')
    return { next: { ...next, to_send: 'home' }, event: 'scanned', data };
  return { next: { ...next, status: 'return_received' }, event: 'scanned', data };
}

/** What the courier says of the pickup. After the scan it is kept and changes nothing. */
export function decideReturn(
  state: CaseState,
  message: MessageOf<'courier_report'>,
  policy: Policy,
): Verdict {
  const { payload } = message;
  const { state_code } = payload;
  if (state.pickup?.tracking_number !== payload.tracking_number) return nothingNew(state);
  const reported = afterReport(state.pickup, payload);
  if (reported === undefined) return nothingNew(state);
  const step = { event: 'courier_reported', data: { ...payload } };
  if (state.scan !== null) return { ...step, next: { ...state, pickup: reported } };
  // What has come to the business is archived some day: the hub expects it all the same.
  const isEnded =
    hasEndedWithout(state_code) && !(isArchived(state_code) && state.product === 'courier');
  const has_failed = isEnded || isMissedTooOften(state.pickup, reported, policy);
  const next: CaseState = { ...state, pickup: { ...reported, has_failed } };
  if (isCalledOff(state_code)) return { ...step, next: { ...next, product: 'customer' } };
  // What he lost he had, though nobody has heard that he collected it.
  if (isLostOrDamaged(state_code)) return { ...step, next: { ...next, product: 'courier' } };
  if (!isCollected(state_code)) return { ...step, next };
  return { ...step, next: { ...next, ...collected(state) } };
}

/** Whether the courier has missed the customer once more than is borne. One that is followed after that has failed with the next miss, not when he sets out. */
function isMissedTooOften(before: Leg, { state_code, exceptions }: Leg, policy: Policy): boolean {
  const isTooOften = exceptions > policy.courier.max_return_exceptions;
  const isNews = exceptions > before.exceptions || before.has_failed;
  return isTooOften && isNews && !isCollected(state_code);
}

/** The courier has the product: whatever was planned instead, the hub expects it now. */
function collected({ status, to_send }: CaseState): Partial<CaseState> {
  return {
    status: status === 'cancelled' ? status : 'return_in_transit',
    product: 'courier',
    to_send: to_send === 'pickup' ? null : to_send,
  };
}

/** An agent decides on a return that failed: another pickup, the customer comes, or no case any more. */
export function decideReturnDecision(
  state: CaseState,
  message: MessageOf<'return_decision'>,
): Verdict | Refusal {
  const { decision } = message.payload;
  if (decision === 'cancel') return decided(state, decision, givenUp(state));
  if (state.status === 'cancelled') {
    const sentence =
      'The case is cancelled: all that is left to decide is cancel, which closes it.';
    return refuse(state, 'ACT_NOT_ALLOWED', sentence);
  }
  if (state.product === 'courier' && state.pickup && !hasEndedWithout(state.pickup.state_code)) {
    // The courier has it: no other pickup is made, and whichever way it comes, the hub scans it.
    return decided(state, decision, { pickup: { ...state.pickup, has_failed: false } });
  }
  const to_call_off = uselessPickup(state);
  const another: Partial<CaseState> =
    decision === 'retry' ? { to_send: 'pickup' } : { to_send: null, return_method: 'walk_in' };
  return decided(state, decision, {
    ...{ ...another, to_call_off, status: 'requested', product: 'customer' },
    pickup: to_call_off === null ? null : state.pickup,
  });
}

function decided(state: CaseState, decision: string, change: Partial<CaseState>): Verdict {
  const next: CaseState = { ...state, ...change };
  const { to_call_off } = next;
  const data = to_call_off === null ? { decision } : { decision, to_call_off };
  return { next, event: 'return_decided', data };
}

/** A product that the courier lost or damaged, or was reminded of in vain, makes the case `failed`. What he still has is waited for, and a pickup that stands is called off: a case that closed before would leave him with nobody to take the product. */
function givenUp(state: CaseState): Partial<CaseState> {
  const { product, pickup, waiting } = state;
  const isLost = pickup !== null && isLostOrDamaged(pickup.state_code);
  // While it is to arrive its agent decides on it only where that is overdue.
  if (isLost || waiting?.what === 'arrival' || waiting?.what === 'scan') {
    return { status: endedAs(state, 'failed'), product: 'lost' };
  }
  if (product === 'courier' && pickup !== null) {
    return { status: 'cancelled', pickup: { ...pickup, has_failed: false } };
  }
  return { status: 'cancelled', to_call_off: uselessPickup(state) };
}

/** A pickup that was called off is over. One that could not be stands: the courier is on the way, and whatever comes of it is heard. */
export function decidePickupTerminated(
  state: CaseState,
  message: MessageOf<'pickup_terminated'>,
): Verdict {
  const { pickup } = state;
  const next: CaseState = { ...state, to_call_off: null };
  const hasIt = pickup !== null && isCollected(pickup.state_code);
  const data = { reference: state.to_call_off, tracking_number: pickup?.tracking_number };
  if (message.payload.is_terminated && !hasIt) {
    return { next: { ...next, ...calledOff(state) }, event: 'pickup_terminated', data };
  }
  const is_followed = state.scan === null;
  return {
    next: { ...next, ...standingPickup(state) },
    event: 'pickup_not_terminated',
    data: { ...data, is_followed },
  };
}

/** What the case goes on with without its pickup. Where the courier had said meanwhile that he has the product, nothing else was planned any more: its agent decides. */
function calledOff(state: CaseState): Partial<CaseState> {
  const { asks_when_called_off, status, scan, pickup, to_send, return_method } = state;
  if (!asks_when_called_off || scan !== null) return { pickup: null };
  const isAsked = status !== 'cancelled' && to_send === null && return_method === 'bosta_pickup';
  return {
    product: 'customer',
    pickup: isAsked && pickup ? { ...pickup, has_failed: true } : null,
  };
}

/** What the case goes on with where its pickup stands after all: no second courier is sent. */
function standingPickup({ status, scan, pickup, to_send }: CaseState): Partial<CaseState> {
  if (scan !== null || pickup === null) return {};
  const followed = { ...pickup, has_failed: hasEndedWithout(pickup.state_code) };
  if (status === 'cancelled') return { pickup: followed };
  return {
    pickup: followed,
    status: status === 'requested' ? 'return_ordered' : status,
    to_send: to_send === 'pickup' ? null : to_send,
  };
}
