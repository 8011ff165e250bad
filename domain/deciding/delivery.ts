import type { CaseState, Leg } from '../case.ts';
import { isBackWithBusiness, isDelivered, isSought } from '../delivery-state.ts';
import { hasEndedWithout, isAbout, isLost } from '../leg.ts';
import type { MessageOf } from '../messages.ts';
import { type Effect, type Refusal, refuse, type Verdict } from '../verdict.ts';
import { afterReport, newLeg, nothingNew } from './courier.ts';
import { endedAs } from './ending.ts';

/** A delivery stands at Bosta: the case goes on with the courier. */
export function decideDeliveryOrdered(
  state: CaseState,
  message: MessageOf<'delivery_ordered'>,
): Verdict {
  const { purpose, reference, tracking_number, attempt } = message.payload;
  const attempts = { ...state.attempts, [purpose]: attempt };
  const to_send = state.to_send === purpose ? null : state.to_send;
  const leg = newLeg(message.payload);
  const data = { purpose, reference, tracking_number };
  if (purpose === 'pickup') {
    const status = state.status === 'requested' ? 'return_ordered' : state.status;
    return {
      next: { ...state, status, attempts, pickup: leg, to_send },
      event: 'pickup_ordered',
      data,
    };
  }
  if (state.to_send !== purpose) {
    // The customer fetched it while Bosta was being asked: it has to be called off.
    return { next: { ...state, attempts, delivery: leg }, event: 'delivery_ordered', data };
  }
  const status = state.status === 'in_progress' ? 'shipping_back' : state.status;
  const product = purpose === 'replacement' ? 'kept' : 'returning';
  return {
    next: { ...state, status, attempts, product, delivery: leg, to_send },
    event: 'delivery_ordered',
    data,
  };
}

/** Bosta will not make this delivery (an address it does not know, an amount over its cap): an agent decides. One that nobody needs any more was not made, and that is all. */
export function decideDeliveryRefused(
  state: CaseState,
  message: MessageOf<'delivery_refused'>,
): Verdict {
  const { purpose, attempt, reason } = message.payload;
  const attempts = { ...state.attempts, [purpose]: attempt };
  const data = { purpose, reason };
  if (state.to_send !== purpose) {
    return { next: { ...state, attempts, to_call_off: null }, event: 'delivery_not_needed', data };
  }
  const next: CaseState = { ...state, attempts, to_send: null };
  const leg = newLeg({ purpose, attempt });
  return {
    next: purpose === 'pickup' ? { ...next, pickup: leg } : { ...next, delivery: leg },
    event: 'delivery_refused',
    data,
  };
}

/** What the courier says of a delivery to the customer. */
export function decideDeliveryReport(
  state: CaseState,
  { payload }: MessageOf<'courier_report'>,
): Verdict {
  const known = state.delivery;
  const delivery =
    known === null || isOver(known, payload.state_code) ? undefined : afterReport(known, payload);
  if (delivery === undefined) return nothingNew(state);
  const data = { ...payload };
  if (isDelivered(payload.state_code)) {
    const status = state.status === 'shipping_back' ? 'completed' : state.status;
    const product = state.product === 'returning' ? 'customer' : state.product;
    const delivered = { ...delivery, has_failed: false };
    return { next: { ...state, status, product, delivery: delivered }, event: 'delivered', data };
  }
  const has_failed = hasEndedWithout(payload.state_code) || isBackWithBusiness(payload.state_code);
  return {
    next: { ...state, delivery: { ...delivery, has_failed } },
    event: has_failed ? 'delivery_failed' : 'courier_reported',
    data,
  };
}

/** What the courier says of a replacement that was taken for lost. Another one is on its way, so it changes nothing but what people know. */
export function decideLostReport(
  state: CaseState,
  { payload }: MessageOf<'courier_report'>,
): Verdict {
  const { lost = [] } = state;
  const known = lost.find((leg) => isAbout(leg, payload));
  const reported = known && afterReport(known, payload);
  if (reported === undefined) return nothingNew(state);
  const has_failed = hasEndedWithout(payload.state_code) || isSought(payload.state_code);
  const told = lost.map((leg) => (leg === known ? { ...reported, has_failed } : leg));
  const event = has_failed ? 'courier_reported' : 'lost_and_found';
  return {
    next: { ...state, lost: told },
    event,
    data: { ...payload, reference: reported.reference },
  };
}

/** An agent decides on a delivery that failed: another one, more patience, or the case ends. */
export function decideDeliveryDecision(
  state: CaseState,
  message: MessageOf<'delivery_decision'>,
): Verdict | Refusal {
  const { decision } = message.payload;
  const step = { event: 'delivery_decided', data: { decision } };
  switch (decision) {
    case 'resend': {
      if (isGone(state)) return refuse(state, 'ACT_NOT_ALLOWED', nothingToSend);
      const effects = replacementGone(state, true, 'send_product_again');
      const lost = effects.length > 0 ? alsoLost(state) : state.lost;
      const to_send = state.delivery?.purpose ?? null;
      return { ...step, next: { ...state, to_send, delivery: null, lost }, effects };
    }
    case 'hold':
      return { ...step, next: { ...state, waiting: null } };
    case 'close': {
      const status = endedAs(state, 'failed');
      const effects = replacementGone(state, false, 'take_back_product');
      const product = isGone(state) ? 'lost' : 'kept';
      return { ...step, next: { ...state, status, product }, effects };
    }
  }
}

/** Whether nothing more is heard of a delivery that failed. What was lost can be found, and is then delivered; what came back to us cannot. */
function isOver({ has_failed, state_code }: Leg, reported: number): boolean {
  return has_failed && !(isDelivered(reported) && hasEndedWithout(state_code));
}

const nothingToSend =
  'The courier has the product, or lost or damaged it: there is nothing to send again. Decide close, or hold.';

/** What the case has lost with the delivery in whose place another one is sent. */
function alsoLost({ lost, delivery }: CaseState): CaseState['lost'] {
  return lost && delivery ? [...lost, { ...delivery, has_failed: true }] : lost;
}

/** Whether the customer's own product is lost: unlike a replacement, there is no other. */
function isGone({ delivery }: CaseState): boolean {
  return delivery !== null && delivery.purpose !== 'replacement' && isLost(delivery);
}

/** A replacement that the courier lost is sent from stock again; one that never reached the customer, and is not sent again, is back in stock. */
function replacementGone(
  { delivery }: CaseState,
  wasLost: boolean,
  kind: 'send_product_again' | 'take_back_product',
): Effect[] {
  if (delivery?.purpose !== 'replacement') return [];
  return isLost(delivery) === wasLost ? [{ kind }] : [];
}
