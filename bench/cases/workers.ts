import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import { bundleWorkflows, createWorkers } from '../../worker/create-workers.ts';
import type { World } from './world.ts';

/** The workers of the platform, in this process, as fast as the stand-in answers. */
export async function startCaseWorkers({ client, native, sql, bosta }: World) {
  const workers = await createWorkers(
    {
      ...{ connection: native, namespace: client.options.namespace, bostaCallsPerSecond: 10_000 },
      activities: createActivities({ sql, bosta, temporal: client }),
    },
    await bundleWorkflows(),
  );
  return running(workers);
}

/** A worker of the bare workflow, in this process. */
export async function startBareWorker({ client, native }: World) {
  const nothing = async () => {};
  const worker = await Worker.create({
    ...{ connection: native, namespace: client.options.namespace, taskQueue: 'bare' },
    workflowsPath: fileURLToPath(new URL('./bare-workflow.ts', import.meta.url)),
    activities: { record: nothing, call: nothing },
  });
  return running([worker]);
}

function running(workers: Worker[]) {
  const work = Promise.all(workers.map((worker) => worker.run()));
  return {
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await work;
    },
  };
}
