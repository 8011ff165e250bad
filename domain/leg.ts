import type { CaseState, Leg } from './case.ts';
import {
  isArchived,
  isBackWithBusiness,
  isCalledOff,
  isLostOrDamaged,
  isOnItsWayToHub,
  isSettled,
} from './delivery-state.ts';

/** Whether the courier has the product of a pickup, or has brought it: on the way, or 46 (domain.md, "The acts"). */
export function isCollected(stateCode: number): boolean {
  return isOnItsWayToHub(stateCode) || isBackWithBusiness(stateCode);
}

/** Whether a delivery ended without success: terminated, cancelled, lost, damaged or archived. */
export function hasEndedWithout(stateCode: number): boolean {
  return isCalledOff(stateCode) || isLostOrDamaged(stateCode) || isArchived(stateCode);
}

/** Whether a pickup stands at Bosta and has not been collected: somebody may still come for it. */
export function isOutstanding(pickup: Leg | null): pickup is Leg {
  if (pickup === null || pickup.tracking_number === '') return false;
  return !isSettled(pickup.state_code) && !isOnItsWayToHub(pickup.state_code);
}

/** Whether a report is one of this delivery. */
export function isAbout(leg: Leg | null, report: { tracking_number: string }): boolean {
  return leg?.tracking_number === report.tracking_number;
}

/** 10, 11, 20: a delivery that is ordered, and that the courier has not taken yet (bosta-api.md, "States"). */
function isStillHere(stateCode: number): boolean {
  return stateCode === 10 || stateCode === 11 || stateCode === 20;
}

/** Whether the courier lost or damaged what he had; or has been silent for so long that its agent decides, who takes it for lost. */
export function isLost({ state_code, has_failed }: Leg): boolean {
  return isLostOrDamaged(state_code) || !has_failed;
}

/** Whether a delivery to the customer was taken for lost, by its agent's decision: it was sent once more, or its case closed over it. */
export function isGivenUp(state: CaseState, reference: string): boolean {
  const { status, product, delivery, lost = [] } = state;
  if (lost.some((leg) => leg.reference === reference)) return true;
  if (delivery?.reference !== reference) return false;
  if (status !== 'failed' && product !== 'lost') return false;
  return isLost(delivery);
}

/** Whether what is for the customer is at the hub: to be sent, not taken by the courier yet, or brought back by him. */
export function isAtTheCounter({ product, to_send, delivery }: CaseState): boolean {
  if (product === 'customer') return false;
  if (to_send !== null) return to_send !== 'pickup';
  if (delivery === null) return false;
  const { has_failed, state_code } = delivery;
  return has_failed ? !isLostOrDamaged(state_code) : isStillHere(state_code);
}

/** Whether the customer fetches the product: he brought it himself, and Bosta will not make the delivery (often, no address is known). */
export function isFetched({ return_method }: CaseState, delivery: Leg): boolean {
  return return_method === 'walk_in' && delivery.tracking_number === '';
}
