import type { World } from '../world.ts';
import type { Bare } from './bare.ts';
import { cpuOf } from './cpu.ts';
import type { Course } from './history.ts';
import type { Player } from './play.ts';
import { inParallel, median, range, seconds } from './statistics.ts';

/** Both sides of one round, in workflows a second, and the CPU that each workflow took, in milliseconds. */
type Turn = { perSecond: number; cpuMs: Record<string, number> };

export type Speed = { cases: Turn[]; bare: Turn[] };

/**
 * Maintenance cases from their opening to their closing, and bare workflows of
 * the same moves, in turns: what slows the machine down slows both.
 */
export async function compareSpeed(
  world: World,
  bare: Bare,
  player: Player,
  {
    course,
    count,
    rounds,
    width,
  }: { course: Course; count: number; rounds: number; width: number },
): Promise<Speed> {
  const speed: Speed = { cases: [], bare: [] };
  const turn = async (play: () => Promise<unknown>, some: number): Promise<Turn> => {
    const before = await cpuNow(world, bare);
    const took = await seconds(() => inParallel(range(some), width, play));
    const after = await cpuNow(world, bare);
    const cpuMs = Object.entries(after).map(([part, cpu]) => [
      part,
      Math.round(((cpu - (before[part] ?? 0)) * 1000) / some),
    ]);
    return { perSecond: some / took, cpuMs: Object.fromEntries(cpuMs) };
  };
  const each = Math.ceil(count / rounds);
  const playCase = () => player.play('maintenance');
  const playBare = () => bare.play(course);
  // What is compiled and cached with the first ones is not the speed of the others.
  await turn(playCase, width);
  await turn(playBare, width);
  for (const _ of range(rounds)) {
    speed.cases.push(await turn(playCase, each));
    speed.bare.push(await turn(playBare, each));
  }
  return speed;
}

/** The CPU that a workflow took in the middle one of these rounds, part by part, in milliseconds. */
export function cpuOfEach(turns: readonly Turn[]): Record<string, number> {
  const parts = Object.keys(turns[0]?.cpuMs ?? {});
  const middle = (part: string) => median(turns.map(({ cpuMs }) => cpuMs[part] ?? Number.NaN));
  return Object.fromEntries(parts.map((part) => [part, middle(part)]));
}

async function cpuNow(world: World, bare: Bare): Promise<Record<string, number>> {
  const { user, system } = process.cpuUsage();
  return {
    temporal: await cpuOf(world.pidOf('temporal')),
    worker: (await cpuOf(world.pidOf('worker'))) + (await cpuOf(bare.pid)),
    postgres: await cpuOf(world.pidOf('postgres')),
    'stand-in': await cpuOf(world.pidOf('bosta')),
    benchmark: (user + system) / 1e6,
  };
}
