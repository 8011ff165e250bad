import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { BostaClient } from '../../activities/bosta/client.ts';
import { createActivities } from '../../activities/index.ts';
import type { Sql } from '../../db/client.ts';
import { bundleWorkflows, createWorkers } from '../../worker/create-workers.ts';

type Parts = { client: Client; connection: NativeConnection; sql: Sql; bosta: BostaClient };

export type Workers = Awaited<ReturnType<typeof startWorkers>>;

/** The real workers, in this process. */
export async function startWorkers({ client, connection, sql, bosta }: Parts) {
  const { namespace } = client.options;
  const activities = createActivities({ sql, bosta, temporal: client });
  const options = { connection, namespace, activities, bostaCallsPerSecond: 1_000 };
  const workers = await createWorkers(options, await bundleWorkflows());
  const work = Promise.all(workers.map((worker) => worker.run()));
  return {
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await work;
    },
  };
}
