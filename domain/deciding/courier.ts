import type { CaseState, Leg } from '../case.ts';
import { nextReference } from '../case-reference.ts';
import { isException } from '../delivery-state.ts';
import { isOutstanding } from '../leg.ts';
import type { MessageOf } from '../messages.ts';
import type { Verdict } from '../verdict.ts';

/** A delivery that Bosta has just taken on, or one that it will not make: without a number, and failed. */
export function newLeg(
  made: Pick<Leg, 'purpose' | 'attempt'> & Partial<Pick<Leg, 'reference' | 'tracking_number'>>,
): Leg {
  const { purpose, attempt, reference = '', tracking_number = '' } = made;
  const isMade = tracking_number !== '';
  return {
    ...{ purpose, reference, tracking_number, attempt, state_code: isMade ? 10 : 0 },
    ...{ state_at: null, exceptions: 0, has_failed: !isMade },
  };
}

/** The reference of the pickup that has to be called off where nobody needs one any more: it stands at Bosta, or Bosta may be making it just now; null where there is none. */
export function uselessPickup(state: CaseState): string | null {
  const { to_call_off, to_send, pickup } = state;
  if (to_call_off) return to_call_off;
  if (to_send === 'pickup') return nextReference(state, to_send);
  return isOutstanding(pickup) ? pickup.reference : null;
}

/** The leg after a report; undefined where the report is older than what is known, or says nothing new (lessons.md 12, 27). Within one state 47 the courier can miss the customer many times. */
export function afterReport(
  leg: Leg,
  report: MessageOf<'courier_report'>['payload'],
): Leg | undefined {
  const isOlder = leg.state_at !== null && Date.parse(report.state_at) < Date.parse(leg.state_at);
  const isSame = report.state_code === leg.state_code && report.state_at === leg.state_at;
  const isMissedAgain = (report.exceptions ?? 0) > leg.exceptions;
  if (isOlder || (isSame && !isMissedAgain)) return undefined;
  const counted = leg.exceptions + (isException(report.state_code) ? 1 : 0);
  return {
    ...leg,
    state_code: report.state_code,
    state_at: report.state_at,
    exceptions: Math.max(counted, report.exceptions ?? 0),
  };
}

/** The verdict on a report that is late, of no delivery of the case, or says nothing new. */
export function nothingNew(state: CaseState): Verdict {
  return { next: state, event: 'courier_reported', is_repeat: true };
}
