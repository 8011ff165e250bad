import type { CaseState } from './case.ts';
import { isCollected } from './leg.ts';
import { type Piastres, piastres } from './money.ts';
import type { Policy } from './policy.ts';
import type { ActionSubtype, DeliveryPurpose } from './vocabulary.ts';

/** Whether the customer pays what the case has cost when he gets this: a paid repair that comes back (hub-practice.md, "Money"). */
export function isCharged(subtype: ActionSubtype | null, purpose: DeliveryPurpose | null): boolean {
  return subtype === 'paid' && purpose === 'way_back';
}

/** What the way to the hub costs: nothing where the customer brought the product himself, though a pickup was tried before. */
export function returnFee({ pickup, scan }: CaseState, { fees }: Policy): Piastres {
  if (pickup === null) return piastres(0);
  const cameByCourier =
    isCollected(pickup.state_code) || scan?.tracking_number === pickup.tracking_number;
  return cameByCourier ? fees.return_fee : piastres(0);
}

/** Whether the customer has still to pay: the courier collects it, or the hub at its counter. */
export function isCashDue({ status, action_subtype, to_send, delivery }: CaseState): boolean {
  const isToBeGiven = status === 'in_progress' || status === 'shipping_back';
  return isToBeGiven && isCharged(action_subtype, to_send ?? delivery?.purpose ?? null);
}
