import type { CaseState } from '../domain/case.ts';
import { isOnlyAskedFor } from '../domain/delivery-state.ts';
import type { Message } from '../domain/messages.ts';

/** The courier's reports of deliveries that their case does not know yet: after an unclear answer he can be faster than Bosta is. */
export class EarlyReports {
  readonly #kept = new Map<string, Message>();

  /** Keeps a message that said nothing to a case in this state, where it is such a report. */
  keep(message: Message, { pickup, delivery }: CaseState): void {
    if (message.act !== 'courier_report') return;
    const { tracking_number, state_code, exceptions } = message.payload;
    if (isOnlyAskedFor(state_code, exceptions)) return;
    if ([pickup, delivery].some((leg) => leg?.tracking_number === tracking_number)) return;
    this.#kept.set(message.message_id, message);
  }

  /** Gives them all, and keeps none. */
  take(): Message[] {
    const kept = [...this.#kept.values()];
    this.#kept.clear();
    return kept;
  }
}
