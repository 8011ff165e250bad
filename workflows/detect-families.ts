import {
  ActivityFailure,
  ApplicationFailure,
  continueAsNew,
  proxyActivities,
  rootCause,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { FamilyActivities, FamilyCursor } from '../activities/families.ts';
import { heartbeatTimeout, taskQueues } from './contract.ts';

const { beginFamilyRun, relinkNext, endFamilyRun } = proxyActivities<FamilyActivities>({
  taskQueue: taskQueues.ingest,
  startToCloseTimeout: '2m',
  heartbeatTimeout,
  scheduleToCloseTimeout: '1h',
  retry: { initialInterval: '500ms', maximumInterval: '30s' },
});

const stepsPerRun = 500;

/** Looks at the links of all orders anew, some hundred at a time, so that the ingest goes on between. Answers how many orders it looked at, and how many links are others now. */
export async function detectFamilies(
  cursor?: FamilyCursor,
): Promise<{ evaluated: number; changed: number }> {
  let at = cursor ?? (await beginFamilyRun(workflowInfo().firstExecutionRunId));
  try {
    for (let steps = 0; at.after !== null; steps++) {
      if (steps === stepsPerRun) await continueAsNew<typeof detectFamilies>(at);
      at = await relinkNext(at);
      setCurrentDetails(
        `${at.evaluated} of ${at.total} orders looked at, ${at.changed} links changed`,
      );
    }
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const reason = rootCause(error) ?? 'It failed';
    await endFamilyRun({ family_run_id: at.family_run_id, error: reason });
    throw ApplicationFailure.nonRetryable(`Linking ended: ${reason}`, 'detection_failed');
  }
  await endFamilyRun({ family_run_id: at.family_run_id, error: null });
  return { evaluated: at.evaluated, changed: at.changed };
}
