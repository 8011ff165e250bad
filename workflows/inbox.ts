import { condition } from '@temporalio/workflow';
import type { Message } from '../domain/messages.ts';
import type { Refusal } from '../domain/verdict.ts';
import type { Answer } from './contract.ts';

/** What is said to a case, and what it answered. Nobody hears the answer to a signal. */
export type Letter = { message: Message; expectsAnswer: boolean; reply?: Answer | Refusal };

/** The letters of one run of a case, handled one at a time in the order in which they came. */
export class Inbox {
  readonly #waiting: Letter[] = [];
  readonly #known = new Map<string, Letter>();
  #handled = 0;

  /** How many letters have been handled. */
  get handled(): number {
    return this.#handled;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Whether this run has had a letter with this id. */
  knows(messageId: string): boolean {
    return this.#known.has(messageId);
  }

  /** Takes a message in. The same message again is the same letter: one effect, one answer. */
  post(message: Message, expectsAnswer: boolean): Letter {
    const known = this.#known.get(message.message_id);
    if (known) return known;
    const letter = { message, expectsAnswer };
    this.#known.set(message.message_id, letter);
    this.#waiting.push(letter);
    return letter;
  }

  /** The same, and waits for the answer. */
  async ask(message: Message): Promise<Answer | Refusal> {
    const letter = this.post(message, true);
    await condition(() => letter.reply !== undefined);
    if (letter.reply === undefined) throw new Error('unreachable');
    return letter.reply;
  }

  /** Handles letters for as long as the workflow runs. */
  async work(handle: (letter: Letter) => Promise<Answer | Refusal>): Promise<never> {
    for (;;) {
      await condition(() => this.#waiting.length > 0);
      const [letter] = this.#waiting;
      if (letter) letter.reply = await handle(letter);
      // What said nothing new may do so when it is posted again: a report that came before its delivery.
      if (letter?.reply && 'is_repeat' in letter.reply && letter.reply.is_repeat)
        this.#known.delete(letter.message.message_id);
      this.#waiting.shift();
      this.#handled += 1;
    }
  }
}
