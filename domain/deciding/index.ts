import { acts, allowTheSame, isPossible } from '../acts.ts';
import { type CaseState, isClosed } from '../case.ts';
import { isAbout } from '../leg.ts';
import type { Act, Message, MessageOf } from '../messages.ts';
import type { Policy } from '../policy.ts';
import { isRefusal, type Refusal, refuse, type Verdict } from '../verdict.ts';
import { partiesOf, withWait } from '../waiting.ts';
import { momentText } from '../waiting-words.ts';
import {
  decideDeliveryDecision,
  decideDeliveryOrdered,
  decideDeliveryRefused,
  decideDeliveryReport,
  decideLostReport,
} from './delivery.ts';
import { decideEdit } from './editing.ts';
import { decideCancel } from './ending.ts';
import { decideDeliveryTerminated, decideHandOver } from './handing-over.ts';
import { decideInspection, decideReview } from './inspection.ts';
import { type Checked, problemWith } from './payloads.ts';
import {
  decidePickupTerminated,
  decideReturn,
  decideReturnDecision,
  decideScan,
} from './return.ts';
import { decideAssign, decideExecution } from './service.ts';

/**
 * What a message does to a case: the one place where a case's state changes.
 * A message from a person is checked against the table of acts first; a report
 * is always heard, and changes nothing where it is late or about something else.
 */
export function decide(state: CaseState, message: Message, policy: Policy): Verdict | Refusal {
  const refusal = refusalOf(state, message);
  if (refusal) return refusal;
  const outcome = change(state, message, policy);
  if (isRefusal(outcome)) return outcome;
  const next = withWait(outcome.next, message.at);
  // Two technicians may repair in one status: the second is told of the repair, not of the status.
  if (next.status === state.status && allowTheSame(next, state)) return { ...outcome, next };
  return { ...outcome, next: { ...next, changed: { event: outcome.event, at: message.at } } };
}

function isFromAPerson(message: Message): message is MessageOf<Act> {
  return Object.hasOwn(acts, message.act);
}

function isFromOutside(message: Message): message is MessageOf<Checked> {
  return isFromAPerson(message) || message.act === 'courier_report';
}

/** Why this message cannot be taken now, before anything is weighed; undefined where it can. */
export function refusalOf(state: CaseState, message: Message): Refusal | undefined {
  const problem = isFromOutside(message) ? problemWith(message) : undefined;
  if (problem) return refuse(state, 'MESSAGE_UNUSABLE', problem);
  if (!isFromAPerson(message)) return undefined;
  if (message.act === 'hub_scan' && state.scan !== null && !isClosed(state)) return undefined;
  const impossible = actsIn(message).find((act) => !isPossible(state, act));
  if (impossible === undefined) return undefined;
  return refuse(
    state,
    'ACT_NOT_ALLOWED',
    `The case is ${state.status}${sinceWhen(state)}: ${impossible} is not possible now.`,
  );
}

/** What a message does: an edit that names a technician assigns the case too. */
function actsIn(message: MessageOf<Act>): Act[] {
  const { act, payload } = message;
  return act === 'edit' && payload.technician !== undefined ? ['edit', 'assign'] : [act];
}

/** What changed the case, for somebody who was not the first. */
function sinceWhen({ changed }: CaseState): string {
  return changed ? ` since ${momentText(changed.at, 'en')} (${changed.event})` : '';
}

function change(state: CaseState, message: Message, policy: Policy): Verdict | Refusal {
  switch (message.act) {
    case 'opened':
      return { next: state, event: 'opened', data: { policy_version: policy.version } };
    case 'caught_up':
      return { next: state, event: 'caught_up' };
    case 'reminder':
      return remind(state, message);
    case 'hub_scan':
      return decideScan(state, message);
    case 'hub_inspection':
      return decideInspection(state, message, policy);
    case 'team_leader_decision':
      return decideReview(state, message);
    case 'assign':
      return decideAssign(state, message);
    case 'execute':
      return decideExecution(state, message, policy);
    case 'return_decision':
      return decideReturnDecision(state, message);
    case 'delivery_decision':
      return decideDeliveryDecision(state, message);
    case 'hand_over':
      return decideHandOver(state, message);
    case 'cancel':
      return decideCancel(state);
    case 'edit':
      return decideEdit(state, message);
    case 'courier_report':
      return hear(state, message, policy);
    case 'delivery_ordered':
      return decideDeliveryOrdered(state, message);
    case 'delivery_refused':
      return decideDeliveryRefused(state, message);
    case 'pickup_terminated':
      return decidePickupTerminated(state, message);
    case 'delivery_terminated':
      return decideDeliveryTerminated(state, message);
  }
}

/** The courier speaks of one of the case's deliveries. */
function hear(state: CaseState, message: MessageOf<'courier_report'>, policy: Policy): Verdict {
  const { delivery, lost = [] } = state;
  if (isAbout(delivery, message.payload)) return decideDeliveryReport(state, message);
  return lost.some((leg) => isAbout(leg, message.payload))
    ? decideLostReport(state, message)
    : decideReturn(state, message, policy);
}

/** Whoever is waited for is reminded, and from the second time on the deputy is told. What came meanwhile is not waited for any more. */
function remind(state: CaseState, { payload }: MessageOf<'reminder'>): Verdict {
  const { waiting } = state;
  const isOver = waiting?.what !== payload.what || waiting.since !== payload.since;
  if (isOver) return { next: state, event: 'reminded', is_repeat: true };
  const reminders = waiting.reminders + 1;
  const { who, deputy } = partiesOf(waiting.what);
  return {
    next: { ...state, waiting: { ...waiting, reminders } },
    event: reminders === 1 ? 'reminded' : 'escalated',
    data: { what: waiting.what, who, deputy, reminders },
  };
}
