import { allHandlersFinished, condition } from '@temporalio/workflow';
import { allowedActs } from '../domain/acts.ts';
import type { CaseState } from '../domain/case.ts';
import { decide, refusalOf } from '../domain/deciding/index.ts';
import type { Contents, Message, Report } from '../domain/messages.ts';
import type { Policy } from '../domain/policy.ts';
import { type Outcome, refusedStep, type Step, stepOf } from '../domain/step.ts';
import { isRefusal, type Refusal, refuse, type Verdict } from '../domain/verdict.ts';
import type { ActionStatus } from '../domain/vocabulary.ts';
import { recallMessage, recordStep } from './activities.ts';
import { Board } from './board.ts';
import type { Answer, CaseInput, CaseView } from './contract.ts';
import { EarlyReports } from './early-reports.ts';
import { Inbox, type Letter, type Reply } from './inbox.ts';
import { Listening } from './listening.ts';
import { failureOf, isRefused } from './said.ts';

/**
 * The desk of one case: every message, from whomever and however it comes, goes
 * into one inbox and is taken out one at a time, decided by the domain, recorded
 * in one transaction, and only then counts and is answered.
 */
export class CaseDesk {
  state: CaseState;
  readonly policy: Policy;
  readonly #inbox = new Inbox((letter) => this.#handle(letter));
  readonly #early = new EarlyReports();
  readonly #board: Board;
  readonly #listening: Listening;
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
    this.#listening = new Listening(state.action_id, {
      view: () => this.#view(),
      check: (message) => this.#check(message),
      ask: (message) => this.#ask(message),
      hear: (message) => this.#hear(message),
    });
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
    const message = this.#listening.message(act, payload, `${act}:${key}`, null);
    await this.#inbox.post(message, true);
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

  #view(): CaseView {
    const waiting_for = this.#board.waitingFor();
    return { ...this.state, waiting_for, allowed: allowedActs(this.state) };
  }

  /** What a case that was taken over does not remember may have been said before: that is asked where it can be. */
  #check(message: Message): void {
    if (!this.#remembersAll || this.#inbox.knows(message.message_id)) return;
    const refusal = refusalOf(this.state, message);
    if (refusal) throw failureOf(refusal);
  }

  async #ask(message: Message): Promise<Answer> {
    const reply = await this.#inbox.post(message, true);
    if (isRefused(reply)) throw failureOf(reply);
    return reply;
  }

  /** What comes as a signal: nobody waits for the answer. */
  #hear(message: Message): void {
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
    if (act === 'delivery_ordered') for (const early of this.#early.take()) this.#hear(early);
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
