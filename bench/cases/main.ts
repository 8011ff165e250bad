import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openConsole } from '../../dev/console.ts';
import { startWorld } from '../world.ts';
import { startBare } from './bare.ts';
import { type Cost, costOf, courseOf } from './history.ts';
import { manyOpen } from './open-cases.ts';
import { createPlayer, type Kind } from './play.ts';
import { table } from './report.ts';
import { compareScans } from './scan.ts';
import { compareSpeed, cpuOfEach } from './speed.ts';

/**
 * `npm run bench:cases [-- --cases 400 --rounds 5 --scans 400 --open 5000 --width 32]`:
 * what cases cost beside what Temporal alone costs, on one machine, as `npm start` runs it.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    scans: { type: 'string', default: '400' },
    open: { type: 'string', default: '5000' },
    width: { type: 'string', default: '32' },
  },
});
const width = Number(values.width);
const kinds: Kind[] = ['maintenance', 'replace_full', 'return_refund'];

const world = await startWorld();
const player = createPlayer(world);
try {
  await measure();
} finally {
  await player.stop();
  await world.stop();
}

async function measure(): Promise<void> {
  const { step } = openConsole(process.stderr);
  const bare = await step('A worker of bare workflows', () => startBare(world));
  const costs = await step('One case of each type', costsOf);
  const course = await courseOf(await player.play('maintenance'));
  const bareCost = await costOf(await bare.play(course));
  requireSameShape(costs.maintenance, bareCost);
  const speed = await step('Cases and bare workflows, in turns', () =>
    compareSpeed(world, bare, player, {
      ...{ course, width, count: Number(values.cases), rounds: Number(values.rounds) },
    }),
  );
  const answers = await step('Scans and bare updates, in turns', () =>
    compareScans(world, bare, player, { count: Number(values.scans), width }),
  );
  await bare.stop();
  const open = await step('Many open cases, and a restart of their worker', () =>
    manyOpen(world, player, { count: Number(values.open), width }),
  );
  console.log('What one workflow takes of Temporal:');
  console.table({ ...costs, bare: bareCost });
  console.log('CPU that each workflow takes, in ms:');
  console.table({ case: cpuOfEach(speed.cases), bare: cpuOfEach(speed.bare) });
  console.table(table({ costs, speed, answers, open }));
  const [cpu, load = 0] = [cpus(), loadavg()[0]];
  console.log(
    `${cpu.length} × ${cpu[0]?.model}, load ${load.toFixed(1)}, ${new Date().toISOString()}`,
  );
}

async function costsOf(): Promise<Record<Kind, Cost>> {
  const costs: Partial<Record<Kind, Cost>> = {};
  for (const kind of kinds) costs[kind] = await costOf(await player.play(kind));
  return costs as Record<Kind, Cost>;
}

/** The comparison is fair only where both take the same of Temporal. */
function requireSameShape(ours: Cost, bare: Cost): void {
  for (const name of ['calls', 'records', 'timers', 'updates', 'signals'] as const) {
    if (ours[name] === bare[name]) continue;
    throw new Error(`A case has ${ours[name]} ${name}, the bare workflow ${bare[name]}`);
  }
}
