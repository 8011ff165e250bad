import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import type { World } from '../world.ts';
import { bareDesk, bareQueues, bareSignal, bareUpdate, bareWorkflow } from './bare-workflow.ts';
import type { Course } from './history.ts';
import { Progress } from './progress.ts';

export type Bare = Awaited<ReturnType<typeof startBare>>;

/** Bare workflows on the same Temporal server, their worker a process of its own. */
export async function startBare({ address, client }: Pick<World, 'address' | 'client'>) {
  const progress = new Progress();
  const worker = fork(fileURLToPath(new URL('./bare-worker.ts', import.meta.url)), [address]);
  await ready(worker);
  worker.on('message', (workflowId) => progress.step(String(workflowId)));

  return {
    pid: worker.pid ?? 0,

    /** Plays a workflow that takes this course, each move when the one before is recorded, as a case is played. */
    async play(course: Course): Promise<WorkflowHandle> {
      const workflowId = `bare:${randomUUID()}`;
      const startWorkflowOperation = new WithStartWorkflowOperation(bareWorkflow, {
        ...{ workflowId, taskQueue: bareQueues.workflows, workflowIdConflictPolicy: 'FAIL' },
        args: [course],
      });
      await client.workflow.executeUpdateWithStart(bareUpdate, {
        ...{ startWorkflowOperation, args: [null] },
      });
      const handle = client.workflow.getHandle(workflowId);
      for (const [index, { does, said }] of course.moves.entries()) {
        const args: [unknown] = [said];
        if (index > 0 && does === 'update') await handle.executeUpdate(bareUpdate, { args });
        if (does === 'signal') await handle.signal(bareSignal, said);
        await progress.reaches(workflowId, index + 1);
      }
      await handle.result();
      progress.forget(workflowId);
      return handle;
    },

    /** Starts a workflow that only answers updates; gives what asks it, and ends it. */
    async desk() {
      const handle = await client.workflow.start(bareDesk, {
        ...{ workflowId: `bare-desk:${randomUUID()}`, taskQueue: bareQueues.workflows },
      });
      return {
        ask: (said: unknown) => handle.executeUpdate(bareUpdate, { args: [said] }),
        end: () => handle.signal(bareSignal, null),
      };
    },

    stop: async () => {
      worker.disconnect();
      await once(worker, 'exit');
    },
  };
}

async function ready(worker: ChildProcess): Promise<void> {
  const ended = once(worker, 'exit').then(() => 'ended' as const);
  const said = await Promise.race([once(worker, 'message'), ended]);
  if (said === 'ended') throw new Error('The bare worker did not start');
}
