import { afterAll, beforeAll, expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { bundleWorkflows, createWorkers } from '../../worker/create-workers.ts';
import type { bostaCallbacks } from '../../workflows/bosta-callbacks.ts';
import { bostaCallbacksId, callbackStored, taskQueues } from '../../workflows/contract.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.ts';
import { until } from '../support/until.ts';

let temporal: TestTemporal;
let database: TestDatabase;
let courier: Courier;
let stop: () => Promise<void>;
/** The deliveries whose callbacks are stored and not read back. */
const stored = new Set<string>();
/** Every delivery that was asked for, each time. */
const asked: string[] = [];
/** Who waits for Bosta to answer about the delivery `slow`. */
let answer: () => void = () => {};

/** The real workers, but for what they ask of Postgres and Bosta. */
beforeAll(async () => {
  [temporal, database, courier] = await Promise.all([
    connectTestTemporal(),
    createTestDatabase(),
    startCourier({ stepMs: 0, deliveries: 0 }),
  ]);
  const { client, namespace, nativeConnection: connection } = temporal;
  const deps = { sql: database.sql, bosta: courier.client, temporal: client };
  const activities = createActivities(deps);
  activities.ingest.waitingCallbacks = async () =>
    [...stored].map((tracking_number) => ({ tracking_number, wait_ms: 0 }));
  activities.bosta.ingestCallback = async (trackingNumber) => {
    asked.push(trackingNumber);
    if (trackingNumber === 'slow') await new Promise<void>((resolve) => (answer = resolve));
    return { is_done: stored.delete(trackingNumber) };
  };
  const options = { connection, namespace, activities, bostaCallsPerSecond: 1_000 };
  const workers = await createWorkers(options, await bundleWorkflows());
  const work = Promise.all(workers.map((worker) => worker.run()));
  stop = async () => {
    for (const worker of workers) worker.shutdown();
    await work;
  };
});
afterAll(async () => {
  await stop();
  await Promise.all([temporal.close(), courier.stop()]);
  await database.drop();
});

function arrive(trackingNumber: string) {
  stored.add(trackingNumber);
  return temporal.client.workflow.signalWithStart<typeof bostaCallbacks>('bostaCallbacks', {
    ...{ workflowId: bostaCallbacksId, taskQueue: taskQueues.ingest, signal: callbackStored },
  });
}

test('a delivery that Bosta is slow to give holds up no other, and is read once', async () => {
  const slow = await arrive('slow');
  await until('it to be asked for', async () => asked.includes('slow'));
  for (const quick of ['7001', '7002']) {
    await arrive(quick);
    await until(`${quick} to be read`, async () => !stored.has(quick));
  }
  expect([...stored]).toEqual(['slow']);
  answer();
  await slow.result();
  expect(stored.size).toBe(0);
  expect(asked).toEqual(['slow', '7001', '7002']);
});
