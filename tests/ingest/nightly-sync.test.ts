import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BostaClient } from '../../activities/bosta/client.ts';
import { bostaSyncId, taskQueues } from '../../workflows/contract.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { createTimeSkippingEnvironment } from '../support/temporal-test-server.ts';
import { until } from '../support/until.ts';
import { startWorkers, type Workers } from '../support/workers.ts';

const deliveries = 230;
let environment: TestWorkflowEnvironment;
let database: TestDatabase;
let courier: Courier;
let workers: Workers;
/** How many more pages Bosta answers with its first one. */
let lostPages = 0;

beforeAll(async () => {
  [environment, database] = await Promise.all([
    createTimeSkippingEnvironment(),
    createTestDatabase(),
  ]);
  courier = await startCourier({ deliveries, stepMs: 0 });
  const search: BostaClient['search'] = ({ page, ...query }) =>
    courier.client.search({ ...query, page: lostPages-- > 0 ? 1 : page });
  workers = await startWorkers({
    ...{ client: environment.client, connection: environment.nativeConnection },
    ...{ sql: database.sql, bosta: { ...courier.client, search } },
  });
});
afterAll(async () => {
  await courier?.stop();
  await workers?.stop();
  await environment?.teardown();
  await database?.drop();
});

function night(workflowId: string) {
  return environment.client.workflow.start('requestSync', {
    ...{ taskQueue: taskQueues.ingest, workflowId, args: [{ full: true }] },
  });
}

/** Of each full sync whether it came to its end; null while it runs. */
async function fullSyncs(): Promise<unknown[]> {
  const rows = await database.sql`select case when finished_at is not null then error is null end
      as is_done
    from sync_runs where is_full order by sync_run_id`;
  return rows.map(({ is_done }) => is_done);
}

test('a full sync that Bosta did not let come to its end is begun again in the same night', async () => {
  // Five pages in a row that show the same are the end of a sync, twice.
  lostPages = 10;
  expect(await (await night('a-night-with-trouble')).result()).toBe(true);
  expect(await fullSyncs()).toEqual([false, false, true]);
});

test('a full sync that somebody stopped is not begun again', async () => {
  const before = await fullSyncs();
  await courier.fault({ operation: 'search', kind: 'slow', times: 1 });
  const running = await night('a-night-that-is-stopped');
  await until('the sync to run', async () => (await fullSyncs()).length > before.length);
  await environment.client.workflow.getHandle(bostaSyncId).cancel();
  expect(await running.result()).toBe(false);
  expect(await fullSyncs()).toEqual([...before, false]);
});
