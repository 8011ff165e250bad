import type { UpdateDefinition } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Act } from '../../domain/messages.ts';
import { type Said, signals, updates } from '../../workflows/contract.ts';
import { realClock } from '../support/case-clock.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { sayings, standing, standings } from '../support/case-states.ts';
import { opened, tell } from '../support/cases.ts';
import { until } from '../support/until.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab({ clock: realClock });
});
afterAll(() => lab.stop());

const updateOf: { [A in Act]: UpdateDefinition<unknown, [Said<A>]> } = updates;
type OpenCase = Awaited<ReturnType<CaseLab['open']>>;

/** Every act in every standing where it is possible. */
const possible = standings.flatMap(({ name, way, allowed }) =>
  allowed.map((act) => ({ act, name, way })),
);

async function recorded({ actionId }: OpenCase): Promise<string[]> {
  const rows = await lab.sql<{ event: string }[]>`
    select event from events where message_id = ${`${actionId}/once`}`;
  return rows.map(({ event }) => event);
}

/** An act that closes the case may leave its repeats unanswered here: the API then answers with what is recorded. */
const answersAmong = (told: PromiseSettledResult<unknown>[]) =>
  told.flatMap((answer) => (answer.status === 'fulfilled' ? (answer.value ?? []) : []));

test.each(possible)(
  'the same message twice has one answer and one effect: $act, $name',
  async ({ act, name, way }) => {
    const isSent = tell(opened(), ...way).to_send !== null;
    const aCase = await lab.open({}, (fresh) => {
      const state = standing(fresh, way);
      return act === 'hand_over' && isSent ? state : { ...state, to_send: null };
    });
    // Where no pickup is known yet only the case's own number can be scanned.
    const scanned = name === 'requested' ? { tracking_number: `HV-${aCase.actionId}` } : {};
    // All that can be decided on the return of a cancelled case.
    const left = act === 'return_decision' && name.startsWith('cancelled');
    const words = left ? { decision: 'cancel' } : act === 'hub_scan' ? scanned : {};
    const said = { ...sayings[act], ...words, message_id: 'once' };
    const say = () => aCase.handle.executeUpdate(updateOf[act], { args: [said as never] });
    const send = () => aCase.handle.signal<[unknown]>(signals[act].name, said);
    const answers = answersAmong(await Promise.allSettled([say(), send(), say(), send(), say()]));
    await Promise.allSettled([say(), send()]);
    await until('the event', async () => (await recorded(aCase)).length > 0);
    expect(await recorded(aCase)).toHaveLength(1);
    expect(await recorded(aCase)).not.toContain('refused');
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  },
);
