import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import {
  allHandlersFinished,
  condition,
  currentUpdateInfo,
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
import { type Outcome, refusedStep, type Step, stepOf } from '../domain/step.ts';
import { isRefusal, type Refusal, refuse, type Verdict } from '../domain/verdict.ts';
import type { ActionStatus } from '../domain/vocabulary.ts';
import { recallMessage, recordStep } from './activities.ts';
import { Board } from './board.ts';
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
import { EarlyReports } from './early-reports.ts';
import { Inbox, type Letter, type Reply } from './inbox.ts';
import { failureOf, idIn, isRefused, senderIn } from './said.ts';
import { asScanned } from './scanned.ts';

/**
 * The desk of one case: every message, from whomever and however it comes, goes
 * into one inbox and is taken out one at a time, decided by the domain, recorded
 * in one transaction, and only then counts and is answered.
 */
export class CaseDesk {
  state: CaseState;
  readonly policy: Policy;
  readonly #inbox = new Inbox((letter) => this.#handle(letter));
  #unnamed = 0;
  readonly #early = new EarlyReports();
  readonly #board: Board;
  /** Whether every message of the case came in this run. */
  readonly #remembersAll: boolean;
  /** The latest moment that is known to be over, in milliseconds. */
  #latest = 0;

  /** Takes the case over as it stands, and listens from the first moment on. */
  constructor({ state, policy }: CaseInput) {
    this.state = state;
    this.policy = policy;
    this.#remembersAll = state.waiting === null;
    this.#board = new Board(this);
    this.#listen();
    this.#board.describe();
  }

  /** Whether the case is in one of these statuses. */
  isIn(...statuses: ActionStatus[]): boolean {
    return statuses.includes(this.state.status);
  }

  /**
   * The time, in milliseconds: Temporal's, but never before what is known to be over. Where a query
   * has the case replayed, and something comes meanwhile, Temporal's is that of the task before: it
   * stands still (docs/changing-workflows.md).
   */
  now(): number {
    return Math.max(Date.now(), this.#latest);
  }

  /** Puts a report of the case's own into the inbox, and comes back when it is recorded. */
  async tell<R extends Report>(act: R, payload: Contents[R], key: string): Promise<void> {
    await this.#inbox.post(this.#message(act, payload, `${act}:${key}`, null), true);
  }

  /**
   * Waits until anything happens to the case, `isEnough` says so, or `ms` have passed; false where only time did.
   * No timer starts while a letter is being handled: it would end in the same workflow task and leave no
   * trace, but for where a query makes the SDK report the task in two parts, and then no replay finds it.
   */
  async happens(ms: number, summary: string, isEnough = () => false): Promise<boolean> {
    const before = this.#inbox.handled;
    const isNews = () => this.#inbox.handled !== before || isEnough();
    if (!this.#inbox.isEmpty) await condition(() => isNews() || this.#inbox.isEmpty);
    return isNews() || condition(isNews, Math.max(ms, 1), { summary });
  }

  /** Staff find the case in Temporal's list as it stands now. What it passes through in milliseconds is not worth a write. */
  show(): void {
    this.#board.list();
  }

  /** Waits until everybody who wrote has been answered. */
  async clear(): Promise<void> {
    await condition(() => this.#inbox.isEmpty && allHandlersFinished());
    this.show();
  }

  #listen(): void {
    setHandler(caseView, () => ({
      ...this.state,
      waiting_for: this.#board.waitingFor(),
      allowed: allowedActs(this.state),
    }));
    setHandler(openCase, () => this.#ask(this.#message('opened', {}, 'opened:once', null)));
    setHandler(courierReport, (report) => {
      const id = idIn(report) ?? this.#nameless();
      const payload = { ...report, message_id: undefined };
      this.#hearOf(this.#message('courier_report', payload, id, null));
    });
    setHandler(catchUp, () => {
      this.#hearOf(this.#message('caught_up', {}, `caught_up:${this.#nameless()}`, null));
    });
    this.#hear('hub_scan', updates.hub_scan, signals.hub_scan, (said) =>
      asScanned(said, this.state.action_id),
    );
    this.#hear('hub_inspection', updates.hub_inspection, signals.hub_inspection);
    this.#hear('team_leader_decision', updates.team_leader_decision, signals.team_leader_decision);
    this.#hear('assign', updates.assign, signals.assign);
    this.#hear('execute', updates.execute, signals.execute);
    this.#hear('return_decision', updates.return_decision, signals.return_decision);
    this.#hear('delivery_decision', updates.delivery_decision, signals.delivery_decision);
    this.#hear('hand_over', updates.hand_over, signals.hand_over);
    this.#hear('cancel', updates.cancel, signals.cancel);
    this.#hear('edit', updates.edit, signals.edit);
  }

  /** A person's act, in the words of the case: as an update it is checked at once and answered, as a signal it is taken as it comes. */
  #hear<A extends Act>(
    act: A,
    update: UpdateDefinition<Answer, [Said<A>]>,
    signal: SignalDefinition<[Said<A>]>,
    read = (said: Said<A>) => said,
  ): void {
    setHandler(update, (said) => this.#ask(this.#saying(act, read(said))), {
      validator: (said) => this.#check(this.#saying(act, said)),
    });
    setHandler(signal, (said) => {
      this.#hearOf(this.#saying(act, read(said)));
    });
  }

  /** What a case that was taken over does not remember may have been said before: that is asked where it can be. */
  #check(message: Message): void {
    if (!this.#remembersAll || this.#inbox.knows(message.message_id)) return;
    const refusal = refusalOf(this.state, message);
    if (refusal) throw failureOf(refusal);
  }

  #saying<A extends Act>(act: A, said: Said<A>): Message {
    return this.#message(act, said, idIn(said) ?? this.#nameless(), senderIn(said));
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
    const reply = await this.#inbox.post(message, true);
    if (isRefused(reply)) throw failureOf(reply);
    return reply;
  }

  /** What comes as a signal: nobody waits for the answer. */
  #hearOf(message: Message): void {
    void this.#inbox.post(message, false);
  }

  async #handle(letter: Letter): Promise<Reply> {
    const { message, expectsAnswer } = letter;
    const verdict = decide(this.state, message, this.policy);
    const reply = isRefusal(verdict)
      ? ((await this.#recall(message)) ?? verdict)
      : await this.#carryOut(letter, verdict);
    // Nobody hears the refusal of a signal: it is shown in the case's story instead.
    if (isRefused(reply) && !expectsAnswer) await this.#showRefusal(letter, reply);
    return reply;
  }

  /** The answer that a message had in an earlier run; undefined where it is new. */
  async #recall({ message_id }: Message): Promise<Reply | undefined> {
    if (this.#remembersAll) return undefined;
    const known = await recallMessage(message_id);
    return known === null ? undefined : this.#answerOf(known);
  }

  /** A sender whom nobody knows cannot be recorded: the refusal then stands without one. */
  async #showRefusal(letter: Letter, refusal: Refusal): Promise<void> {
    const { message } = letter;
    const shown = await this.#record(letter, refusedStep(this.state, message, refusal));
    if (isRefused(shown)) {
      await this.#record(letter, refusedStep(this.state, { ...message, by: null }, refusal));
    }
  }

  #carryOut(letter: Letter, verdict: Verdict): Reply | Promise<Reply> {
    const { message } = letter;
    if (verdict.is_repeat) {
      this.#early.keep(message, this.state);
      return this.#answer(this.state.scan?.at ?? message.at, true);
    }
    return this.#record(letter, stepOf(this.state, message, verdict));
  }

  /** Records a step and goes on from it; or from what is recorded of the case, where that is further. */
  async #record(letter: Letter, step: Step): Promise<Reply> {
    const { refused, stands, is_short, heard_at } = await recordStep(step, this.now());
    if (heard_at !== undefined) {
      this.#latest = Date.parse(heard_at);
      return this.#handle({ ...letter, message: { ...letter.message, at: heard_at } });
    }
    if (refused) return refuse(this.state, refused.refused, refused.sentence);
    this.#board.see(is_short === true);
    this.state = stands?.state ?? step.next;
    this.#board.describe();
    const { act, at } = letter.message;
    this.#latest = Date.parse(at);
    if (act === 'delivery_ordered') for (const early of this.#early.take()) this.#hearOf(early);
    if (stands === undefined || act === 'caught_up') return this.#answer(at, false);
    return stands.known === null ? this.#handle(letter) : this.#answerOf(stands.known);
  }

  /** What was answered before is answered again. */
  #answerOf({ event, status, at }: Outcome): Reply {
    if (event !== 'refused') return { status, at, is_repeat: false };
    const sentence = 'This was refused before: send it as a new message.';
    return refuse(this.state, 'ACT_NOT_ALLOWED', sentence);
  }

  #answer(at: string, is_repeat: boolean): Answer {
    return { status: this.state.status, at, is_repeat };
  }
}
