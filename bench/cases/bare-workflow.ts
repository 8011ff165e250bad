import {
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';

/** What a case takes of Temporal, counted in its history. */
export type Shape = { steps: number; calls: number; updates: number; signals: number };

export const bareUpdate = defineUpdate<string>('bareUpdate');
export const bareSignal = defineSignal('bareSignal');

type Nothing = { record: () => Promise<void>; call: () => Promise<void> };
const { record } = proxyLocalActivities<Nothing>({ startToCloseTimeout: '10s' });
const { call } = proxyActivities<Nothing>({ startToCloseTimeout: '10s', taskQueue: 'bare' });

/**
 * A workflow that does nothing, with the activities, timers, updates and signals
 * of a case in the order of a case: what Temporal alone costs.
 */
export async function bareWorkflow({ steps, calls, updates, signals }: Shape): Promise<void> {
  let heard = 0;
  let said = 0;
  let toRecord = steps - updates - calls;
  setHandler(bareUpdate, async () => {
    await record();
    heard += 1;
    return 'heard';
  });
  setHandler(bareSignal, () => {
    said += 1;
  });
  for (let done = 0; done < calls; done++) {
    await call();
    await record();
  }
  while (heard < updates || said < signals) {
    const before = heard + said;
    // As a case waits: with a reminder that most often is not needed.
    await condition(() => heard + said !== before, '1 day');
    if (toRecord-- > 0) await record();
  }
}
