import {
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { seenSince, type WaitingFor, waitingFor } from '../domain/waiting.ts';
import { type CaseInput, stockSeen } from './contract.ts';
import { pairsOf, searchAttributes } from './search-attributes.ts';

/** What the Temporal Web UI shows of a case: what it is found by, and what it says in words. */
export class Board {
  readonly #of: Readonly<CaseInput>;
  /** Whether the case waits for a product that its hub has not got, by what the record said last; a further run goes on from what the one before showed. */
  #isShort = workflowInfo().typedSearchAttributes.get(searchAttributes.WaitingFor) === 'stock';

  /** Shows this case as it stands whenever it is asked to, and when stock comes or goes. */
  constructor(of: Readonly<CaseInput>) {
    this.#of = of;
    setHandler(stockSeen, (seen) => {
      this.see(seen?.is_short === true);
      this.describe();
      this.list();
    });
  }

  /** Takes note of whether the hub has the product that the case waits for. */
  see(isShort: boolean): void {
    this.#isShort = isShort;
  }

  /** Whom the case waits for; null once it is closed. */
  waitingFor(): WaitingFor | null {
    const { state, policy } = this.#of;
    const seen = seenSince(state, workflowInfo().startTime.toISOString());
    return waitingFor(seen, policy, this.#isShort);
  }

  /** Tells the server what changed; each upsert is an event in the history and a write of the server's list of cases, so none is made for nothing. */
  list(): void {
    const shown = workflowInfo().typedSearchAttributes;
    const changed = pairsOf(this.#of.state, this.#isShort).filter(
      ({ key, value }) => (shown.get(key) ?? null) !== value,
    );
    if (changed.length > 0) upsertSearchAttributes(changed);
  }

  /** What the Web UI says of the case in words. */
  describe(): void {
    const { status } = this.#of.state;
    const waiting = this.waitingFor();
    setCurrentDetails(
      waiting === null
        ? `**${status}**: closed.`
        : `**${status}**: ${waiting.sentence.en}.\n\n${waiting.sentence.ar}`,
    );
  }
}
