import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkWorkflows, standingOf } from '../../activities/check-workflows.ts';
import { recoverCases } from '../../activities/recovery.ts';
import { caseById } from '../../db/case-queries.ts';
import { caseStart, serviceCaseId, taskQueues } from '../../workflows/contract.ts';
import { startUnattendedApi, type UnattendedApi } from '../api/unattended.ts';
import { until } from '../support/until.ts';

let api: UnattendedApi;
beforeAll(async () => {
  api = await startUnattendedApi();
});
afterAll(() => api.stop());

const deps = () => ({ sql: api.sql, temporal: api.temporal.client });

async function openCase(key: string): Promise<number> {
  const agent = await api.as('agent');
  const opening = {
    ...{ action_type: 'maintenance', return_method: 'walk_in', service_reason: 'It stopped' },
    ...{ customer_phone: '01012345678', product_sku: 'BL-500' },
  };
  const headers = { 'idempotency-key': key };
  const { data } = await agent('POST', '/api/service-actions', opening, headers);
  return (data as { action_id: number }).action_id;
}

/** The case goes on in other code, comes to rest there, and that code is gone. */
async function goOnInOtherCode(id: number): Promise<void> {
  const { client, nativeConnection: connection, namespace } = api.temporal;
  const row = await caseById(api.sql, id);
  if (!row) throw new Error('There is no such case');
  const other = await Worker.create({
    ...{ connection, namespace, taskQueue: taskQueues.cases },
    workflowsPath: fileURLToPath(new URL('../support/other-code.ts', import.meta.url)),
  });
  const working = other.run();
  await client.workflow.getHandle(serviceCaseId(id)).terminate();
  const handle = await client.workflow.start('serviceCase', caseStart(row));
  await until('its timer', async () => {
    const { historyLength, raw } = await handle.describe();
    return historyLength > 5 && !raw.pendingWorkflowTask;
  });
  other.shutdown();
  await working;
}

test('a case that rests in a history which this code cannot replay is told of, and opened anew; no other waits for it', async () => {
  const before = await api.startWorkers();
  const [odd, sound] = [await openCase('odd'), await openCase('sound')];
  await before.stop();
  await goOnInOtherCode(odd);
  const workers = await api.startWorkers();

  expect(await checkWorkflows(deps())).toEqual([
    { area: 'workflow', action_id: odd, problem: expect.stringContaining('cannot go on') },
  ]);
  expect(await recoverCases(deps())).toEqual({ open: 2, opened: 0, caught_up: 1, ended: [] });
  for (const id of [odd, sound])
    await until('the case to stand where it is recorded', () =>
      standingOf(api.temporal.client, id),
    );
  await until('all to agree', async () => (await checkWorkflows(deps())).length === 0);
  await workers.stop();
}, 60_000);

test('without a worker a check says that one has to be started', async () => {
  // The answer that the client has in the end, sooner: by itself it waits for half a minute.
  const { connection } = api.temporal.client;
  const checked = connection.withDeadline(Date.now() + 2_000, () => checkWorkflows(deps()));
  await expect(checked).rejects.toThrow(/no worker/i);
});
