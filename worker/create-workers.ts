import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type NativeConnection,
  Worker,
  type WorkerDeploymentOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import { taskQueues } from '../workflows/contract.ts';
import { heartbeats } from './heartbeats.ts';

type WorkersOptions = {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  bostaCallsPerSecond: number;
  /** Unset in tests whose server knows no versions. */
  deployment?: WorkerDeploymentOptions['version'];
};

const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/**
 * The bundle of all workflows; made once, shared by all workers of a process. Its
 * modules are loaded once for all cases and frozen, instead of anew for each of
 * them: so no module of `workflows/` or `domain/` may keep anything of a case.
 */
export function bundleWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath,
    preloadModules: [workflowsPath],
    logger: new DefaultLogger('ERROR'),
  });
}

/**
 * How many cases a worker keeps in memory, at some 0.4 MiB each (bench/cases/open-cases.ts measures it).
 * A case lives for weeks and hears little: one that is not kept is replayed in
 * milliseconds when somebody speaks to it. The SDK's default grows with the machine.
 */
const casesInMemory = 1_000;

/** One worker for each task queue. All calls to Bosta go over one queue, and Temporal itself holds its rate for all workers. */
export async function createWorkers(
  options: WorkersOptions,
  workflowBundle: WorkflowBundleWithSourceMap,
): Promise<Worker[]> {
  const { connection, namespace, activities, deployment } = options;
  const interceptors = { activity: [heartbeats] };
  const shared = { connection, namespace, interceptors, ...versioned(deployment) };
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: taskQueues.cases,
      workflowBundle,
      maxCachedWorkflows: casesInMemory,
      activities: activities.cases,
    }),
    Worker.create({
      ...shared,
      taskQueue: taskQueues.ingest,
      workflowBundle,
      activities: activities.ingest,
    }),
    Worker.create({
      ...shared,
      taskQueue: taskQueues.bosta,
      activities: activities.bosta,
      maxTaskQueueActivitiesPerSecond: options.bostaCallsPerSecond,
    }),
  ]);
}

/** Open cases go on with the newest build; `patched` and replayed histories keep that safe (docs/changing-workflows.md). */
function versioned(version: WorkersOptions['deployment']) {
  if (version === undefined) return {};
  return {
    workerDeploymentOptions: {
      version,
      useWorkerVersioning: true as const,
      defaultVersioningBehavior: 'AUTO_UPGRADE' as const,
    },
  };
}
