import { setTimeout as pause } from 'node:timers/promises';
import { caseView } from '../../workflows/contract.ts';
import type { World } from '../world.ts';
import { memoryOf } from './cpu.ts';
import type { Player } from './play.ts';
import { inParallel, range, seconds } from './statistics.ts';

/** Memory in MiB (resident), times in seconds. */
export type OpenCases = {
  opened: number;
  openedIn: number;
  memoryBefore: number;
  memory: number;
  memoryAtMost: number;
  answeredIn: number;
  memoryAfterRestart: number;
};

/** Opens many cases on the one worker, which then is stopped and starts again: until the last of all open cases answers. */
export async function manyOpen(
  world: World,
  player: Player,
  { count, width }: { count: number; width: number },
): Promise<OpenCases> {
  const worker = () => memoryOf(world.pidOf('worker'));
  const before = await worker();
  const openedIn = await seconds(() =>
    inParallel(range(count), width, () => player.open('maintenance', 'walk_in')),
  );
  const held = await worker();
  const ids = await openIds(world);
  const answeredIn = await seconds(async () => {
    await restartWorker(world);
    await inParallel(ids, width, (id) => answered(world, id));
  });
  const after = await worker();
  return {
    ...{ opened: ids.length, openedIn, answeredIn, memoryBefore: before.now },
    ...{ memory: held.now, memoryAtMost: Math.max(held.most, after.most) },
    memoryAfterRestart: after.now,
  };
}

async function openIds({ sql }: World): Promise<string[]> {
  const rows = await sql<{ workflow_id: string }[]>`
    select workflow_id from service_actions where completed_at is null`;
  return rows.map(({ workflow_id }) => workflow_id);
}

/** Stops the worker as a deployment does; its launcher starts it again. */
async function restartWorker(world: World): Promise<void> {
  const old = world.pidOf('worker');
  process.kill(old, 'SIGTERM');
  while (world.pidOf('worker') === old) await pause(20);
}

/** Asks until there is an answer: while no worker is there, there is none. */
async function answered({ client }: World, workflowId: string): Promise<void> {
  for (;;) {
    try {
      await client.workflow.getHandle(workflowId).query(caseView);
      return;
    } catch {
      await pause(100);
    }
  }
}
