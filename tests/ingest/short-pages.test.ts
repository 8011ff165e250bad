import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BostaClient } from '../../activities/bosta/client.ts';
import { bostaSyncId, taskQueues } from '../../workflows/contract.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.ts';
import { startWorkers, type Workers } from '../support/workers.ts';

const deliveries = 230;
/** No source confirms that Bosta gives as many as are asked for (bosta-api.md). */
const mostOfBosta = 20;

let database: TestDatabase;
let temporal: TestTemporal;
let courier: Courier;
let workers: Workers;
let emptyPages: number[] = [];

beforeAll(async () => {
  [database, temporal] = await Promise.all([createTestDatabase(), connectTestTemporal()]);
  courier = await startCourier({ deliveries, stepMs: 0 });
  const search: BostaClient['search'] = async (query) => {
    const found = await courier.client.search({ ...query, limit: mostOfBosta });
    const isEmpty = emptyPages[0] === query.page;
    if (isEmpty) emptyPages.shift();
    return isEmpty ? { ...found, deliveries: [] } : found;
  };
  workers = await startWorkers({
    ...{ client: temporal.client, connection: temporal.nativeConnection },
    ...{ sql: database.sql, bosta: { ...courier.client, search } },
  });
});
afterAll(async () => {
  await courier?.stop();
  await workers?.stop();
  await temporal?.close();
  await database?.drop();
});
beforeEach(() => database.sql`truncate orders, order_payloads cascade`);

function run(workflow: string, workflowId: string, args: object) {
  return temporal.client.workflow.execute(workflow, {
    ...{ taskQueue: taskQueues.ingest, workflowId, args: [args] },
  });
}

async function stored(): Promise<number> {
  const [row] = await database.sql`select count(*)::int as count from orders`;
  return row?.count;
}

test('a backfill reads everything, though Bosta gives fewer on a page than are asked for', async () => {
  const progress = await run('bostaBackfill', 'backfill', { from: null, to: null });
  expect(progress).toMatchObject({ failed: 0 });
  expect(await stored()).toBe(deliveries);
});

test('a page that is empty by mistake is no end: Bosta says that there are more', async () => {
  emptyPages = [2, 2];
  expect(await run('bostaSync', bostaSyncId, { full: true })).toMatchObject({ read: deliveries });
  expect(await stored()).toBe(deliveries);
});
