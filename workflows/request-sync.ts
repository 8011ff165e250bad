import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, sleep, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import { bostaSync } from './bosta-sync.ts';
import { bostaSyncId, taskQueues } from './contract.ts';

/** A full sync that finds another running waits this often for a minute, longer than any short one takes. */
const patience = 60;

/**
 * What the Schedules start: a sync under its one id, which a Schedule itself
 * cannot give, since it numbers its workflows. Where one runs a short sync is
 * not needed; a full one waits for its turn, or the night would bring none.
 */
export async function requestSync({ full = false }: { full?: boolean } = {}): Promise<boolean> {
  for (let tries = 0; tries <= (full ? patience : 0); tries++) {
    if (tries > 0) await sleep('1 minute');
    if (await startSync(full)) return true;
  }
  return false;
}

async function startSync(full: boolean): Promise<boolean> {
  try {
    await startChild(bostaSync, {
      workflowId: bostaSyncId,
      taskQueue: taskQueues.ingest,
      args: [{ full }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
