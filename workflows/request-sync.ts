import { ApplicationFailure, ChildWorkflowFailure } from '@temporalio/common';
import { type ChildWorkflowHandle, sleep, type Workflow } from '@temporalio/workflow';
import { bostaSync, syncFailed } from './bosta-sync.ts';
import { bostaSyncId } from './contract.ts';
import { startOnce } from './start-once.ts';

/** A full sync that finds another running asks again each minute for an hour: longer than a short one takes. */
const patience = 60;
/** One that Bosta ended is begun again, an hour later: the next night is far. */
const mostFullSyncs = 5;

/**
 * What the Schedules start: a sync under its one id, which a Schedule itself
 * cannot give, since it numbers its workflows. Where one runs a short sync is
 * not needed; a full one waits for its turn, or the night would bring none. Answers
 * whether a short one was started, and whether a full one read everything.
 */
export async function requestSync({ full = false }: { full?: boolean } = {}): Promise<boolean> {
  if (!full) return (await startOnce(bostaSync, bostaSyncId, [{ full }])) !== undefined;
  for (let syncs = 0; syncs < mostFullSyncs; syncs++) {
    if (syncs > 0) await sleep('1 hour');
    const end = await endOf(await startInTurn());
    if (end !== 'failed') return end === 'done';
  }
  return false;
}

async function startInTurn(): Promise<ChildWorkflowHandle<Workflow> | undefined> {
  for (let tries = 0; tries <= patience; tries++) {
    if (tries > 0) await sleep('1 minute');
    const sync = await startOnce(bostaSync, bostaSyncId, [{ full: true }]);
    if (sync) return sync;
  }
  return undefined;
}

/** How a sync ended: one that somebody stopped is not wanted, and one that never had its turn is nothing to wait for. */
async function endOf(
  sync: ChildWorkflowHandle<Workflow> | undefined,
): Promise<'done' | 'failed' | 'stopped'> {
  if (sync === undefined) return 'stopped';
  try {
    await sync.result();
    return 'done';
  } catch (error) {
    if (!(error instanceof ChildWorkflowFailure)) throw error;
    const { cause } = error;
    return cause instanceof ApplicationFailure && cause.type === syncFailed ? 'failed' : 'stopped';
  }
}
