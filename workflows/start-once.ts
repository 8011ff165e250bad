import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { type ChildWorkflowHandle, startChild, type Workflow } from '@temporalio/workflow';
import { taskQueues } from './contract.ts';

/** Starts a workflow of the ingest that goes on by itself, under its one id; undefined where it runs already. */
export async function startOnce<T extends Workflow>(
  workflow: T,
  workflowId: string,
  args: Parameters<T>,
): Promise<ChildWorkflowHandle<Workflow> | undefined> {
  try {
    return await startChild<Workflow>(workflow, {
      ...{ workflowId, args, taskQueue: taskQueues.ingest },
      parentClosePolicy: 'ABANDON',
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
    throw error;
  }
}
