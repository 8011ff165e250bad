import type { Leg } from '../case.ts';
import { isCalledOff, isLostOrDamaged, isOnItsWayToHub } from '../delivery-state.ts';
import type { MessageOf } from '../messages.ts';

export const deliveredCode = 45;
export const returnedCode = 46;
const exceptionCode = 47;

/** Whether the courier has the product of a pickup, or has brought it: on the way, or 46 (domain.md, "The acts"). */
export function isCollected(stateCode: number): boolean {
  return isOnItsWayToHub(stateCode) || stateCode === returnedCode;
}

/** Whether a delivery ended without success: terminated, cancelled, lost or damaged. */
export function hasEndedWithout(stateCode: number): boolean {
  return isCalledOff(stateCode) || isLostOrDamaged(stateCode);
}

/** The leg after a report; undefined where the report is older than what is known, or says nothing new (lessons.md 12, 27). */
export function afterReport(
  leg: Leg,
  report: MessageOf<'courier_report'>['payload'],
): Leg | undefined {
  const isOlder = leg.state_at !== null && Date.parse(report.state_at) < Date.parse(leg.state_at);
  const isSame = report.state_code === leg.state_code && report.state_at === leg.state_at;
  if (isOlder || isSame) return undefined;
  const counted = leg.exceptions + (report.state_code === exceptionCode ? 1 : 0);
  return {
    ...leg,
    state_code: report.state_code,
    state_at: report.state_at,
    exceptions: Math.max(counted, report.exceptions ?? 0),
  };
}
