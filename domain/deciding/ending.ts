import type { CaseState } from '../case.ts';
import type { MessageOf } from '../messages.ts';
import type { Effect, Verdict } from '../verdict.ts';

/**
 * No case any more: the outcome stands at once; a product at the hub goes home, a
 * refund that was asked for is called off. A pickup that Bosta is being asked for
 * may exist by now: the case stays until that is known, and calls it off.
 */
export function decideCancel(state: CaseState): Verdict {
  const effects: Effect[] = state.service === 'refund' ? [{ kind: 'cancel_refund' }] : [];
  return {
    next: {
      ...state,
      status: 'cancelled',
      to_send: state.product === 'hub' ? 'home' : state.to_send,
    },
    event: 'cancelled',
    effects,
  };
}

/** What may still change in an open case. The status moves by acts alone. */
export function decideEdit(state: CaseState, message: MessageOf<'edit'>): Verdict {
  const { priority = state.priority, hub_id = state.hub_id } = message.payload;
  return { next: { ...state, priority, hub_id }, event: 'edited', data: { priority, hub_id } };
}
