import { isPossible } from '../acts.ts';
import type { CaseState } from '../case.ts';
import type { MessageOf } from '../messages.ts';
import { type Effect, isRefusal, type Refusal, type Verdict } from '../verdict.ts';
import { setAside } from './inspection.ts';
import { decideAssign } from './service.ts';

/** What may still change in an open case, all of it or nothing. The status moves by acts alone: to name a technician is to assign. */
export function decideEdit(state: CaseState, message: MessageOf<'edit'>): Verdict | Refusal {
  const { technician, priority, hub_id, texts, note_id } = message.payload;
  const given = { priority, hub_id, technician, texts };
  const next = { ...state, priority: priority ?? state.priority, hub_id: hub_id ?? state.hub_id };
  const edited: Verdict = {
    next,
    event: 'edited',
    data: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    effects: [
      ...(note_id === undefined ? [] : [{ kind: 'rewrite_texts', note_id } as const]),
      ...(next.hub_id === state.hub_id ? [] : movedReservation(state)),
    ],
  };
  if (technician === undefined) return edited;
  const assigning = { ...message, act: 'assign' as const, payload: { technician } };
  const assigned = decideAssign(next, assigning);
  return isRefusal(assigned) ? assigned : { ...edited, next: assigned.next };
}

/** A product that is still to be sent comes from the hub where the case is now: what was set aside elsewhere is free. */
function movedReservation(state: CaseState): Effect[] {
  if (state.service !== 'replace_full' || !isPossible(state, 'execute')) return [];
  return [{ kind: 'release_product' }, ...setAside(state, state.service)];
}
