import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPolicy } from '../../domain/policy.ts';
import { caseView, serviceCaseId, signals, taskQueues } from '../../workflows/contract.ts';
import type { serviceCase } from '../../workflows/service-case.ts';
import { realClock } from '../support/case-clock.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { standing, standings } from '../support/case-states.ts';
import { replayAll } from '../support/histories.ts';

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
