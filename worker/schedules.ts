import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client';
import type { Sql } from '../db/client.ts';
import { hasSynced } from '../db/sync-runs.ts';
import { cairo } from '../domain/cairo-time.ts';
import type { bostaPlaces } from '../workflows/bosta-places.ts';
import type { bostaSync } from '../workflows/bosta-sync.ts';
import { bostaPlacesId, bostaSyncId, taskQueues } from '../workflows/contract.ts';

const policies = { overlap: 'SKIP', catchupWindow: '10 minutes' } as const;

/** What a night was to bring while nothing ran here is done when the machine is on again: at a desk that is each morning. */
const nightly = { ...policies, catchupWindow: '20 hours' } as const;

/** What happens by itself, and when. */
const schedules: ScheduleOptions[] = [
  {
    scheduleId: 'sync-every-5-minutes',
    spec: { intervals: [{ every: '5 minutes' }] },
    action: startOf('requestSync', { full: false }),
    policies,
  },
  {
    scheduleId: 'full-sync-every-night',
    spec: { calendars: [{ hour: 3, comment: 'at 03:00 in Cairo' }], timezone: cairo },
    action: startOf('requestSync', { full: true }),
    policies: nightly,
  },
  {
    scheduleId: 'places-every-night',
    spec: { calendars: [{ hour: 2, comment: 'at 02:00 in Cairo' }], timezone: cairo },
    action: startOf('bostaPlaces'),
    policies: nightly,
  },
  {
    scheduleId: 'care-every-minute',
    spec: { intervals: [{ every: '1 minute' }] },
    action: startOf('careForCases'),
    policies: { ...policies, catchupWindow: '1 minute' },
  },
  {
    scheduleId: 'check-every-night',
    spec: { calendars: [{ hour: 4, comment: 'at 04:00 in Cairo' }], timezone: cairo },
    action: startOf('nightlyCheck'),
    policies: nightly,
  },
];

function startOf(workflowType: string, ...args: unknown[]): ScheduleOptions['action'] {
  return { type: 'startWorkflow', workflowType, taskQueue: taskQueues.ingest, args };
}

/** Makes the schedules what they are here, those from an earlier start too: made once and left, they would drift. */
export async function upsertSchedules(client: Client): Promise<void> {
  for (const schedule of schedules) {
    try {
      await client.schedule.create(schedule);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule
        .getHandle(schedule.scheduleId)
        .update(({ state }) => ({ ...schedule, policies: schedule.policies ?? policies, state }));
    }
  }
}

/** Reads everything where no sync has ever ended well: a new installation does not wait for the clock. */
export async function startFirstSync(client: Client, sql: Sql): Promise<void> {
  if (await hasSynced(sql)) return;
  const options = {
    taskQueue: taskQueues.ingest,
    workflowIdConflictPolicy: 'USE_EXISTING',
  } as const;
  await client.workflow.start<typeof bostaPlaces>('bostaPlaces', {
    ...options,
    workflowId: bostaPlacesId,
  });
  await client.workflow.start<typeof bostaSync>('bostaSync', {
    ...options,
    workflowId: bostaSyncId,
    args: [{ full: true }],
  });
}
