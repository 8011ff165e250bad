import type { CaseState } from './case.ts';
import type { ActionSubtype, DeliveryPurpose } from './vocabulary.ts';

/** Whether the customer pays what the case has cost when he gets this: a paid repair that comes back (hub-practice.md, "Money"). */
export function isCharged(subtype: ActionSubtype | null, purpose: DeliveryPurpose | null): boolean {
  return subtype === 'paid' && purpose === 'way_back';
}

/** Whether the customer has still to pay: the courier collects it, or the hub at its counter. */
export function isCashDue({ status, action_subtype, to_send, delivery }: CaseState): boolean {
  const isToBeGiven = status === 'in_progress' || status === 'shipping_back';
  return isToBeGiven && isCharged(action_subtype, to_send ?? delivery?.purpose ?? null);
}
