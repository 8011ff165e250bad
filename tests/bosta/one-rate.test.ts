import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { bundleWorkflows, createWorkers } from '../../worker/create-workers.ts';
import type { bostaCallbacks } from '../../workflows/bosta-callbacks.ts';
import { bostaCallbacksId, taskQueues } from '../../workflows/contract.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.ts';

const bostaCallsPerSecond = 10;
const calls = 50;

let temporal: TestTemporal;
let database: TestDatabase;
let courier: Courier;
beforeAll(async () => {
  [temporal, database, courier] = await Promise.all([
    connectTestTemporal(),
    createTestDatabase(),
    startCourier({ stepMs: 0, deliveries: 0 }),
  ]);
});
afterAll(async () => {
  await Promise.all([temporal.close(), courier.stop()]);
  await database.drop();
});

/** A worker with a connection of its own, as another process has; instead of calling Bosta it says so. */
async function startWorker(called: () => void): Promise<() => Promise<void>> {
  const connection = await NativeConnection.connect({ address: temporal.address });
  const activities = createActivities({
    ...{ sql: database.sql, bosta: courier.client, temporal: temporal.client },
  });
  activities.ingest.waitingCallbacks = async () => due.splice(0);
  activities.bosta.ingestCallback = async () => {
    called();
    return { is_done: true };
  };
  const { namespace } = temporal;
  const options = { connection, namespace, activities, bostaCallsPerSecond };
  const workers = await createWorkers(options, await bundleWorkflows());
  const work = Promise.all(workers.map((worker) => worker.run()));
  return async () => {
    for (const worker of workers) worker.shutdown();
    await work;
    await connection.close();
  };
}

/** What all workers are asked for at once: a call for each of these. */
const due = Array.from({ length: calls }, (_, nth) => ({ tracking_number: `${nth}`, wait_ms: 0 }));

test('two workers together call Bosta no more often than one may', async () => {
  const made: { by: string; at: number }[] = [];
  const names = ['one', 'another'];
  const stops = await Promise.all(
    names.map((by) => startWorker(() => made.push({ by, at: Date.now() }))),
  );
  await temporal.client.workflow.execute<typeof bostaCallbacks>('bostaCallbacks', {
    ...{ workflowId: bostaCallbacksId, taskQueue: taskQueues.ingest },
  });
  await Promise.all(stops.map((stop) => stop()));
  expect(made).toHaveLength(calls);
  expect(new Set(made.map(({ by }) => by))).toEqual(new Set(names));
  const times = made.map(({ at }) => at);
  // Temporal lets a second's worth pass at once in the beginning. At a rate of each worker's own, all were done in half of this.
  const least = (calls / bostaCallsPerSecond - 2) * 1_000;
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(least);
});
