import type { Message } from '../domain/messages.ts';
import type { Refusal } from '../domain/verdict.ts';
import type { Answer } from './contract.ts';

/** What is said to a case. Nobody hears the answer to a signal. */
export type Letter = { message: Message; expectsAnswer: boolean };
export type Reply = Answer | Refusal;

/** The letters of one run of a case, handled one at a time in the order in which they came. */
export class Inbox {
  readonly #handle: (letter: Letter) => Promise<Reply>;
  readonly #known = new Map<string, Promise<Reply>>();
  #last: Promise<unknown> = Promise.resolve();
  #posted = 0;
  #handled = 0;

  constructor(handle: (letter: Letter) => Promise<Reply>) {
    this.#handle = handle;
  }

  /** How many letters have been handled. */
  get handled(): number {
    return this.#handled;
  }

  get isEmpty(): boolean {
    return this.#handled === this.#posted;
  }

  /** Whether this run has had a letter with this id. */
  knows(messageId: string): boolean {
    return this.#known.has(messageId);
  }

  /** Takes a message in, and gives its answer when its turn has come. The same message again is the same letter: one effect, one answer. */
  post(message: Message, expectsAnswer: boolean): Promise<Reply> {
    const known = this.#known.get(message.message_id);
    if (known) return known;
    const letter = { message, expectsAnswer };
    const reply = this.isEmpty ? this.#answer(letter) : this.#last.then(() => this.#answer(letter));
    this.#posted += 1;
    this.#last = reply;
    this.#known.set(message.message_id, reply);
    return reply;
  }

  async #answer(letter: Letter): Promise<Reply> {
    const reply = await this.#handle(letter);
    // What said nothing new may do so when it is posted again: a report that came before its delivery.
    if ('is_repeat' in reply && reply.is_repeat) this.#known.delete(letter.message.message_id);
    this.#handled += 1;
    return reply;
  }
}
