import { proxyActivities } from '@temporalio/workflow';
import type { IngestActivities } from '../activities/ingest.ts';
import { heartbeatTimeout, taskQueues } from './contract.ts';

/** Our own database: tried until it is back. */
export const {
  beginSync,
  endSync,
  beginBackfill,
  endBackfill,
  waitingCallbacks,
  deliveriesToRead,
  tellCases,
} = proxyActivities<IngestActivities>({
  taskQueue: taskQueues.ingest,
  startToCloseTimeout: '30s',
  heartbeatTimeout,
  retry: { initialInterval: '500ms', maximumInterval: '30s' },
});

/** One call to Bosta each. Bosta away for half an hour ends a sync: the next one reads from the same watermark. */
export const { syncPage, lookAtPage, takePage, syncCities, syncDistricts } =
  proxyActivities<IngestActivities>({
    taskQueue: taskQueues.bosta,
    startToCloseTimeout: '2m',
    heartbeatTimeout,
    scheduleToCloseTimeout: '30m',
    retry: { initialInterval: '1s', maximumInterval: '1m' },
  });

/** One read. */
export const { ingestCallback } = proxyActivities<IngestActivities>({
  taskQueue: taskQueues.bosta,
  startToCloseTimeout: '1m',
  heartbeatTimeout,
  scheduleToCloseTimeout: '30m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/** A delivery that Bosta does not give now is read in full after a later sync: others wait behind it. */
export const { readBack: readDetails } = proxyActivities<IngestActivities>({
  taskQueue: taskQueues.bosta,
  startToCloseTimeout: '1m',
  heartbeatTimeout,
  scheduleToCloseTimeout: '10m',
  retry: { maximumAttempts: 3 },
});
