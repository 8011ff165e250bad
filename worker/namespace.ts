import { setTimeout as pause } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { searchAttributes } from '../workflows/contract.ts';

/** `temporal.api.enums.v1.IndexedValueType`. */
export const indexedValueType = { KEYWORD: 2, INT: 3 } as const;

/** Registers the search attributes that the namespace lacks: Temporal refuses to find a case by one that it does not know. */
export async function registerSearchAttributes({ connection, options }: Client): Promise<void> {
  const { namespace } = options;
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(searchAttributes).filter(
    ({ name }) => !(name in (known.customAttributes ?? {})),
  );
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(
      missing.map(({ name, type }) => [name, indexedValueType[type]]),
    ),
  });
}

const notYetPolling = [5, 9]; // NOT_FOUND, FAILED_PRECONDITION: no worker of the build has been seen yet

/**
 * Makes a build the current one, so that new and open cases go to it. A version
 * exists once a worker of it has polled: waits for that for up to a minute.
 */
export async function makeCurrent(client: Client, version: WorkerDeploymentVersion): Promise<void> {
  const { namespace, identity } = client.options;
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await client.connection.workflowService.setWorkerDeploymentCurrentVersion({
        ...{ namespace, identity, ...version },
        ignoreMissingTaskQueues: true,
      });
      return;
    } catch (error) {
      const isEarly = isGrpcServiceError(error) && notYetPolling.includes(error.code);
      if (!isEarly || Date.now() > deadline) throw error;
      await pause(200);
    }
  }
}
