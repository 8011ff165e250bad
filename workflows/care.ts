import { proxyActivities, setCurrentDetails, sleep, workflowInfo } from '@temporalio/workflow';
import type { BostaCheck, CareActivities } from '../activities/care.ts';
import { lasting } from '../domain/difference.ts';
import { heartbeatTimeout, taskQueues } from './contract.ts';

const { openForgotten, catchUpCases, writeCheckRun } = proxyActivities<CareActivities>({
  taskQueue: taskQueues.ingest,
  startToCloseTimeout: '1m',
  heartbeatTimeout,
  // What cannot be done now the next minute does.
  scheduleToCloseTimeout: '5m',
});
const { checkRecords } = proxyActivities<CareActivities>({
  taskQueue: taskQueues.ingest,
  startToCloseTimeout: '30m',
  heartbeatTimeout,
  retry: { maximumInterval: '1m' },
});
const { checkBostaPage } = proxyActivities<BostaCheck>({
  taskQueue: taskQueues.bosta,
  startToCloseTimeout: '1m',
  heartbeatTimeout,
  retry: { maximumInterval: '2m' },
});

/** Every minute: a case whose opening or whose last step was lost with a process goes on. */
export async function careForCases(): Promise<void> {
  const opened = await openForgotten();
  const caughtUp = await catchUpCases();
  setCurrentDetails(
    `${opened} cases opened that were stored and not started, ${caughtUp} caught up`,
  );
}

/** How long a difference must last to be one: longer than a step, a callback or a sync takes. */
const longEnough = '10 minutes';

/** Every night: compares all that is recorded, here and at Bosta, and keeps what differs. Gives how much that is. */
export async function nightlyCheck(): Promise<number> {
  const started_at = new Date().toISOString();
  let differences = await checkAll();
  if (differences.length > 0) {
    await sleep(longEnough);
    differences = lasting(differences, await checkAll());
  }
  await writeCheckRun({ run_id: workflowInfo().runId, started_at, differences });
  setCurrentDetails(`${differences.length} differences`);
  return differences.length;
}

async function checkAll() {
  const differences = await checkRecords();
  for (let page = 1; ; page++) {
    const checked = await checkBostaPage(page);
    differences.push(...checked.differences);
    if (checked.is_last) return differences;
  }
}
