import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, type Workflow } from '@temporalio/workflow';
import { taskQueues } from './contract.ts';

/** Starts a workflow of the ingest that goes on by itself, under its one id; false where it runs already. */
export async function startOnce<T extends Workflow>(
  workflow: T,
  workflowId: string,
  args: Parameters<T>,
): Promise<boolean> {
  try {
    await startChild<Workflow>(workflow, {
      ...{ workflowId, args, taskQueue: taskQueues.ingest },
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
