import type { CaseState } from '../case.ts';
import { nextReference } from '../case-reference.ts';
import { isCashDue } from '../charge.ts';
import type { MessageOf } from '../messages.ts';
import { type Refusal, refuse, type Verdict } from '../verdict.ts';
import { endedAs } from './ending.ts';

/** The customer has come for it: the hub gives the product, or the new one, over the counter, and no courier is needed. What is to be paid is paid here; whether it is enough the record knows, which has the cost of the parts. */
export function decideHandOver(
  state: CaseState,
  { payload }: MessageOf<'hand_over'>,
): Verdict | Refusal {
  const { cash_received = 0 } = payload;
  if (isCashDue(state)) {
    const { data, ...given } = handedOver(state);
    const effects = [{ kind: 'take_cash' as const, amount: cash_received }];
    return { ...given, data: { ...data, cash_received }, effects };
  }
  if (cash_received === 0) return handedOver(state);
  const sentence = 'The customer has nothing to pay here: hand it over without cash_received.';
  return refuse(state, 'MESSAGE_UNUSABLE', sentence);
}

function handedOver(state: CaseState): Verdict {
  const purpose = state.to_send ?? state.delivery?.purpose ?? null;
  return {
    next: {
      ...state,
      status: endedAs(state, 'completed'),
      product: purpose === 'replacement' ? 'kept' : 'customer',
      to_send: null,
      to_call_off: state.to_call_off ?? uselessDelivery(state),
    },
    event: 'handed_over',
    data: { purpose },
  };
}

/** The reference of the delivery that has to be called off: it stands at Bosta, or Bosta may be making it just now; null where there is none. */
function uselessDelivery(state: CaseState): string | null {
  const { to_send, delivery } = state;
  if (to_send !== null) return nextReference(state, to_send);
  return delivery === null || delivery.has_failed ? null : delivery.reference;
}

/** The delivery was called off; or it could not be, and the courier comes in vain. The outcome stands either way. */
export function decideDeliveryTerminated(
  state: CaseState,
  { payload }: MessageOf<'delivery_terminated'>,
): Verdict {
  return {
    next: { ...state, to_call_off: null },
    event: payload.is_terminated ? 'delivery_terminated' : 'delivery_not_terminated',
    data: { reference: state.to_call_off },
  };
}
