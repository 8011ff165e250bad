import type { CaseState } from '../domain/case.ts';
import type { Message } from '../domain/messages.ts';

/** The courier's reports of deliveries that their case does not know yet: after an unclear answer he can be faster than Bosta is. */
export class EarlyReports {
  readonly #kept = new Map<string, Message>();

  /** Keeps a message that said nothing to a case in this state, where it is such a report. */
  keep(message: Message, { pickup, delivery }: CaseState): void {
    // That a delivery was asked for (10) is what its case will know of it anyway.
    if (message.act !== 'courier_report' || message.payload.state_code === 10) return;
    const { tracking_number } = message.payload;
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
