import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import { currentUpdateInfo, setHandler, workflowInfo } from '@temporalio/workflow';
import { type Act, type Contents, type Message, messageOf } from '../domain/messages.ts';
import {
  type Answer,
  type CaseView,
  caseView,
  catchUp,
  courierReport,
  openCase,
  type Said,
  signals,
  updates,
} from './contract.ts';
import { idIn, senderIn } from './said.ts';
import { asScanned } from './scanned.ts';

/** What becomes of what is heard. */
type Hearer = {
  view: () => CaseView;
  /** Looks at what somebody asks before it counts; throws what is refused. */
  check: (message: Message) => void;
  ask: (message: Message) => Promise<Answer>;
  /** Takes what nobody waits for an answer to. */
  hear: (message: Message) => void;
};

/** Makes all that is said to a case into messages, whoever says it and however it comes: by update, by signal. */
export class Listening {
  readonly #actionId: number;
  readonly #to: Hearer;
  #unnamed = 0;

  /** Listens from now on. */
  constructor(actionId: number, to: Hearer) {
    this.#actionId = actionId;
    this.#to = to;
    setHandler(caseView, () => to.view());
    setHandler(openCase, () => to.ask(this.message('opened', {}, 'opened:once', null)));
    setHandler(courierReport, (report) => {
      const id = idIn(report) ?? this.#nameless();
      const payload = { ...report, message_id: undefined };
      to.hear(this.message('courier_report', payload, id, null));
    });
    setHandler(catchUp, () => {
      to.hear(this.message('caught_up', {}, `caught_up:${this.#nameless()}`, null));
    });
    this.#act('hub_scan', updates.hub_scan, signals.hub_scan, (said) => asScanned(said, actionId));
    this.#act('hub_inspection', updates.hub_inspection, signals.hub_inspection);
    this.#act('team_leader_decision', updates.team_leader_decision, signals.team_leader_decision);
    this.#act('assign', updates.assign, signals.assign);
    this.#act('execute', updates.execute, signals.execute);
    this.#act('return_decision', updates.return_decision, signals.return_decision);
    this.#act('delivery_decision', updates.delivery_decision, signals.delivery_decision);
    this.#act('hand_over', updates.hand_over, signals.hand_over);
    this.#act('cancel', updates.cancel, signals.cancel);
    this.#act('edit', updates.edit, signals.edit);
  }

  /** A message to this case, said now. Its id is unique beyond the case: the case's number stands before it. */
  message<A extends Message['act']>(
    act: A,
    payload: Contents[A],
    id: string,
    by: number | null,
  ): Message {
    const message_id = `${this.#actionId}/${id}`;
    return messageOf(act, payload, { message_id, by, at: new Date().toISOString() });
  }

  /** A person's act, in the words of the case: as an update it is checked at once and answered, as a signal it is taken as it comes. */
  #act<A extends Act>(
    act: A,
    update: UpdateDefinition<Answer, [Said<A>]>,
    signal: SignalDefinition<[Said<A>]>,
    read = (said: Said<A>) => said,
  ): void {
    setHandler(update, (said) => this.#to.ask(this.#saying(act, read(said))), {
      validator: (said) => this.#to.check(this.#saying(act, said)),
    });
    setHandler(signal, (said) => this.#to.hear(this.#saying(act, read(said))));
  }

  #saying<A extends Act>(act: A, said: Said<A>): Message {
    return this.message(act, said, idIn(said) ?? this.#nameless(), senderIn(said));
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
}
