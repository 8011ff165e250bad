import type { Leg } from './case.ts';
import {
  isBackWithBusiness,
  isCalledOff,
  isLostOrDamaged,
  isOnItsWayToHub,
} from './delivery-state.ts';

/** Whether the courier has the product of a pickup, or has brought it: on the way, or 46 (domain.md, "The acts"). */
export function isCollected(stateCode: number): boolean {
  return isOnItsWayToHub(stateCode) || isBackWithBusiness(stateCode);
}

/** Whether a delivery ended without success: terminated, cancelled, lost or damaged. */
export function hasEndedWithout(stateCode: number): boolean {
  return isCalledOff(stateCode) || isLostOrDamaged(stateCode);
}

/** Whether a pickup stands at Bosta and has not been collected: somebody may still come for it. */
export function isOutstanding(pickup: Leg | null): pickup is Leg {
  if (pickup === null || pickup.tracking_number === '') return false;
  return !hasEndedWithout(pickup.state_code) && !isCollected(pickup.state_code);
}
