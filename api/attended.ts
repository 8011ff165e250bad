import type { Client } from '@temporalio/client';

type TaskQueue = Awaited<ReturnType<Client['workflowService']['describeTaskQueue']>>;
type Poller = NonNullable<TaskQueue['pollers']>[number];

/** A worker asks for work at least once a minute. */
const pollerMs = 70_000;
/** `temporal.api.enums.v1.WorkerVersioningMode`. */
const versioned = 2;

/**
 * Whether a worker asks for a queue's work and is of the build that gets it. Those of
 * other builds wait in vain, as the old ones do when the only worker of a new one is gone.
 */
export function isAttended({ pollers, versioningInfo }: TaskQueue, now: number): boolean {
  const current = versioningInfo?.currentDeploymentVersion?.buildId;
  const since = (now - pollerMs) / 1000;
  return (pollers ?? []).some(
    (poller) => Number(poller.lastAccessTime?.seconds ?? 0) > since && buildOf(poller) === current,
  );
}

/** Undefined of a worker without versions, which gets work where no build is current. */
function buildOf({ deploymentOptions }: Poller): string | undefined {
  if (deploymentOptions?.workerVersioningMode !== versioned) return undefined;
  return deploymentOptions.buildId ?? undefined;
}
