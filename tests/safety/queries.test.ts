import { setTimeout as pause } from 'node:timers/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { standingOf } from '../../activities/check-workflows.ts';
import type { CaseState } from '../../domain/case.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { caseView, serviceCaseId, signals, taskQueues } from '../../workflows/contract.ts';
import type { serviceCase } from '../../workflows/service-case.ts';
import { realClock } from '../support/case-clock.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { standing, standings } from '../support/case-states.ts';
import { replayAll } from '../support/histories.ts';
import { until } from '../support/until.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab({ clock: realClock });
});
afterAll(() => lab.stop());

const scanned = standings.find(({ name }) => name === 'return_received')?.way ?? [];
/** A case that is taken over, and at once hears something and is asked where it stands; gives its history. */
async function askedAtOnce(): Promise<{ name: string; text: string }> {
  const { actionId, handle, look } = await lab.open({}, (fresh) => standing(fresh, scanned));
  const { waiting_for: _, allowed: __, ...state } = await look();
  await handle.terminate();
  await lab.client.workflow.start<typeof serviceCase>('serviceCase', {
    ...{ workflowId: serviceCaseId(actionId), taskQueue: taskQueues.cases },
    args: [{ state, policy: defaultPolicy }],
  });
  const again = lab.client.workflow.getHandle(serviceCaseId(actionId));
  const edit = { priority: 'urgent', message_id: 'edit' } as const;
  await Promise.all([
    again.signal(signals.edit, edit),
    again.query(caseView),
    again.query(caseView),
  ]);
  return { name: String(actionId), text: historyToJSON(await again.fetchHistory()) };
}

test('a case that was asked where it stands while it worked can be replayed', async () => {
  const histories = [];
  for (let round = 0; round < 6; round += 1)
    histories.push(...(await Promise.all(Array.from({ length: 10 }, askedAtOnce))));
  // Queries did come in the middle of tasks: Temporal was asked for another one at once.
  const cut = histories.filter(({ text }) => text.includes('request-from-RespondWorkflowTask'));
  expect(cut.length).toBeGreaterThan(0);
  expect(await replayAll(histories)).toEqual([]);
}, 60_000);

test('what a case hears while a query has it replayed is heard when it came, and not when it was heard of last', async () => {
  const cases = await Promise.all(
    Array.from({ length: 60 }, () => lab.open({}, (fresh) => standing(fresh, scanned))),
  );
  const recordOf = (actionId: number) =>
    until('the change to be recorded', async () => {
      const [row] = await lab.sql<{ at: Date; state: CaseState }[]>`
        select at, state from events join service_actions using (action_id)
        where action_id = ${actionId} and event = 'edited'`;
      return row;
    });
  // Longer than a task may take: before that nobody could tell that the clock stands still.
  await lab.sleep('11 seconds');
  await lab.restartWorkers();
  const began = new Date();
  for (const [index, { actionId, handle }] of cases.entries()) {
    const asked = handle.query(caseView);
    await pause(index % 8);
    await handle.signal(signals.edit, { priority: 'urgent', message_id: 'edit' });
    await asked;
    expect((await recordOf(actionId)).at.getTime()).toBeGreaterThan(began.getTime());
  }
  await lab.restartWorkers();
  for (const { actionId } of cases) {
    // A task that was on its way to a worker that has ended is given to the next one, seconds later.
    const stands = await until('the case to rest', async () => {
      const known = await standingOf(lab.client, actionId);
      return known !== 'busy' && known;
    });
    expect(stands).toEqual((await recordOf(actionId)).state);
  }
}, 90_000);
