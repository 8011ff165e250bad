/**
 * `npm run drill`: many cases at once while everything dies and Bosta misbehaves; then
 * everybody finishes, and all records must agree (docs/operations.md, "The drill").
 */
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sync, wreak } from './chaos.ts';
import { Clients } from './clients.ts';
import { createCourier } from './courier.ts';
import { type Plan, planOf } from './plan.ts';
import { createPlatform } from './platform.ts';
import { reportOf } from './report.ts';
import { type Staff, signInAll } from './staff.ts';
import { createStrays } from './strays.ts';
import { createTally } from './tally.ts';
import { verify } from './verify.ts';

const finishMs = 240_000;
const line = (text: string) => void process.stdout.write(`${text}\n`);
/** The same, with how many seconds the drill has run. */
const news = (text: string) => line(`${process.uptime().toFixed(0).padStart(4)} s  ${text}`);

const plan = planOf(process.argv.slice(2));
line(`Drill: ${plan.cases} cases, ${plan.minutes} minutes of trouble, seed ${plan.seed}`);
process.exitCode = (await drill(plan)) ? 0 : 1;

/** Runs the drill; true where nothing was lost, stuck, done twice or paid twice. */
async function drill(plan: Plan): Promise<boolean> {
  const startedAt = Date.now();
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'hvar-drill-'));
  await chmod(folder, 0o755); // as root, Postgres runs as another account that must reach its data
  const tally = createTally();
  const platform = await createPlatform(folder);
  try {
    await platform.start();
    const staff = await signInAll(platform.url, tally);
    const courier = createCourier(platform.standInUrl, plan.seed, tally);
    const strays = await createStrays(platform, tally);
    const clients = new Clients({ plan, staff, courier, strays, tally }, plan.minutes * 45_000);
    await wreak({ plan, platform, courier, staff, strays, tally, line: news });
    await courier.clearFaults();
    news('the faults end; everybody finishes');
    await finish(clients, staff);
    news('all is over; everything is compared');
    await verify({ platform, courier, strays, tally }, clients.cases);
    line(`\n${reportOf(clients.cases, tally, (Date.now() - startedAt) / 1_000)}\n`);
  } finally {
    await platform.end('SIGTERM');
  }
  return conclude(tally.violations(), folder);
}

/** Carries every case to its end; lost callbacks are made good by syncs, as every five minutes in real life. */
async function finish(clients: Clients, staff: Staff): Promise<void> {
  clients.finish();
  const until = Date.now() + finishMs;
  while (clients.open.length > 0 && Date.now() < until) {
    await sync({ staff });
    await sleep(2_000);
  }
  await clients.stop();
}

async function conclude(violations: string[], folder: string): Promise<boolean> {
  if (violations.length === 0) {
    await rm(folder, { recursive: true, force: true });
    line('Nothing lost, nothing stuck, nothing done twice.');
    return true;
  }
  line(`${violations.length} violations:\n${violations.map((text) => `- ${text}`).join('\n')}`);
  line(`What the drill ran on is kept in ${folder}.`);
  return false;
}
