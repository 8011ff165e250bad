import type { CaseState } from '../case.ts';
import type { Effect, Verdict } from '../verdict.ts';
import { uselessPickup } from './courier.ts';

/**
 * No case any more: the outcome stands at once. A pickup is called off, a product
 * at the hub goes home, and a refund or a product that was set aside is let go.
 */
export function decideCancel(state: CaseState): Verdict {
  return {
    next: {
      ...state,
      status: 'cancelled',
      to_call_off: state.product === 'customer' ? uselessPickup(state) : null,
      to_send: state.product === 'hub' ? 'home' : null,
    },
    event: 'cancelled',
    effects: undone(state),
  };
}

function undone({ service }: CaseState): Effect[] {
  if (service === 'refund') return [{ kind: 'cancel_refund' }];
  return service === 'replace_full' ? [{ kind: 'release_product' }] : [];
}
