import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDelivery } from '../../activities/bosta/read-delivery.ts';
import { orderColumns, orderRow } from '../../db/order-rows.ts';
import { many } from '../../db/query.ts';
import { bostaSyncId, taskQueues } from '../../workflows/contract.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.ts';
import { startWorkers, type Workers } from '../support/workers.ts';

let database: TestDatabase;
let temporal: TestTemporal;
let courier: Courier;
let workers: Workers;

beforeAll(async () => {
  [database, temporal] = await Promise.all([createTestDatabase(), connectTestTemporal()]);
  courier = await startCourier({ deliveries: 410, stepMs: 0 });
  workers = await start();
});
afterAll(async () => {
  await workers?.stop();
  await courier?.stop();
  await temporal?.close();
  await database?.drop();
});

function start(): Promise<Workers> {
  return startWorkers({
    ...{ client: temporal.client, connection: temporal.nativeConnection },
    ...{ sql: database.sql, bosta: courier.client },
  });
}

/** Asks for a sync; where one runs, that one. */
function sync() {
  return temporal.client.workflow.start('bostaSync', {
    ...{ workflowId: bostaSyncId, taskQueue: taskQueues.ingest, args: [{ full: false }] },
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

async function allAtBosta(): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let page = 1; ; page++) {
    const { deliveries } = await courier.client.search({ page, limit: 200, sortBy: '-updatedAt' });
    if (deliveries.length === 0) return found;
    found.push(...deliveries);
  }
}

/** What the newest payload alone decides, whatever other payloads said. */
const compared = [
  ...(['state_code', 'cod', 'notes', 'receiver_phone_raw', 'receiver_full_name'] as const),
  ...(['dropoff_first_line', 'business_reference', 'order_type_code', 'created_at'] as const),
];

/** What Postgres says otherwise than a search; and what a full read says otherwise too, since that knows more. */
async function differences(): Promise<string[]> {
  const rows = await many(
    orderRow,
    database.sql`select ${orderColumns(database.sql)} from orders o`,
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  const found = (await allAtBosta()).map(async (payload) => {
    const { order } = readDelivery(payload);
    const isOther = (truth: typeof order) =>
      compared.filter(
        (column) =>
          truth[column] !== null &&
          String(truth[column]) !== String(stored.get(order.id)?.[column]),
      );
    const columns = isOther(order);
    if (columns.length === 0) return [];
    const full = readDelivery(await courier.client.read(order.tracking_number ?? ''));
    return isOther(full.order)
      .filter((column) => columns.includes(column))
      .map((column) => `${order.tracking_number} ${column}: ${stored.get(order.id)?.[column]}`);
  });
  return (await Promise.all(found)).flat();
}

const position = fc.nat(400);
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.record({ move: position, to: fc.constantFrom(24, 41, 45, 46, 47) }) },
  { weight: 3, arbitrary: fc.record({ post: position, told: fc.constantFrom('now', 'never') }) },
  { weight: 2, arbitrary: fc.constant({ sync: true }) },
  {
    weight: 1,
    arbitrary: fc.record({
      fault: fc.constantFrom('error_500', 'malformed'),
    }),
  },
);
type Happening = {
  [K in 'move' | 'to' | 'post']?: number;
} & { told?: string; sync?: boolean; fault?: string };

async function happen(what: Happening, numbers: readonly string[]): Promise<void> {
  if (what.move !== undefined) await courier.move(numbers[what.move] ?? '', what.to ?? 24);
  else if (what.post !== undefined) {
    const known = Object(await courier.client.read(numbers[what.post] ?? ''));
    const updatedAt = what.told === 'now' ? new Date().toISOString() : undefined;
    await courier.post([{ ...known, updatedAt, notes: `posted ${Math.random()}` }]);
  } else if (what.fault !== undefined)
    await courier.fault({ operation: 'search', kind: what.fault, times: 1 });
  else await Promise.all([sync(), sync()]);
}

test('whatever happens while Bosta is read, in the end the orders are what Bosta says', async () => {
  const numbers = (await allAtBosta()).flatMap(
    (payload) => readDelivery(payload).order.tracking_number ?? [],
  );
  const story = fc.array<Happening>(happening, { minLength: 8, maxLength: 20 });
  let isRestarted = false;
  const restart = async () => {
    isRestarted = true;
    await courier.fault({ operation: 'search', kind: 'slow', times: 1 });
    await sync();
    await workers.stop();
    workers = await start();
  };
  await fc.assert(
    fc.asyncProperty(story, async (happenings) => {
      await sync();
      for (const what of happenings) await happen(what, numbers);
      if (!isRestarted) await restart();
      // What failed is let go, and what came during the last sync is read by one more.
      await sync().then((running) => running.result());
      await sync().then((running) => running.result());
      expect(await differences()).toEqual([]);
    }),
    { numRuns: 2, endOnFailure: true },
  );
}, 120_000);
