import { sleep } from '@temporalio/workflow';
import { bostaSync } from './bosta-sync.ts';
import { bostaSyncId } from './contract.ts';
import { startOnce } from './start-once.ts';

/** A full sync that finds another running asks again each minute for an hour: longer than a short one takes. */
const patience = 60;

/**
 * What the Schedules start: a sync under its one id, which a Schedule itself
 * cannot give, since it numbers its workflows. Where one runs a short sync is
 * not needed; a full one waits for its turn, or the night would bring none.
 */
export async function requestSync({ full = false }: { full?: boolean } = {}): Promise<boolean> {
  for (let tries = 0; tries <= (full ? patience : 0); tries++) {
    if (tries > 0) await sleep('1 minute');
    if (await startOnce(bostaSync, bostaSyncId, [{ full }])) return true;
  }
  return false;
}
