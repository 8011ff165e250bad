import type { CaseState } from '../case.ts';
import type { Effect, Verdict } from '../verdict.ts';
import type { ActionStatus } from '../vocabulary.ts';
import { uselessPickup } from './courier.ts';

/** The status in which a case ends; the outcome of one that was rejected or cancelled stands. */
export function endedAs({ status }: CaseState, outcome: 'completed' | 'failed'): ActionStatus {
  return status === 'rejected' || status === 'cancelled' ? status : outcome;
}

/**
 * No case any more: the outcome stands at once. A pickup is called off, a product
 * at the hub goes home, and a refund or a product that was set aside is let go.
 */
export function decideCancel(state: CaseState): Verdict {
  return {
    next: {
      ...state,
      status: 'cancelled',
      to_call_off: state.product === 'customer' ? uselessPickup(state) : stillToCallOff(state),
      to_send: state.product === 'hub' ? 'home' : null,
    },
    event: 'cancelled',
    effects: undone(state),
  };
}

/** The pickup that the courier is already spared: the product has come another way, and that is so however the case ends. */
function stillToCallOff({ calls_off_when_cancelled, to_call_off }: CaseState): string | null {
  return calls_off_when_cancelled ? to_call_off : null;
}

function undone({ service }: CaseState): Effect[] {
  if (service === 'refund') return [{ kind: 'cancel_refund' }];
  return service === 'replace_full' ? [{ kind: 'release_product' }] : [];
}
