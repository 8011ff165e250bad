import type { CaseState } from '../case.ts';
import { caseReference } from '../case-reference.ts';
import { isLostOrDamaged } from '../delivery-state.ts';
import type { MessageOf } from '../messages.ts';
import type { Policy } from '../policy.ts';
import { type Refusal, refuse, type Verdict } from '../verdict.ts';
import { afterReport, hasEndedWithout, isCollected } from './courier.ts';

/** The hub has the parcel. Only this scan makes a return received, whatever the courier says (domain.md, "The acts"). A second scan is answered with the first. */
export function decideScan(state: CaseState, message: MessageOf<'hub_scan'>): Verdict | Refusal {
  const { tracking_number, hub_id } = message.payload;
  if (state.scan !== null) return { next: state, event: 'scanned', is_repeat: true };
  const expected = [caseReference(state.action_id), state.pickup?.tracking_number];
  if (!expected.includes(tracking_number)) {
    const sentence = `${tracking_number} is no parcel of this case: scan ${expected.filter(Boolean).join(' or ')}.`;
    return refuse(state, 'OTHER_PARCEL', sentence);
  }
  const next: CaseState = {
    ...state,
    product: 'hub',
    to_send: null,
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
  const unheard: Verdict = { next: state, event: 'courier_reported', is_repeat: true };
  if (state.pickup?.tracking_number !== payload.tracking_number) return unheard;
  const pickup = afterReport(state.pickup, payload);
  if (pickup === undefined) return unheard;
  const reported = { event: 'courier_reported', data: { ...payload } };
  if (state.scan !== null) return { ...reported, next: { ...state, pickup } };
  const has_failed =
    hasEndedWithout(payload.state_code) || pickup.exceptions > policy.courier.max_return_exceptions;
  const next: CaseState = { ...state, pickup: { ...pickup, has_failed } };
  if (!isCollected(payload.state_code)) return { ...reported, next };
  const status = state.status === 'cancelled' ? 'cancelled' : 'return_in_transit';
  return { ...reported, next: { ...next, status, product: 'courier' } };
}

/** An agent decides on a return that failed: another pickup, the customer comes, or no case any more. */
export function decideReturnDecision(
  state: CaseState,
  message: MessageOf<'return_decision'>,
): Verdict {
  const { decision } = message.payload;
  const event = 'return_decided';
  const data = { decision };
  switch (decision) {
    case 'retry':
      return {
        next: {
          ...state,
          status: 'requested',
          pickup: null,
          product: 'customer',
          to_send: 'pickup',
        },
        event,
        data,
      };
    case 'walk_in':
      return {
        next: {
          ...state,
          status: 'requested',
          pickup: null,
          return_method: 'walk_in',
          to_send: null,
        },
        event,
        data,
      };
    case 'cancel': {
      const isLost = state.pickup !== null && isLostOrDamaged(state.pickup.state_code);
      return { next: { ...state, status: isLost ? 'failed' : 'cancelled' }, event, data };
    }
  }
}

/** A pickup that was called off is over; one that could not be is with the courier, and the product will come. */
export function decidePickupTerminated(
  state: CaseState,
  message: MessageOf<'pickup_terminated'>,
): Verdict {
  const { is_terminated } = message.payload;
  const pickup = state.pickup && { ...state.pickup, has_failed: is_terminated };
  return {
    next: { ...state, pickup, product: is_terminated || state.scan ? state.product : 'courier' },
    event: is_terminated ? 'pickup_terminated' : 'pickup_not_terminated',
  };
}
