import type { UpdateDefinition } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acts, allowedActs } from '../../domain/acts.ts';
import type { Act } from '../../domain/messages.ts';
import { courierReport, type Said, signals, updates } from '../../workflows/contract.ts';
import { realClock } from '../support/case-clock.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { sayings, standing, standings } from '../support/case-states.ts';
import { findings } from '../support/cases.ts';
import { until } from '../support/until.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab({ clock: realClock });
});
afterAll(() => lab.stop());

const everyAct = Object.keys(acts) as Act[];
const updateOf: { [A in Act]: UpdateDefinition<unknown, [Said<A>]> } = updates;

type OpenCase = Awaited<ReturnType<CaseLab['open']>>;
const refusals = async (aCase: OpenCase) =>
  (await aCase.events()).filter((event) => event === 'refused').length;

describe('what is not possible now is refused with the status and what is, as an update and as a signal', () => {
  // Where something is to be sent Bosta has it at once, so that this standing does not last.
  const lasting = standings.filter(({ name }) => name !== 'in_progress, and repaired');

  test.each(lasting)('$name', async ({ way, allowed }) => {
    const aCase = await lab.open({}, (fresh) => ({ ...standing(fresh, way), to_send: null }));
    const { status, scan, ...state } = await aCase.look();
    const wrong = everyAct.filter((act) => !allowed.includes(act) && !(act === 'hub_scan' && scan));
    const wanted = allowedActs({ ...state, status, scan });
    for (const act of wrong) {
      const asked = aCase.handle.executeUpdate(updateOf[act], { args: [sayings[act] as never] });
      await expect(asked).rejects.toMatchObject({
        cause: { type: 'ACT_NOT_ALLOWED', details: [{ status, allowed: wanted }] },
      });
    }
    expect(await refusals(aCase)).toBe(0);
    for (const act of wrong) await aCase.handle.signal<[unknown]>(signals[act].name, sayings[act]);
    await until('every refusal to be told', async () => (await refusals(aCase)) === wrong.length);
    const told = await lab.sql`select from_status as status, data -> 'allowed' as allowed
      from events where action_id = ${aCase.actionId} and event = 'refused'`;
    expect([...told]).toEqual(wrong.map(() => ({ status, allowed: wanted })));
    expect(await aCase.look()).toMatchObject({ status, allowed: wanted });
  });
});

describe('what nobody can use is refused for all to see, and the case hears what comes next', () => {
  test.each<[string, string, unknown[]]>([
    ['nothing at all', signals.hub_scan.name, []],
    ['a text', signals.hub_scan.name, ['7001']],
    ['a control character', signals.hub_scan.name, [{ tracking_number: '7001\u0000' }]],
    ['a sender whom nobody knows', signals.edit.name, [{ priority: 'low', by: 999_999 }]],
    ['a sender who is none', signals.hub_scan.name, [{ tracking_number: '9', by: 'Mona' }]],
    ['a hub that is none', signals.edit.name, [{ hub_id: 999_999 }]],
    ['a note that is none', signals.cancel.name, [{ note_id: 'all' }]],
    ['a report without a time', courierReport.name, [{ tracking_number: '7001', state_code: 24 }]],
    ['an empty report', courierReport.name, []],
  ])('%s', async (_, name, args) => {
    const aCase = await lab.open();
    await aCase.whenIn('return_ordered');
    await aCase.handle.signal(name, ...args);
    await until('the refusal', async () => (await refusals(aCase)) === 1);
    await aCase.scan();
    expect((await aCase.look()).status).toBe('return_received');
  });

  test('a note that does not exist', async () => {
    const aCase = await lab.open();
    await aCase.whenIn('return_ordered');
    await aCase.scan();
    const args = [{ ...findings, note_id: 999_999 }] as const;
    const asked = aCase.handle.executeUpdate(updates.hub_inspection, { args: [...args] });
    await expect(asked).rejects.toMatchObject({ cause: { type: 'MESSAGE_UNUSABLE' } });
    await aCase.handle.executeUpdate(updates.hub_inspection, { args: [findings] });
    expect((await aCase.look()).status).toBe('hub_confirmed');
  });
});

describe('two at once', () => {
  test('of two leaders one decides, and the other hears what changed', async () => {
    const doubtful = standings.find(({ name }) => name === 'awaiting_review')?.way ?? [];
    const aCase = await lab.open({}, (fresh) => standing(fresh, doubtful));
    const decide = (decision: 'approved' | 'rejected') =>
      aCase.handle.executeUpdate(updates.team_leader_decision, { args: [{ decision }] });
    const answers = await Promise.allSettled([decide('approved'), decide('rejected')]);
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({
      cause: { message: expect.stringMatching(/since .+ \(reviewed\)/) },
    });
    expect((await aCase.events()).filter((event) => event === 'reviewed')).toHaveLength(1);
  });

  test('a cancellation and an inspection: whoever is first wins, and nothing is done twice', async () => {
    const aCase = await lab.open();
    await aCase.whenIn('return_ordered');
    await aCase.scan();
    await Promise.allSettled([
      aCase.handle.executeUpdate(updates.cancel, { args: [{}] }),
      aCase.handle.executeUpdate(updates.hub_inspection, { args: [findings] }),
      aCase.handle.executeUpdate(updates.cancel, { args: [{}] }),
    ]);
    const { status } = await aCase.look();
    const events = await aCase.events();
    expect(status).toBe('cancelled');
    expect(events.filter((event) => event === 'cancelled')).toHaveLength(1);
  });
});
