import { z } from 'zod';
import { demoPassword } from '../../dev/demo-data.ts';
import { updates } from '../../workflows/contract.ts';
import type { World } from '../world.ts';
import type { Bare } from './bare.ts';
import type { Player } from './play.ts';
import { inParallel, range, seconds } from './statistics.ts';

/** How long each answer took, in milliseconds. */
export type Answers = { overHttp: number[]; asUpdate: number[]; bare: number[] };

const warmUps = 20;
/** The API has answered nobody before, while worker and server have played hundreds of cases. */
const warmUpsOfApi = 300;
const signedIn = z.object({ data: z.object({ token: z.string() }) });

/**
 * A parcel is scanned: over HTTP, as the hub does it and with the whole case as the
 * answer; as the update alone; and beside them an update for which nothing is done.
 * One after another in turns, on cases that wait for their scan.
 */
export async function compareScans(
  world: World,
  bare: Bare,
  player: Player,
  { count, width }: { count: number; width: number },
): Promise<Answers> {
  // The first ones prepare statements and fill caches: they are not the speed of the others.
  const all = count + warmUps;
  const cases = await inParallel(range(2 * all), width, async () => {
    const one = await player.open('maintenance');
    return { ...one, tracking_number: await player.bring(one) };
  });
  // As many as there are cases: the SDK looks through all that its worker keeps with each answer.
  const desks = await inParallel(range(2 * all), width, () => bare.desk());
  const authorization = `Bearer ${await signIn(world)}`;
  const answers: Answers = { overHttp: [], asUpdate: [], bare: [] };
  const [scannedAgain] = cases;
  if (scannedAgain) for (const _ of range(warmUpsOfApi)) await scan(scannedAgain.tracking_number);
  for (const index of range(all)) {
    const [first, second] = cases.slice(2 * index, 2 * index + 2);
    const desk = desks[index];
    if (!first || !second || !desk) continue;
    const said = { tracking_number: first.tracking_number };
    answers.bare.push(1000 * (await seconds(() => desk.ask(said))));
    answers.overHttp.push(1000 * (await seconds(() => scan(first.tracking_number))));
    answers.asUpdate.push(
      1000 *
        (await seconds(() =>
          second.handle.executeUpdate(updates.hub_scan, {
            args: [{ tracking_number: second.tracking_number }],
          }),
        )),
    );
  }
  await inParallel(desks, width, (desk) => desk.end());
  return {
    overHttp: answers.overHttp.slice(warmUps),
    asUpdate: answers.asUpdate.slice(warmUps),
    bare: answers.bare.slice(warmUps),
  };

  async function scan(tracking_number: string): Promise<void> {
    const answer = await fetch(`${world.api}/service-actions/hub-scan`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ tracking_number }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The scan of ${tracking_number} was refused: ${text}`);
  }
}

async function signIn({ api }: World): Promise<string> {
  const answer = await fetch(`${api}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'hub@hvar.local', password: demoPassword }),
  });
  return signedIn.parse(await answer.json()).data.token;
}
