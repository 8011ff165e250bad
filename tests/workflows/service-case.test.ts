import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courierReport, openCase, updates } from '../../workflows/contract.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { standing, standings } from '../support/case-states.ts';
import { findings, type Told } from '../support/cases.ts';
import { until } from '../support/until.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab();
});
afterAll(() => lab.stop());

test('a case is not told that the delivery which it made itself was asked for', async () => {
  const aCase = await lab.open();
  await aCase.whenIn('return_ordered');
  const [told] = await lab.sql`select from courier_reports
    where action_id = ${aCase.actionId} and sent_at is not null and report ->> 'state_code' = '10'`;
  expect(told).toBeDefined();
  const { events } = await aCase.handle.fetchHistory();
  const signals = events?.filter((event) => event.workflowExecutionSignaledEventAttributes);
  expect(signals).toEqual([]);
});

describe('waiting', () => {
  test('a review that nobody decides is reminded after 4 hours and escalated after 8', async () => {
    const aCase = await lab.open();
    await aCase.whenIn('return_ordered');
    await aCase.scan();
    await aCase.handle.executeUpdate(updates.hub_inspection, {
      args: [{ ...findings, quality_score: 2 }],
    });
    const asked = await aCase.look();
    expect(asked.waiting_for).toMatchObject({ who: 'leader', what: 'review' });
    const { since = '', until = '' } = asked.waiting_for ?? {};
    expect(Date.parse(until) - Date.parse(since)).toBe(4 * 3_600_000);

    await lab.sleep('241 minutes');
    expect(await aCase.events()).toContain('reminded');
    expect(await aCase.events()).not.toContain('escalated');
    await lab.sleep('4 hours');
    expect(await aCase.events()).toContain('escalated');
    expect((await aCase.look()).status).toBe('awaiting_review');
  });

  const wayTo = (wanted: string) => standings.find(({ name }) => name === wanted)?.way ?? [];
  const refundDue: Told[] = [
    ...wayTo('return_received'),
    ['hub_inspection', { ...findings, recommended_action: 'refund' }, 3],
    ['team_leader_decision', { decision: 'approved' }],
  ];

  test.each<[string, Told[], string, number, string, string]>([
    ['a pickup is not collected', wayTo('return_ordered'), 'pickup', 72, 'courier', 'agent'],
    ['a return is not at the hub', wayTo('return_in_transit'), 'arrival', 336, 'courier', 'agent'],
    ['a review is not decided', wayTo('awaiting_review'), 'review', 4, 'leader', 'manager'],
    ['the bench is idle', wayTo('hub_confirmed'), 'service', 48, 'technician', 'manager'],
    ['a refund is not paid', refundDue, 'refund', 24, 'manager', 'admin'],
  ])(
    'where %s somebody is reminded in time, and the deputy after as long again',
    async (...row) => {
      const [, way, what, hours, who, deputy] = row;
      const at = await lab.now();
      const aCase = await lab.open({}, (fresh) => standing(fresh, way, at));
      const told = async () => {
        const rows = await lab.sql<{ event: string; data: object }[]>`
        select event, data from events where action_id = ${aCase.actionId}
        and event in ('reminded', 'escalated') order by seq`;
        return rows.map(({ event, data }) => ({ event, ...data }));
      };
      await lab.sleep((hours - 1) * 3_600_000);
      expect(await told()).toEqual([]);
      await lab.sleep('2 hours');
      const reminder = { event: 'reminded', what, who, deputy, reminders: 1 };
      await until('the reminder', async () => (await told()).length === 1);
      expect(await told()).toEqual([reminder]);
      await lab.sleep(hours * 3_600_000);
      await until('the escalation', async () => (await told()).length === 2);
      expect(await told()).toEqual([reminder, { ...reminder, event: 'escalated', reminders: 2 }]);
      expect((await aCase.look()).waiting_for).toMatchObject({ what, who });
    },
  );

  test('a courier who stays silent is asked when the reminder fires', async () => {
    const aCase = await lab.open();
    const { pickup } = await aCase.whenIn('return_ordered');
    await lab.bosta.move(pickup?.tracking_number ?? '', 24);
    await lab.sleep('3 days');
    expect((await aCase.whenIn('return_in_transit')).pickup?.state_code).toBe(24);
  });
});

describe('Bosta', () => {
  test('after an hour without Bosta a case goes on by itself, with one delivery', async () => {
    await lab.bosta.fault({ operation: 'create', kind: 'error_500', times: 25 });
    const aCase = await lab.open();
    await lab.sleep('1 hour');
    const { pickup } = await aCase.whenIn('return_ordered');
    expect(await lab.bosta.creations(pickup?.reference ?? '')).toBe(1);
  });

  test('while Bosta is away staff find the case by whom it waits for', async () => {
    const way = standings.find(({ name }) => name === 'hub_confirmed')?.way ?? [];
    const at = await lab.now();
    const aCase = await lab.open({}, (fresh) => standing(fresh, way, at));
    await lab.bosta.fault({ operation: 'create', kind: 'error_500', times: 25 });
    await aCase.handle.executeUpdate(updates.execute, { args: [{ outcome: 'repaired' }] });
    await lab.sleep('10 seconds');
    expect((await aCase.look()).waiting_for).toMatchObject({ what: 'delivery_order' });
    const { searchAttributes } = await aCase.handle.describe();
    expect(searchAttributes).toMatchObject({
      ActionStatus: ['in_progress'],
      WaitingFor: ['courier'],
    });
    await lab.sleep('1 hour');
    await aCase.whenItWaitsFor('delivery');
  });

  test('an address that Bosta refuses is for the agent to decide', async () => {
    const aCase = await lab.open({
      address: { city: 'Atlantis', district: 'Nowhere', first_line: 'Main street 12' },
    });
    await aCase.whenItWaitsFor('return_decision');
    await aCase.handle.executeUpdate(updates.return_decision, { args: [{ decision: 'walk_in' }] });
    expect((await aCase.look()).waiting_for?.who).toBe('customer');
  });

  test('a cancelled case calls its pickup off, and leaves nothing open at Bosta', async () => {
    const aCase = await lab.open();
    const { pickup } = await aCase.whenIn('return_ordered');
    await aCase.handle.executeUpdate(updates.cancel, { args: [{}] });
    expect((await aCase.handle.result()).status).toBe('cancelled');
    expect(await lab.bosta.stateOf(pickup?.tracking_number ?? '')).toBe(48);
  });
});

describe('messages', () => {
  test('an act in the wrong status is refused with what is allowed, and the case does not notice', async () => {
    const aCase = await lab.open();
    await aCase.whenIn('return_ordered');
    const early = aCase.handle.executeUpdate(updates.team_leader_decision, {
      args: [{ decision: 'approved' }],
    });
    await expect(early).rejects.toMatchObject({
      cause: {
        type: 'ACT_NOT_ALLOWED',
        details: [
          {
            status: 'return_ordered',
            allowed: expect.arrayContaining([{ act: 'hub_scan', roles: ['hub'] }]),
          },
        ],
      },
    });
    expect(await aCase.events()).toEqual(['opened', 'pickup_ordered']);
  });

  test('the same message twice has one effect and one answer', async () => {
    const aCase = await lab.open();
    await aCase.whenIn('return_ordered');
    await aCase.scan();
    const message = { ...findings, message_id: 'press' };
    const first = await aCase.handle.executeUpdate(updates.hub_inspection, { args: [message] });
    const second = await aCase.handle.executeUpdate(updates.hub_inspection, { args: [message] });
    expect(second).toEqual(first);
    expect((await aCase.events()).filter((event) => event === 'inspected')).toHaveLength(1);
  });

  test('courier reports in any order, any number of times, leave the newest', async () => {
    const aCase = await lab.open();
    const { pickup } = await aCase.whenIn('return_ordered');
    const tracking_number = pickup?.tracking_number ?? '';
    const report = (state_code: number, minute: number) =>
      aCase.handle.signal(courierReport, {
        ...{ message_id: `${state_code}:${minute}`, tracking_number, state_code },
        state_at: new Date(Date.now() + 86_400_000 + minute * 60_000).toISOString(),
      });
    for (const [code, minute] of [
      [24, 3],
      [22, 1],
      [24, 3],
      [23, 2],
      [22, 1],
    ] as const)
      await report(code, minute);
    await aCase.whenIn('return_in_transit');
    expect((await aCase.look()).pickup?.state_code).toBe(24);
  });

  test('opening twice opens once', async () => {
    const aCase = await lab.open();
    await aCase.handle.executeUpdate(openCase);
    expect((await aCase.events()).filter((event) => event === 'opened')).toHaveLength(1);
  });
});
