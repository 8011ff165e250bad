import type { Workflow } from '@temporalio/common';
import { z } from 'zod';
import { taskQueues } from '../workflows/contract.ts';
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
