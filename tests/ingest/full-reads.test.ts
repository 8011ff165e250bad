import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIngestActivities } from '../../activities/ingest.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.ts';

let database: TestDatabase;
let temporal: TestTemporal;
let courier: Courier;
let activities: ReturnType<typeof createIngestActivities>;
let minutes = 0;

beforeAll(async () => {
  [database, temporal] = await Promise.all([createTestDatabase(), connectTestTemporal()]);
  courier = await startCourier({ deliveries: 20, stepMs: 0 });
  activities = createIngestActivities({
    ...{ sql: database.sql, bosta: courier.client, temporal: temporal.client },
    clock: () => new Date(Date.now() + minutes++ * 60_000),
  });
  await activities.takePage(1);
});
afterAll(async () => {
  await courier?.stop();
  await temporal?.close();
  await database?.drop();
});

async function nextToRead(): Promise<string> {
  const [first = ''] = await activities.deliveriesToRead();
  return first;
}

test('a delivery whose full read cannot be taken in does not come before all others for ever', async () => {
  const odd = await nextToRead();
  await database.sql.unsafe(`alter table order_payloads add constraint no_full_read
    check (kind = 'search' or order_id <> '${await idOf(odd)}') not valid`);
  await activities.readBack(odd);
  const [failure] = await database.sql`select tracking_number, kind from sync_failures`;
  expect(failure).toEqual({ tracking_number: odd, kind: 'full' });
  expect(await activities.deliveriesToRead()).not.toContain(odd);
  await activities.beginSync({ run_id: 'five-minutes', is_full: false });
  expect(await activities.deliveriesToRead()).not.toContain(odd);
  await activities.beginSync({ run_id: 'night', is_full: true });
  expect(await activities.deliveriesToRead()).toContain(odd);
  await activities.readBack(odd);
});

test('a full read that says what it said before is read once, not again and again', async () => {
  const known = await nextToRead();
  await activities.readBack(known);
  await database.sql`update orders set last_synced = now() + ${`${minutes} min`}::interval
    where tracking_number = ${known}`;
  expect(await nextToRead()).toBe(known);
  minutes += 1;
  await activities.readBack(known);
  expect(await activities.deliveriesToRead()).not.toContain(known);
});

test('what a search tells while a delivery is read in full is still to be read', async () => {
  const known = await nextToRead();
  await activities.readBack(known);
  await database.sql`update orders set last_synced = now() + interval '1 day'
    where tracking_number = ${known}`;
  await activities.readBack(known);
  expect(await activities.deliveriesToRead()).toContain(known);
});

async function idOf(trackingNumber: string): Promise<string> {
  const [row] = await database.sql`select id from orders where tracking_number = ${trackingNumber}`;
  return row?.id;
}
