import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  currentUpdateInfo,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { allowedActs } from '../domain/acts.ts';
import type { CaseState } from '../domain/case.ts';
import { decide, refusalOf } from '../domain/deciding/index.ts';
import {
  type Act,
  type Contents,
  type Message,
  messageOf,
  type Report,
} from '../domain/messages.ts';
import type { Policy } from '../domain/policy.ts';
import { refusedStep, type Step, stepOf } from '../domain/step.ts';
import { isRefusal, type Refusal, refuse, type Verdict } from '../domain/verdict.ts';
import type { ActionStatus } from '../domain/vocabulary.ts';
import { waitingFor } from '../domain/waiting.ts';
import { recordStep } from './activities.ts';
import {
  type Answer,
  type CaseInput,
  caseView,
  catchUp,
  courierReport,
  openCase,
  type Said,
  signals,
  updates,
} from './contract.ts';
import { show, shownAs } from './search-attributes.ts';

type Letter = { message: Message; expectsAnswer: boolean; reply?: Answer | Refusal };

/**
 * The desk of one case: every message, from whomever and however it comes, goes
 * into one inbox and is taken out one at a time, decided by the domain, recorded
 * in one transaction, and only then counts and is answered.
 */
export class CaseDesk {
  state: CaseState;
  readonly policy: Policy;
  readonly #inbox: Letter[] = [];
  readonly #letters = new Map<string, Letter>();
  #steps = 0;
  #unnamed = 0;
  #shown: ReturnType<typeof shownAs> | undefined;

  /** Takes the case over as it stands, and listens from the first moment on. */
  constructor({ state, policy }: CaseInput) {
    this.state = state;
    this.policy = policy;
    this.#listen();
    this.#show();
    void this.#work();
  }

  /** Whether the case is in one of these statuses. */
  isIn(...statuses: ActionStatus[]): boolean {
    return statuses.includes(this.state.status);
  }

  /** Puts a report of the case's own into the inbox, and comes back when it is recorded. */
  async tell<R extends Report>(act: R, payload: Contents[R], key: string): Promise<void> {
    await this.#answered(this.#post(this.#message(act, payload, `${act}:${key}`, null), true));
  }

  /** Waits until anything happens to the case, or until `ms` have passed; says whether something did. */
  async happens(ms: number, summary: string): Promise<boolean> {
    const before = this.#steps;
    return condition(() => this.#steps !== before, Math.max(ms, 1), { summary });
  }

  /** Waits until everybody who wrote has been answered. */
  async clear(): Promise<void> {
    await condition(() => this.#inbox.length === 0 && allHandlersFinished());
  }

  #listen(): void {
    setHandler(caseView, () => ({
      ...this.state,
      waiting_for: waitingFor(this.state, this.policy),
      allowed: allowedActs(this.state),
    }));
    setHandler(openCase, () => this.#ask(this.#message('opened', {}, 'opened:once', null)));
    setHandler(courierReport, ({ message_id, ...report }) => {
      this.#post(this.#message('courier_report', report, message_id, null), false);
    });
    setHandler(catchUp, () => {
      this.#post(this.#message('caught_up', {}, `caught_up:${this.#nameless()}`, null), false);
    });
    this.#hear('hub_scan', updates.hub_scan, signals.hub_scan);
    this.#hear('hub_inspection', updates.hub_inspection, signals.hub_inspection);
    this.#hear('team_leader_decision', updates.team_leader_decision, signals.team_leader_decision);
    this.#hear('assign', updates.assign, signals.assign);
    this.#hear('execute', updates.execute, signals.execute);
    this.#hear('return_decision', updates.return_decision, signals.return_decision);
    this.#hear('delivery_decision', updates.delivery_decision, signals.delivery_decision);
    this.#hear('cancel', updates.cancel, signals.cancel);
    this.#hear('edit', updates.edit, signals.edit);
  }

  /** A person's act: as an update it is checked at once and answered, as a signal it is taken as it comes. */
  #hear<A extends Act>(
    act: A,
    update: UpdateDefinition<Answer, [Said<A>]>,
    signal: SignalDefinition<[Said<A>]>,
  ): void {
    setHandler(update, (said) => this.#ask(this.#saying(act, said)), {
      validator: (said) => this.#check(this.#saying(act, said)),
    });
    setHandler(signal, (said) => {
      this.#post(this.#saying(act, said), false);
    });
  }

  #check(message: Message): void {
    if (this.#letters.has(message.message_id)) return;
    const refusal = refusalOf(this.state, message);
    if (refusal) throw failureOf(refusal);
  }

  #saying<A extends Act>(act: A, said: Said<A>): Message {
    return this.#message(act, said, said?.message_id ?? this.#nameless(), said?.by ?? null);
  }

  /**
   * An id for what came without one: an update has its own; a signal gets the next
   * number of this run. (Never a random one: validators are not replayed.)
   */
  #nameless(): string {
    const update = currentUpdateInfo();
    if (update) return update.id;
    this.#unnamed += 1;
    return `${workflowInfo().runId}:${this.#unnamed}`;
  }

  /** A message's id is unique beyond the case: the case's number stands before it. */
  #message<A extends Message['act']>(
    act: A,
    payload: Contents[A],
    id: string,
    by: number | null,
  ): Message {
    const message_id = `${this.state.action_id}/${id}`;
    return messageOf(act, payload, { message_id, by, at: new Date().toISOString() });
  }

  async #ask(message: Message): Promise<Answer> {
    const reply = await this.#answered(this.#post(message, true));
    if (isRefused(reply)) throw failureOf(reply);
    return reply;
  }

  /** The same message again is the same letter: one effect, one answer. */
  #post(message: Message, expectsAnswer: boolean): Letter {
    const known = this.#letters.get(message.message_id);
    if (known) return known;
    const letter = { message, expectsAnswer };
    this.#letters.set(message.message_id, letter);
    this.#inbox.push(letter);
    return letter;
  }

  async #answered(letter: Letter): Promise<Answer | Refusal> {
    await condition(() => letter.reply !== undefined);
    if (letter.reply === undefined) throw new Error('unreachable');
    return letter.reply;
  }

  async #work(): Promise<never> {
    for (;;) {
      await condition(() => this.#inbox.length > 0);
      const [letter] = this.#inbox;
      if (letter) letter.reply = await this.#handle(letter);
      this.#inbox.shift();
      this.#steps += 1;
    }
  }

  async #handle(letter: Letter): Promise<Answer | Refusal> {
    const { message, expectsAnswer } = letter;
    const verdict = decide(this.state, message, this.policy);
    const reply = isRefusal(verdict) ? verdict : await this.#carryOut(letter, verdict);
    // Nobody hears the refusal of a signal: it is shown in the case's story instead.
    if (isRefused(reply) && !expectsAnswer)
      await this.#record(letter, refusedStep(this.state, message, reply));
    return reply;
  }

  async #carryOut(letter: Letter, verdict: Verdict): Promise<Answer | Refusal> {
    const { message } = letter;
    if (verdict.is_repeat) return this.#answer(this.state.scan?.at ?? message.at, true);
    return this.#record(letter, stepOf(this.state, message, verdict));
  }

  /** Records a step and goes on from it; or from what is recorded of the case, where that is further. */
  async #record(letter: Letter, step: Step): Promise<Answer | Refusal> {
    const { refused, stands } = await recordStep(step);
    if (refused) return refuse(this.state, refused.refused, refused.sentence);
    this.state = stands?.state ?? step.next;
    this.#show();
    const isToBeDecidedAnew = stands !== undefined && !stands.is_known;
    return isToBeDecidedAnew ? this.#handle(letter) : this.#answer(letter.message.at, false);
  }

  #answer(at: string, is_repeat: boolean): Answer {
    return { status: this.state.status, at, is_repeat };
  }

  /** What staff see of the case in the Temporal Web UI. */
  #show(): void {
    const waiting = waitingFor(this.state, this.policy);
    const shown = shownAs(this.state, waiting);
    show(shown, this.#shown);
    this.#shown = shown;
    setCurrentDetails(
      waiting === null
        ? `**${this.state.status}**: closed.`
        : `**${this.state.status}**: ${waiting.sentence.en}.\n\n${waiting.sentence.ar}`,
    );
  }
}

function isRefused(reply: Answer | Refusal): reply is Refusal {
  return 'refused' in reply;
}

/** A refusal on its way to whoever asked: its code as the type, and what is allowed as details. */
function failureOf(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(refusal.sentence, refusal.refused, refusal);
}
