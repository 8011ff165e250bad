import type { Workflow } from '@temporalio/common';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import type { bostaCallbacks } from '../workflows/bosta-callbacks.ts';
import { bostaCallbacksId, callbackStored, taskQueues } from '../workflows/contract.ts';
import { toRefusal } from './cases/refusals.ts';
import type { Deps } from './deps.ts';

/** Where work that goes on by itself can be followed. */
export const startedWorkflow = z.object({ workflow_id: z.string() });

/** Starts a workflow of the ingest under its one id, or finds it running; refuses with CASE_ENGINE_UNAVAILABLE where Temporal does not answer in time. */
export async function startIngest<W extends Workflow>(
  { temporal, settings }: Deps,
  { workflow, workflowId, args }: { workflow: string; workflowId: string; args: Parameters<W> },
): Promise<z.infer<typeof startedWorkflow>> {
  try {
    const run = await temporal.withDeadline(Date.now() + settings.engineTimeoutMs, () =>
      temporal.workflow.start<Workflow>(workflow, {
        ...{ workflowId, args, taskQueue: taskQueues.ingest },
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    );
    return { workflow_id: run.workflowId };
  } catch (error) {
    throw toRefusal(error);
  }
}

/** Wakes who reads deliveries back for stored callbacks. What could not be passed on is found by the next wake, or the next sync. */
export async function wakeCallbacks({ temporal }: Deps, log: FastifyBaseLogger): Promise<void> {
  try {
    await temporal.workflow.signalWithStart<typeof bostaCallbacks>('bostaCallbacks', {
      workflowId: bostaCallbacksId,
      taskQueue: taskQueues.ingest,
      signal: callbackStored,
    });
  } catch (err) {
    log.warn({ err }, 'a callback is stored, but its workflow could not be woken');
  }
}
