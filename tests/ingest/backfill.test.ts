import { afterAll, beforeAll, expect, test } from 'vitest';
import { backfillStatus } from '../../db/backfill-runs.ts';
import { bostaBackfillId, taskQueues } from '../../workflows/contract.ts';
import { until } from '../support/until.ts';
import { type SyncLab, startSyncLab } from './sync-lab.ts';

const deliveries = 900;
let lab: SyncLab;
beforeAll(async () => {
  lab = await startSyncLab(deliveries);
});
afterAll(() => lab?.stop());

function start(from: string | null, to: string | null) {
  return lab.temporal.client.workflow.start('bostaBackfill', {
    ...{ taskQueue: taskQueues.ingest, workflowId: bostaBackfillId, args: [{ from, to }] },
  });
}

const latest = () => backfillStatus(lab.database.sql);

test('a backfill says how far its parts have come together, what holds it up, and how it ended', async () => {
  expect(await latest()).toBeUndefined();
  await lab.courier.fault({ operation: 'search', kind: 'error_500', times: 40 });
  const running = await start('2020-01-01T00:00:00Z', null);
  await until('the status to tell of Bosta', async () => {
    const now = await latest();
    return now?.running === true && (now.error?.includes('HTTP 500') ?? false);
  });
  await lab.courier.clearFaults();
  const total = await running.result();
  expect(total).toMatchObject({ changed: deliveries, failed: 0 });
  expect(await latest()).toEqual({
    ...total,
    ...{ workflow_id: bostaBackfillId, running: false, error: null },
    ...{ date_from: '2020-01-01', date_to: null },
    ...{ started_at: expect.any(Date), finished_at: expect.any(Date) },
  });
});

test('the days of a backfill are shown as they were asked for, in Cairo', async () => {
  // 2026-06-01 to 2026-06-30 in Cairo, in summer time.
  await (await start('2026-05-31T21:00:00.000Z', '2026-06-30T21:00:00.000Z')).result();
  expect(await latest()).toMatchObject({ date_from: '2026-06-01', date_to: '2026-06-30' });
});

test('a backfill that somebody cancels has ended', async () => {
  await lab.courier.fault({ operation: 'search', kind: 'error_500', times: 400 });
  const running = await start(null, null);
  await until('the backfill to begin', async () => (await latest())?.running);
  await running.cancel();
  await expect(running.result()).rejects.toThrow();
  expect(await latest()).toMatchObject({ running: false, error: 'It was called off' });
  await lab.courier.clearFaults();
});
