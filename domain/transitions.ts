import { type ActionStatus, actionStatuses } from './vocabulary.ts';

/** Where a case can go from each status in one step (domain.md, "The acts of a case"); it can always stay. */
const successors: Record<ActionStatus, readonly ActionStatus[]> = {
  requested: ['return_ordered', 'return_in_transit', 'return_received', 'cancelled', 'failed'],
  return_ordered: ['requested', 'return_in_transit', 'return_received', 'cancelled', 'failed'],
  return_in_transit: ['requested', 'return_received', 'cancelled', 'failed'],
  return_received: ['inspecting', 'awaiting_review', 'hub_confirmed', 'cancelled'],
  inspecting: ['awaiting_review', 'hub_confirmed', 'cancelled'],
  awaiting_review: ['hub_confirmed', 'inspecting', 'rejected', 'completed', 'cancelled'],
  hub_confirmed: ['in_progress', 'awaiting_review', 'completed', 'cancelled'],
  in_progress: ['shipping_back', 'awaiting_review', 'completed', 'cancelled', 'failed'],
  shipping_back: ['completed', 'failed'],
  completed: [],
  rejected: [],
  cancelled: [],
  failed: [],
};

/** Every change of status that is lawful, as pairs of from and to. */
export const lawfulTransitions: readonly [from: ActionStatus, to: ActionStatus][] =
  actionStatuses.flatMap((from) =>
    [from, ...successors[from]].map((to): [ActionStatus, ActionStatus] => [from, to]),
  );
