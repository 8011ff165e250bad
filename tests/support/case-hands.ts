import type { UpdateDefinition } from '@temporalio/common';
import type { Act } from '../../domain/messages.ts';
import { type Said, updates } from '../../workflows/contract.ts';
import type { CaseLab } from './case-lab.ts';

type OpenCase = Awaited<ReturnType<CaseLab['open']>>;
const updateOf: { [A in Act]: UpdateDefinition<unknown, [Said<A>]> } = updates;

/** A case in hand, with what people and the courier do to it. */
export function hands(lab: CaseLab, aCase: OpenCase) {
  const say = <A extends Act>(act: A, said: Said<A>) =>
    aCase.handle.executeUpdate<unknown, [Said<A>]>(updateOf[act], { args: [said] });
  const pickup = async () =>
    (await aCase.when('a pickup', (view) => Boolean(view.pickup?.tracking_number))).pickup
      ?.tracking_number ?? '';
  const delivery = async (attempt = 1) =>
    (await aCase.when('a delivery', (view) => view.delivery?.attempt === attempt)).delivery
      ?.tracking_number ?? '';
  return {
    ...aCase,
    say,
    move: lab.courierMoves,
    movePickup: async (...codes: number[]) => lab.courierMoves(await pickup(), ...codes),
    collect: async () => lab.courierMoves(await pickup(), 22, 23, 24),
    failPickup: async (...codes: number[]) => {
      await lab.courierMoves(await pickup(), ...codes);
      await aCase.whenItWaitsFor('return_decision');
    },
    toTheHub: async () => {
      const tracking_number = await pickup();
      await lab.courierMoves(tracking_number, 22, 23, 24);
      await say('hub_scan', { tracking_number });
    },
    deliver: async (attempt?: number, code = 45) =>
      lab.courierMoves(await delivery(attempt), 21, 41, code),
  };
}

export type Hands = ReturnType<typeof hands>;
