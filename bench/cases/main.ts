import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { caseView } from '../../workflows/contract.ts';
import { bareSignal, bareUpdate, bareWorkflow, type Shape } from './bare-workflow.ts';
import { type Cost, costOf } from './history.ts';
import { open, type Played, play } from './play.ts';
import { inParallel, percentile, seconds } from './statistics.ts';
import { startBareWorker, startCaseWorkers } from './workers.ts';
import { startWorld, type World } from './world.ts';

/**
 * `npm run bench:cases [-- --cases 200 --open 5000 --width 32]`: cases from their
 * opening to their closing beside a bare workflow with the same activities, timers,
 * updates and signals, on the same Temporal server, in turns in the same run.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '200' },
    open: { type: 'string', default: '5000' },
    width: { type: 'string', default: '32' },
  },
});
const [cases, openCases, width] = [values.cases, values.open, values.width].map(Number);
const rounds = 4;

Runtime.install({ logger: new DefaultLogger('ERROR') });
const world = await startWorld();
try {
  await measure(world);
} finally {
  await world.stop();
}

async function measure(world: World): Promise<void> {
  let workers = await startCaseWorkers(world);
  const bare = await startBareWorker(world);
  const costs = await costsByType(world);
  console.table(costs);
  await compareSpeed(world, costs.maintenance);
  await bare.stop();
  await openMany(world);
  await workers.stop();
  const answered = await seconds(async () => {
    workers = await startCaseWorkers(world);
    await askAll(world);
  });
  console.log(`After a restart all ${openCases} answer within ${answered.toFixed(1)} s.`);
  await workers.stop();
}

async function costsByType(world: World) {
  const costOfOne = async (kind: Parameters<typeof play>[1]) =>
    costOf((await play(world, kind)).handle);
  return {
    maintenance: await costOfOne('maintenance'),
    replace_full: await costOfOne('replace_full'),
    return_refund: await costOfOne('return_refund'),
  };
}

/** In turns, so that a machine that slows down slows both. */
async function compareSpeed(world: World, shape: Cost): Promise<void> {
  const turn = Array.from({ length: Math.ceil((cases ?? 0) / rounds) }, (_, i) => i);
  const played: Played[] = [];
  const updates: number[] = [];
  let [forCases, forBare] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    forCases += await seconds(async () => {
      played.push(...(await inParallel(turn, width ?? 1, () => play(world, 'maintenance'))));
    });
    forBare += await seconds(async () => {
      updates.push(...(await inParallel(turn, width ?? 1, () => playBare(world, shape))));
    });
  }
  const total = turn.length * rounds;
  const scan = percentile(
    played.map(({ scanMs }) => scanMs),
    0.95,
  );
  const update = percentile(updates, 0.95);
  console.table({
    'maintenance cases a second': {
      measured: (total / forCases).toFixed(1),
      bare: (total / forBare).toFixed(1),
      ratio: (forBare / forCases).toFixed(2),
    },
    'scan to answer, p95, ms': {
      measured: scan.toFixed(0),
      bare: update.toFixed(0),
      ratio: (scan / update).toFixed(2),
    },
  });
}

/** Plays one bare workflow of this shape; gives how long its first update took, in milliseconds. */
async function playBare(
  { client }: World,
  { steps, calls, updates, signals }: Shape,
): Promise<number> {
  const handle = await client.workflow.start(bareWorkflow, {
    ...{ workflowId: `bare:${randomUUID()}`, taskQueue: 'bare' },
    args: [{ steps, calls, updates, signals }],
  });
  for (let i = 0; i < signals; i++) await handle.signal(bareSignal);
  const start = performance.now();
  await handle.executeUpdate(bareUpdate);
  const first = performance.now() - start;
  for (let i = 1; i < updates; i++) await handle.executeUpdate(bareUpdate);
  await handle.result();
  return first;
}

async function openMany(world: World): Promise<void> {
  const before = process.memoryUsage().rss;
  const many = Array.from({ length: openCases ?? 0 }, (_, i) => i);
  const opening = await seconds(() =>
    inParallel(many, width ?? 1, () => open(world, 'maintenance', true)),
  );
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  console.log(
    `${openCases} open cases on one worker: opened in ${opening.toFixed(1)} s, ${grown.toFixed(0)} MiB more memory.`,
  );
}

async function askAll({ sql, client }: World): Promise<void> {
  const rows = await sql<{ workflow_id: string }[]>`
    select workflow_id from service_actions where completed_at is null`;
  await inParallel(rows, width ?? 1, ({ workflow_id }) =>
    client.workflow.getHandle(workflow_id).query(caseView),
  );
}
