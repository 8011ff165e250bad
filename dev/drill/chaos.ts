import { setTimeout as sleep } from 'node:timers/promises';
import { createDice, type Dice } from '../bosta/dice.ts';
import { type DrillCourier, shuffled } from './courier.ts';
import type { Plan } from './plan.ts';
import type { DrillPlatform } from './platform.ts';
import type { Staff } from './staff.ts';
import type { Strays } from './strays.ts';
import type { Tally } from './tally.ts';

type Chaos = {
  plan: Plan;
  platform: DrillPlatform;
  courier: DrillCourier;
  staff: Staff;
  strays: Strays;
  tally: Tally;
  line: (text: string) => void;
};

const mortal = ['worker', 'api', 'temporal', 'postgres'] as const;
const faultEveryMs = 900;
/** In a long drill each part dies about once a minute: more often, and the launcher's pauses before a restart are all that is tested. */
const killEveryMs = { short: 4_500, long: 15_000 };
/** How often a part stands still, and for how long: in a long drill longer than a worker may be silent before another does its work. */
const freezes = {
  short: { everyMs: 5_000, forMs: 4_000 },
  long: { everyMs: 20_000, forMs: 20_000 },
};
const shortSpellMs = 30_000;
const syncEveryMs = 5_000;
const strayEveryMs = 4_000;

/** Everything that goes wrong, for as long as the plan says: three spells of faults, kills and standstills, between them an upgrade and the loss of Temporal's database. */
export async function wreak(chaos: Chaos): Promise<void> {
  const spellMs = (chaos.plan.minutes * 60_000) / 3;
  const next = {
    killed: inTurn(mortal, createDice(chaos.plan.seed, 13)),
    frozen: inTurn(mortal, createDice(chaos.plan.seed, 14)),
  };
  await spell(chaos, spellMs, next);
  await upgrade(chaos);
  await spell(chaos, spellMs, next);
  await loseTemporal(chaos);
  await spell(chaos, spellMs, next);
}

type Next = { killed: () => string; frozen: () => string };

async function spell(chaos: Chaos, lengthMs: number, next: Next): Promise<void> {
  const { courier, platform, strays, tally, line } = chaos;
  const until = Date.now() + lengthMs;
  const size = lengthMs < shortSpellMs ? 'short' : 'long';
  await Promise.all([
    every(faultEveryMs, until, () => courier.addFault()),
    every(syncEveryMs, until, () => sync(chaos)),
    every(strayEveryMs, until, () => strays.ofNobody()),
    every(freezes[size].everyMs, until, async () => {
      const name = next.frozen();
      line(`stands still: ${name}`);
      if (await platform.freeze(name, freezes[size].forMs)) tally.count('standstills', name);
    }),
    every(killEveryMs[size], until, async () => {
      const name = next.killed();
      if (!(await platform.kill(name))) return;
      tally.count('kills', name);
      line(`killed: ${name}`);
    }),
  ]);
}

/** Each of the list once, in an order of the dice's, then each once more in another order. */
function inTurn(list: readonly string[], dice: Dice): () => string {
  let left: string[] = [];
  return () => {
    if (left.length === 0) left = shuffled(list, dice);
    return left.shift() ?? '';
  };
}

async function every(ms: number, until: number, work: () => Promise<unknown>): Promise<void> {
  while (Date.now() + ms < until) {
    await sleep(ms);
    await work();
  }
}

/** A manager looks at Bosta: what a lost callback would have told is told now. */
export function sync({ staff }: Pick<Chaos, 'staff'>): Promise<unknown> {
  return staff.send({ role: 'manager', method: 'POST', path: '/sync', body: {} });
}

/** A new build of the worker takes the open cases over. */
async function upgrade({ platform, tally, line }: Chaos): Promise<void> {
  line('upgrade: the worker becomes another build, with cases open');
  await platform.end('SIGTERM');
  await platform.start('drill-2');
  tally.count('kills', 'upgrade to a new build');
}

/** The power fails, and Temporal's disk with it; Postgres is kept, and the cases are recovered from it. */
async function loseTemporal({ platform, tally, line }: Chaos): Promise<void> {
  line("lost: everything killed, Temporal's database gone");
  await platform.end('SIGKILL');
  await platform.wipeTemporal();
  await platform.start('drill-3');
  const { code, output } = await platform.hvar('recover');
  line(`recover: ${output}`);
  tally.count('kills', "loss of Temporal's database");
  if (code !== 0) tally.violated(`recover ended with ${code}: ${output}`);
}
