import { MockActivityEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { bundleWorkflows } from '../../worker/create-workers.ts';
import { heartbeats } from '../../worker/heartbeats.ts';
import { bostaSyncId, taskQueues } from '../../workflows/contract.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.ts';
import { startWorkers, type Workers } from '../support/workers.ts';

let database: TestDatabase;
let temporal: TestTemporal;
let courier: Courier;
let workers: Workers | undefined;

beforeAll(async () => {
  [database, temporal] = await Promise.all([createTestDatabase(), connectTestTemporal()]);
  courier = await startCourier({ deliveries: 10, stepMs: 0 });
});
afterAll(async () => {
  await workers?.stop();
  await courier?.stop();
  await temporal?.close();
  await database?.drop();
});

test('what a worker took and died with is done by another, soon', async () => {
  const { client, nativeConnection: connection } = temporal;
  const parts = { sql: database.sql, bosta: courier.client };
  const activities = createActivities({ ...parts, temporal: client });
  const { namespace } = client.options;
  const alive = await Worker.create({
    ...{ connection, namespace, taskQueue: taskQueues.ingest, activities: activities.ingest },
    workflowBundle: await bundleWorkflows(),
  });
  const taken = await alive.runUntil(async () => {
    await client.workflow.start('bostaSync', {
      ...{ workflowId: bostaSyncId, taskQueue: taskQueues.ingest, args: [] },
    });
    // As a worker does that is killed as soon as Temporal gave it the page to read.
    return client.withDeadline(Date.now() + 60_000, () =>
      client.workflowService.pollActivityTaskQueue({
        ...{ namespace, taskQueue: { name: taskQueues.bosta }, identity: 'dead' },
      }),
    );
  });
  expect(taken.activityType?.name).toBe('syncPage');

  workers = await startWorkers({ client, connection, ...parts });
  await client.workflow.getHandle(bostaSyncId).result();
  expect(await database.sql`select 1 from orders`).toHaveLength(10);
}, 90_000); // a page alone may take two minutes

test.each([
  { isLocal: false, beats: 3 },
  { isLocal: true, beats: 0 },
])(
  'an activity says that it is at work as long as it is: $beats times where it is local: $isLocal',
  async ({ isLocal, beats }) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const environment = new MockActivityEnvironment({ isLocal }, { interceptors: [heartbeats] });
    let heard = 0;
    environment.on('heartbeat', () => {
      heard += 1;
    });
    await environment.run(() => vi.advanceTimersByTimeAsync(10_000));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard).toBe(beats);
  },
);
