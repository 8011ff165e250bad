import type { CaseState } from './case.ts';
import type { Message } from './messages.ts';
import type { Effect, Refusal, Verdict } from './verdict.ts';
import type { ActionStatus } from './vocabulary.ts';

/** Who spoke: somebody signed in, a device that sent a signal, the courier, or the case itself. */
type Party = 'user' | 'device' | 'courier' | 'system';

/** One step of a case as it is recorded: its event, the state after it, and what it does, in one transaction. */
export type Step = {
  action_id: number;
  message_id: string;
  act: Message['act'];
  at: string;
  by: number | null;
  party: Party;
  /** Null for the opening: there was nothing before. */
  from: ActionStatus | null;
  next: CaseState;
  event: string;
  data: Record<string, unknown>;
  effects: Effect[];
};

/** What became of a message: the event that it made, the status after it, and when it came. */
export type Outcome = { event: string; status: string; at: string };

/** The step that a message makes of its verdict. */
export function stepOf(state: CaseState, message: Message, verdict: Verdict): Step {
  const { act, message_id, at, by } = message;
  const next: CaseState = { ...verdict.next, steps: (state.steps ?? 0) + 1 };
  return {
    ...{ action_id: state.action_id, message_id, act, at, by, party: partyOf(message) },
    ...{ from: act === 'opened' ? null : state.status, next, event: verdict.event },
    ...{ data: { ...verdict.data, ...noteIn(message) }, effects: verdict.effects ?? [] },
  };
}

/** What was written with a message is told with its event: why a case was cancelled, what the technician found. */
function noteIn({ payload }: Message): { note_id?: number } {
  // A signal can hold anything, or nothing: its refusal is a step too.
  const { note_id }: { note_id?: unknown } = Object(payload);
  return Number.isSafeInteger(note_id) ? { note_id: Number(note_id) } : {};
}

/** The step that keeps a refusal in the story, with what was possible instead: a device that cannot hear an answer leaves one that people see. */
export function refusedStep(state: CaseState, message: Message, refusal: Refusal): Step {
  const { refused, sentence, allowed } = refusal;
  const data = { act: message.act, refused, sentence, allowed };
  return stepOf(state, message, { next: state, event: 'refused', data });
}

function partyOf(message: Message): Party {
  switch (message.act) {
    case 'courier_report':
      return 'courier';
    case 'opened':
      return 'user';
    case 'caught_up':
    case 'reminder':
    case 'delivery_ordered':
    case 'delivery_refused':
    case 'pickup_terminated':
    case 'delivery_terminated':
      return 'system';
    default:
      return message.by === null ? 'device' : 'user';
  }
}
