import type { CaseState, Leg } from '../case.ts';
import type { MessageOf } from '../messages.ts';
import type { Verdict } from '../verdict.ts';
import { afterReport, deliveredCode, hasEndedWithout, returnedCode } from './courier.ts';

/** A delivery stands at Bosta: the case goes on with the courier. */
export function decideDeliveryOrdered(
  state: CaseState,
  message: MessageOf<'delivery_ordered'>,
): Verdict {
  const { purpose, reference, tracking_number, attempt } = message.payload;
  const leg: Leg = {
    purpose,
    reference,
    tracking_number,
    attempt,
    state_code: 10,
    state_at: null,
    exceptions: 0,
    has_failed: false,
  };
  const attempts = { ...state.attempts, [purpose]: attempt };
  const data = { purpose, reference, tracking_number };
  if (purpose === 'pickup') {
    const status = state.status === 'requested' ? 'return_ordered' : state.status;
    const to_send = state.to_send === 'pickup' ? null : state.to_send;
    return {
      next: { ...state, status, attempts, pickup: leg, to_send },
      event: 'pickup_ordered',
      data,
    };
  }
  const status = state.status === 'in_progress' ? 'shipping_back' : state.status;
  const product = purpose === 'replacement' ? 'kept' : 'returning';
  return {
    next: { ...state, status, attempts, product, delivery: leg, to_send: null },
    event: 'delivery_ordered',
    data,
  };
}

/** Bosta will not make this delivery (an address it does not know, an amount over its cap): an agent decides. */
export function decideDeliveryRefused(
  state: CaseState,
  message: MessageOf<'delivery_refused'>,
): Verdict {
  const { purpose, attempt, reason } = message.payload;
  const leg: Leg = {
    purpose,
    reference: '',
    tracking_number: '',
    attempt,
    state_code: 0,
    state_at: null,
    exceptions: 0,
    has_failed: true,
  };
  const attempts = { ...state.attempts, [purpose]: attempt };
  // What has been decided meanwhile (a way home, say) is still to be sent.
  const to_send = state.to_send === purpose ? null : state.to_send;
  const next: CaseState = { ...state, attempts, to_send };
  const step = { event: 'delivery_refused', data: { purpose, reason } };
  return purpose === 'pickup'
    ? { ...step, next: { ...next, pickup: leg } }
    : { ...step, next: { ...next, delivery: leg } };
}

/** What the courier says of a delivery to the customer, and what an agent decides where it failed. */
export const decideDelivery = {
  report(state: CaseState, message: MessageOf<'courier_report'>): Verdict {
    const { payload } = message;
    const known = state.delivery;
    const delivery = known === null || known.has_failed ? undefined : afterReport(known, payload);
    if (delivery === undefined) return { next: state, event: 'courier_reported', is_repeat: true };
    const data = { ...payload };
    if (payload.state_code === deliveredCode) {
      const status = state.status === 'shipping_back' ? 'completed' : state.status;
      const product = state.product === 'returning' ? 'customer' : state.product;
      return { next: { ...state, status, product, delivery }, event: 'delivered', data };
    }
    const has_failed = hasEndedWithout(payload.state_code) || payload.state_code === returnedCode;
    return {
      next: { ...state, delivery: { ...delivery, has_failed } },
      event: has_failed ? 'delivery_failed' : 'courier_reported',
      data,
    };
  },

  decision(state: CaseState, message: MessageOf<'delivery_decision'>): Verdict {
    const { decision } = message.payload;
    const event = 'delivery_decided';
    const data = { decision };
    switch (decision) {
      case 'resend':
        return {
          next: { ...state, to_send: state.delivery?.purpose ?? null, delivery: null },
          event,
          data,
        };
      case 'hold':
        return { next: { ...state, waiting: null }, event, data };
      case 'close': {
        const isUnserved = state.status === 'rejected' || state.status === 'cancelled';
        const status = isUnserved ? state.status : 'failed';
        return { next: { ...state, status, product: 'kept' }, event, data };
      }
    }
  },
};
