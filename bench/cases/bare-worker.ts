import { fileURLToPath } from 'node:url';
import { activityInfo } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { makeCurrent } from '../../worker/namespace.ts';
import { bareQueues } from './bare-workflow.ts';

const workflowsPath = fileURLToPath(new URL('./bare-workflow.ts', import.meta.url));

/**
 * The worker of the bare workflows: a process of its own with a worker for each
 * task queue, versioned and set up as the platform's is. Tells its parent of each
 * step that it recorded, and ends with it.
 */
async function main(address: string): Promise<void> {
  process.on('disconnect', () => process.exit());
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  const version = { deploymentName: 'bench-bare', buildId: 'bare' };
  const workerDeploymentOptions = {
    ...{ version, useWorkerVersioning: true as const },
    defaultVersioningBehavior: 'AUTO_UPGRADE' as const,
  };
  const workers = await Promise.all([
    Worker.create({
      ...{ connection, workerDeploymentOptions, taskQueue: bareQueues.workflows },
      workflowsPath,
      bundlerOptions: { preloadModules: [workflowsPath] },
      activities: { record },
    }),
    Worker.create({
      ...{ connection, workerDeploymentOptions, taskQueue: bareQueues.calls },
      ...{ activities: { call: async () => {} }, maxTaskQueueActivitiesPerSecond: 500 },
    }),
  ]);
  const work = Promise.all(workers.map((worker) => worker.run()));
  await makeCurrent(client, version);
  process.send?.('ready');
  await work;
}

async function record(): Promise<void> {
  process.send?.(activityInfo().workflowExecution?.workflowId);
}

await main(process.argv[2] ?? '');
