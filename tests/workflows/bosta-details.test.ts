import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BostaClient } from '../../activities/bosta/client.ts';
import { BostaError } from '../../activities/bosta/errors.ts';
import { createIngestActivities } from '../../activities/ingest.ts';
import { bostaDetailsId, taskQueues } from '../../workflows/contract.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.ts';
import { startWorkers, type Workers } from '../support/workers.ts';

let database: TestDatabase;
let temporal: TestTemporal;
let courier: Courier;
let workers: Workers;
let odd: string | undefined;

beforeAll(async () => {
  [database, temporal] = await Promise.all([createTestDatabase(), connectTestTemporal()]);
  courier = await startCourier({ deliveries: 12, stepMs: 0 });
  const read: BostaClient['read'] = async (trackingNumber) => {
    if (trackingNumber === odd) throw new BostaError('malformed', 'It is no delivery');
    return courier.client.read(trackingNumber);
  };
  const bosta = { ...courier.client, read };
  const parts = { sql: database.sql, bosta };
  workers = await startWorkers({
    ...{ client: temporal.client, connection: temporal.nativeConnection, ...parts },
  });
  await createIngestActivities({ ...parts, temporal: temporal.client }).takePage(1);
});
afterAll(async () => {
  await courier?.stop();
  await workers?.stop();
  await temporal?.close();
  await database?.drop();
});

test('a delivery that Bosta cannot show in full keeps none behind it from being read', async () => {
  const unread = () =>
    database.sql`select tracking_number from orders where full_read_at is null
      order by last_synced desc, id`;
  [odd] = (await unread()).map((row) => row.tracking_number);
  await temporal.client.workflow.execute('bostaDetails', {
    ...{ taskQueue: taskQueues.ingest, workflowId: bostaDetailsId, args: [] },
  });
  expect((await unread()).map((row) => row.tracking_number)).toEqual([odd]);
});
