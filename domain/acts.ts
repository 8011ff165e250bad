import type { CaseState, Wait } from './case.ts';
import { isClosed, isServed } from './case.ts';
import { isAtTheCounter } from './leg.ts';
import type { Act } from './messages.ts';
import { type ActionStatus, actionStatuses, type Role } from './vocabulary.ts';

type ActRule = {
  statuses: readonly ActionStatus[];
  /** Everybody who may ever do it. */
  roles: readonly Role[];
  /** Where the state leaves fewer of them. */
  rolesIn?: (state: CaseState) => readonly Role[];
  /** A further condition inside these statuses, and how people say it. */
  when?: (state: CaseState) => boolean;
  only?: string;
};

const returning = ['requested', 'return_ordered', 'return_in_transit'] as const;
const atTheBench = ['hub_confirmed', 'in_progress'] as const;
const endings: readonly ActionStatus[] = ['completed', 'rejected', 'cancelled', 'failed'];
const open = actionStatuses.filter((status) => !endings.includes(status));

/** Paying is apart from repairing: a right of its own (lessons.md, "Asked for by users"). */
export const refundRoles: readonly Role[] = ['manager'];

/**
 * Who may do what in which status (domain.md, "The acts of a case"). Checks,
 * answers, `allowed`, the routes' permissions and the docs all come from here.
 * An admin may do all.
 */
export const acts: Record<Act, ActRule> = {
  hub_scan: {
    // A case that was cancelled while the courier had the product still receives it.
    statuses: [...returning, 'cancelled'],
    roles: ['hub'],
    when: (state) => state.status !== 'cancelled' || state.scan === null,
    only: 'where cancelled, while the product is still to come',
  },
  hub_inspection: {
    statuses: ['return_received', 'inspecting'],
    roles: ['hub'],
  },
  team_leader_decision: {
    statuses: ['awaiting_review'],
    roles: ['leader', 'manager'],
  },
  assign: {
    statuses: atTheBench,
    roles: ['technician', 'leader', 'manager'],
    when: (state) => !isServed(state) && state.service !== 'refund',
    only: 'before the service is carried out; a refund needs no technician',
  },
  execute: {
    statuses: atTheBench,
    roles: ['technician', 'manager'],
    rolesIn: (state) => (state.service === 'refund' ? refundRoles : acts.execute.roles),
    when: (state) => !isServed(state),
    only: 'once; a refund by a manager',
  },
  return_decision: {
    statuses: [...returning, 'cancelled'],
    roles: ['agent'],
    when: (state) =>
      isWaitingFor(state, 'return_decision', 'unwanted_pickup') ||
      isOverdue(state, 'pickup', 'arrival', 'scan'),
    only: 'while the return has failed or its courier is overdue, or Bosta did not call the pickup of a cancelled case off',
  },
  delivery_decision: {
    statuses: ['shipping_back', 'in_progress', 'rejected', 'cancelled'],
    roles: ['agent'],
    when: (state) =>
      isWaitingFor(state, 'delivery_decision', 'fetching') ||
      (isOverdue(state, 'delivery', 'delivery_home') && !isAtTheCounter(state)),
    only: 'while the delivery has failed or its courier is overdue, or the customer is to fetch the product',
  },
  hand_over: {
    statuses: ['in_progress', 'shipping_back', 'rejected', 'cancelled'],
    roles: ['hub'],
    when: isAtTheCounter,
    only: 'while what is for the customer is still at the hub',
  },
  cancel: {
    statuses: open.filter((status) => status !== 'shipping_back'),
    roles: ['agent', 'leader', 'manager'],
    // What has been served is on its way; a courier's or a payment's work is not undone.
    when: (state) => !isServed(state),
    only: 'before the service is carried out',
  },
  edit: {
    // A product that has to go home may still lack an address.
    statuses: [...open, 'rejected', 'cancelled'],
    roles: ['agent', 'leader', 'manager'],
    only: 'until the case is closed',
  },
};

function isWaitingFor({ waiting }: CaseState, ...whats: Wait['what'][]): boolean {
  return waiting !== null && whats.includes(waiting.what);
}

/** Whether people have been reminded of one of these: who is silent for so long is not waited for without end. */
function isOverdue(state: CaseState, ...whats: Wait['what'][]): boolean {
  return isWaitingFor(state, ...whats) && state.waiting !== null && state.waiting.reminders > 0;
}

const actNames = Object.keys(acts) as Act[];

/** Whether this act is possible in this state, whoever asks. */
export function isPossible(state: CaseState, act: Act): boolean {
  const rule = acts[act];
  return !isClosed(state) && rule.statuses.includes(state.status) && (rule.when?.(state) ?? true);
}

/** Whether the same acts are possible in both states. */
export function allowTheSame(one: CaseState, other: CaseState): boolean {
  return actNames.every((act) => isPossible(one, act) === isPossible(other, act));
}

/** Who may do the act in this state; an admin may do all. */
export function rolesFor(state: CaseState, act: Act): readonly Role[] {
  return acts[act].rolesIn?.(state) ?? acts[act].roles;
}

/** What can be done with the case now, and by whom: shown as `allowed`, and in every refusal. */
export function allowedActs(state: CaseState): { act: Act; roles: readonly Role[] }[] {
  return actNames
    .filter((act) => isPossible(state, act))
    .map((act) => ({ act, roles: rolesFor(state, act) }));
}
