import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createIngestActivities } from '../../activities/ingest.ts';
import { maxAttempts, putOff, storeCallback } from '../../db/callbacks.ts';
import { many, one } from '../../db/query.ts';
import { syncStatus } from '../../db/sync-runs.ts';
import { upsertSchedules } from '../../worker/schedules.ts';
import {
  bostaCallbacksId,
  bostaSyncId,
  callbackStored,
  taskQueues,
} from '../../workflows/contract.ts';
import { until } from '../support/until.ts';
import { type SyncLab, startSyncLab } from './sync-lab.ts';

const deliveries = 450;
let lab: SyncLab;
beforeAll(async () => {
  lab = await startSyncLab(deliveries);
});
afterAll(() => lab?.stop());

const onIngest = { taskQueue: taskQueues.ingest };

function sync(full: boolean) {
  return lab.temporal.client.workflow.execute('bostaSync', {
    ...{ ...onIngest, workflowId: bostaSyncId, args: [{ full }] },
  });
}

function stored(trackingNumber: string) {
  return one(
    z.object({ state_code: z.number(), full_read_at: z.date().nullable() }),
    lab.database
      .sql`select state_code, full_read_at from orders where tracking_number = ${trackingNumber}`,
  );
}

async function aDeliveryOnTheRoad(): Promise<string> {
  const row = await one(
    z.object({ tracking_number: z.string() }),
    lab.database
      .sql`select tracking_number from orders where order_type_code = 10 and is_provisional
      order by tracking_number limit 1`,
  );
  return row.tracking_number;
}

test('a full sync brings every delivery though pages fail, and a second one finds nothing new', async () => {
  await lab.courier.fault({ operation: 'search', kind: 'error_500', times: 1 });
  await lab.courier.fault({ operation: 'search', kind: 'malformed', times: 1 });
  const all = { pages: 4, read: deliveries, failed: 0 };
  expect(await sync(true)).toEqual({ ...all, changed: deliveries });
  const [row] = await lab.database.sql`select count(*)::int as count from orders`;
  expect(row?.count).toBe(deliveries);
  expect(await sync(true)).toEqual({ ...all, changed: 0 });
});

test('what a search does not show is read in full after it, without being asked', async () => {
  await until('timelines to come in', async () => {
    const [row] = await lab.database
      .sql`select count(distinct order_id)::int as orders from timeline_events`;
    return row?.orders > 10;
  });
});

test('a sync reads what changed since the last one and no further, and says how far it came', async () => {
  const tracking = await aDeliveryOnTheRoad();
  await lab.courier.move(tracking, 45);
  expect(await sync(false)).toMatchObject({ pages: 2, changed: 1 });
  expect(await stored(tracking)).toMatchObject({ state_code: 45 });
  const status = await syncStatus(lab.database.sql);
  expect(status).toMatchObject({ running: false, full: false, pages: 2, changed: 1, error: null });
  expect(Date.now() - Number(status.watermark)).toBeLessThan(60_000);
});

test('a sync that Bosta holds up says by what while it runs, and no more when it goes on', async () => {
  await lab.courier.fault({ operation: 'search', kind: 'error_500', times: 2 });
  const running = sync(false);
  await until('the status to tell of Bosta', async () => {
    const { running: runs, error } = await syncStatus(lab.database.sql);
    return runs && (error?.includes('HTTP 500') ?? false);
  });
  await running;
  expect(await syncStatus(lab.database.sql)).toMatchObject({ running: false, error: null });
});

test('a backfill reads the pages of its time in parallel parts, and no others', async () => {
  const backfill = (workflowId: string, from: string | null, to: string | null) =>
    lab.temporal.client.workflow.execute('bostaBackfill', {
      ...{ ...onIngest, workflowId, args: [{ from, to }] },
    });
  await lab.database.sql`delete from order_payloads`;
  const all = await backfill('backfill-all', null, null);
  expect(all).toMatchObject({ failed: 0, changed: 0 });
  const [row] = await lab.database
    .sql`select count(*)::int as count from order_payloads where kind = 'search'`;
  expect(row?.count).toBe(deliveries);
  const [middle] = await lab.database
    .sql`select percentile_disc(0.9) within group (order by bosta_updated_at) as at from orders`;
  const late = await backfill('backfill-late', middle?.at.toISOString(), null);
  // The first of three, and the one behind it, which shows that nothing of that time is left.
  expect(late).toMatchObject({ pages: 2, read: 400 });
});

test('a sync that was asked for while one runs is that one', async () => {
  await lab.courier.fault({ operation: 'search', kind: 'slow', times: 1 });
  const options = { ...onIngest, workflowId: bostaSyncId, args: [{ full: false }] };
  const running = await lab.temporal.client.workflow.start('bostaSync', options);
  const skipped = await lab.temporal.client.workflow.execute('requestSync', {
    ...{ ...onIngest, workflowId: 'asked-meanwhile', args: [{}] },
  });
  expect(skipped).toBe(false);
  await running.result();
});

test('a callback is a hint: its delivery is read back in full, and one that nobody knows is tried again', async () => {
  const tracking = await aDeliveryOnTheRoad();
  await lab.courier.move(tracking, 47);
  const { sql } = lab.database;
  await storeCallback(sql, {
    tracking_number: tracking,
    json: JSON.stringify({ trackingNumber: tracking, state: 10 }),
  });
  await storeCallback(sql, {
    tracking_number: tracking,
    json: JSON.stringify({ trackingNumber: tracking, state: 47 }),
  });
  await storeCallback(sql, { tracking_number: '40000608', json: '{"trackingNumber": 40000608}' });
  await sql`update bosta_callbacks set attempts = 7 where tracking_number = '40000608'`;
  const drained = await lab.temporal.client.workflow.signalWithStart('bostaCallbacks', {
    ...{ ...onIngest, workflowId: bostaCallbacksId, signal: callbackStored },
  });
  await drained.result();
  expect(await stored(tracking)).toMatchObject({ state_code: 47, full_read_at: expect.any(Date) });
  const left = await many(
    z.object({
      tracking_number: z.string(),
      attempts: z.number(),
      given_up: z.boolean(),
      last_error: z.string(),
    }),
    sql`select tracking_number, attempts, given_up_at is not null as given_up, last_error
      from bosta_callbacks where processed_at is null`,
  );
  expect(left).toEqual([
    {
      ...{ tracking_number: '40000608', attempts: 8, given_up: true },
      last_error: expect.stringContaining('does not know the delivery'),
    },
  ]);
});

test('a callback is done when its delivery was read, though our clock is an hour behind that of Postgres', async () => {
  const tracking_number = await aDeliveryOnTheRoad();
  const { sql } = lab.database;
  const deps = { sql, bosta: lab.courier.client, temporal: lab.temporal.client };
  const clock = () => new Date(Date.now() - 3_600_000);
  await storeCallback(sql, { tracking_number, json: '{}' });
  await createIngestActivities({ ...deps, clock }).ingestCallback(tracking_number);
  const left = await sql`select from bosta_callbacks
    where tracking_number = ${tracking_number} and processed_at is null`;
  expect(left.length).toBe(0);
});

test('a callback that was given up while Bosta was away is done when its delivery is read after a sync', async () => {
  const tracking_number = await aDeliveryOnTheRoad();
  const { sql } = lab.database;
  await storeCallback(sql, { tracking_number, json: '{}' });
  for (let tries = 0; tries < maxAttempts; tries++)
    await putOff(sql, tracking_number, { message: 'Bosta is away' });
  const deps = { sql, bosta: lab.courier.client, temporal: lab.temporal.client };
  await createIngestActivities(deps).readBack(tracking_number);
  const left = await sql`select from bosta_callbacks
    where tracking_number = ${tracking_number} and processed_at is null`;
  expect(left.length).toBe(0);
});

test('the schedules are made once, however often workers start, and make up for a night without them', async () => {
  await upsertSchedules(lab.temporal.client);
  await upsertSchedules(lab.temporal.client);
  const ids: string[] = [];
  for await (const { scheduleId } of lab.temporal.client.schedule.list()) ids.push(scheduleId);
  const expected = ['full-sync-every-night', 'places-every-night', 'sync-every-5-minutes'];
  expect(ids).toEqual(expect.arrayContaining(expected));
  expect(new Set(ids).size).toBe(ids.length);
  const { policies } = await lab.temporal.client.schedule
    .getHandle('full-sync-every-night')
    .describe();
  // A machine that is off at night does it in the morning.
  expect(policies.catchupWindow).toBe(20 * 3_600_000);
  for (const id of ids) await lab.temporal.client.schedule.getHandle(id).delete();
});

test('cities and districts are taken in with both their names', async () => {
  const places = await lab.temporal.client.workflow.execute('bostaPlaces', {
    ...{ ...onIngest, workflowId: 'places', args: [] },
  });
  const [row] = await lab.database.sql`select (select count(*)::int from cities) as cities,
    (select count(*)::int from districts where name_ar is not null) as districts`;
  expect(row).toEqual(places);
});
