import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { CaseActivities } from '../activities/cases.ts';
import type { DeliveryActivities } from '../activities/deliveries.ts';
import type { IngestActivities } from '../activities/ingest.ts';
import { heartbeatTimeout, taskQueues } from './contract.ts';

/**
 * Recording is a local activity: an update answers in an eighth of the time that an ordinary one
 * takes (docs/decisions/0002-one-inbox-one-recorder.md). It is tried until Postgres is back.
 */
export const { recordStep, recallMessage } = proxyLocalActivities<CaseActivities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '100ms', maximumInterval: '10s' },
});

/**
 * Calls to Bosta: one queue, one rate. Tried for as long as Bosta is away; a refusal comes back as a
 * result. What a worker died with is tried after the whole minute: it may have been sent, and
 * Bosta's search shows that only after a while.
 */
export const { orderDelivery, callOffDelivery } = proxyActivities<DeliveryActivities>({
  taskQueue: taskQueues.bosta,
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', maximumInterval: '2m' },
});

/** Reading one delivery back: worth a few tries, since the sync reads it again anyway. */
export const { readBack } = proxyActivities<IngestActivities>({
  taskQueue: taskQueues.bosta,
  startToCloseTimeout: '1m',
  heartbeatTimeout,
  scheduleToCloseTimeout: '15m',
});
