import {
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type { Course } from './history.ts';

export const bareUpdate = defineUpdate<string, [said: unknown]>('bareUpdate');
export const bareSignal = defineSignal<[said: unknown]>('bareSignal');
export const bareQueues = { workflows: 'bare', calls: 'bare-calls' } as const;

/** What the bare worker offers: they do nothing. */
type BareActivities = {
  record: (step: unknown) => Promise<void>;
  call: (said: unknown) => Promise<void>;
};

const { record } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '10s' });
const { call } = proxyActivities<BareActivities>({
  startToCloseTimeout: '1m',
  taskQueue: bareQueues.calls,
});

/**
 * A workflow without business: what a case takes of Temporal, move by move, and with
 * what a case is told. Each message and each call is recorded by a local activity,
 * and each wait has a timer, as in a case; nothing is decided, stored, shown or sent.
 */
export async function bareWorkflow({ input, moves }: Course): Promise<unknown> {
  let recorded = 0;
  const note = async () => {
    await record(input);
    recorded += 1;
  };
  setHandler(bareUpdate, () => note().then(() => 'recorded'));
  setHandler(bareSignal, note);
  await condition(() => recorded === 1);
  for (const [index, { does, said }] of moves.entries()) {
    if (index === 0) continue;
    if (does === 'call') void call(said).then(note);
    await condition(() => recorded > index, '1 day');
  }
  return input;
}

/** Answers updates with nothing done for them: the fastest that an update can be. */
export async function bareDesk(): Promise<void> {
  setHandler(bareUpdate, () => 'heard');
  let isOver = false;
  setHandler(bareSignal, () => {
    isOver = true;
  });
  await condition(() => isOver);
}
