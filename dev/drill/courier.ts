import { z } from 'zod';
import { finalStates } from '../bosta/codes.ts';
import { createDice, type Dice } from '../bosta/dice.ts';
import { everyFault } from '../bosta/faults.ts';
import type { Tally } from './tally.ts';

const Deliveries = z.object({
  deliveries: z.array(
    z.object({
      creations: z.number(),
      payload: z.looseObject({ state: z.looseObject({ code: z.number() }) }),
    }),
  ),
});

export type DrillCourier = ReturnType<typeof createCourier>;

/** Bosta's stand-in by its control routes: what goes wrong there. */
export function createCourier(url: string, seed: number, tally: Tally) {
  const order = shuffled(everyFault, createDice(seed, 11));
  let turn = 0;

  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${url}/stand-in${path}`, {
      method,
      ...(body
        ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
        : {}),
    });
    if (!answer.ok) throw new Error(`The stand-in answered ${answer.status} to ${path}`);
    return answer.json();
  }
  const find = async (query: string) =>
    Deliveries.parse(await control('GET', `/deliveries?${query}`)).deliveries;

  return {
    /** Adds the next fault: each kind of each operation in turn, in an order of the seed's. */
    async addFault(): Promise<void> {
      const [operation = '', kind = ''] = order[turn++ % order.length] ?? [];
      await control('POST', '/faults', { operation, kind, times: 1 + (turn % 2) });
      tally.count('faults', operation);
      tally.count('fault kinds', kind);
    },
    clearFaults: () => control('DELETE', '/faults'),

    /** Lets a delivery that is under way fail, in one of the ways that couriers know. */
    async trouble(tracking: string, isPickup: boolean, dice: Dice): Promise<void> {
      const [found] = await find(`tracking=${tracking}`);
      if (!found || finalStates.has(found.payload.state.code)) return;
      const code = isPickup ? dice.pick([47, 48, 49, 100, 101]) : dice.pick([46, 48, 100, 101]);
      const times = code === 47 ? 4 : 1;
      for (let i = 0; i < times; i++)
        await control('POST', `/deliveries/${tracking}/state`, { code });
      tally.count('deliveries that failed', `${isPickup ? 'pickup' : 'delivery'} in ${code}`);
    },

    /** How many creations took effect under a reference. */
    creations: async (reference: string) =>
      (await find(`reference=${reference}`))[0]?.creations ?? 0,
  };
}

/** The same list in an order of the dice's. */
export function shuffled<T>(list: readonly T[], dice: Dice): T[] {
  return list
    .map((item) => ({ item, at: dice.roll() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
