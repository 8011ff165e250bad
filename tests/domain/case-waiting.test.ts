import { describe, expect, test } from 'vitest';
import type { CaseState } from '../../domain/case.ts';
import { defaultPolicy, type Policy } from '../../domain/policy.ts';
import { waitingFor } from '../../domain/waiting.ts';
import {
  atTheHub,
  cancel,
  courier,
  inspected,
  opened,
  ordered,
  outcome,
  type Told,
  tell,
} from '../support/cases.ts';

const hoursOf = (state: CaseState, policy: Policy = defaultPolicy): number => {
  const waiting = waitingFor(state, policy);
  return waiting ? (Date.parse(waiting.until) - Date.parse(waiting.since)) / 3_600_000 : 0;
};
const reminded = (state: CaseState): CaseState => {
  const { what = 'pickup', since = '' } = state.waiting ?? {};
  return tell(state, ['reminder', { what, since }, null]);
};
const standing = () => tell(opened(), ordered('pickup', '7001'));
const rejected = () =>
  tell(inspected({}, { quality_score: 2 }), ['team_leader_decision', { decision: 'rejected' }]);
const repaired = () => tell(inspected({}, {}), ['execute', { outcome: 'repaired' }]);
const shipped = () => tell(repaired(), ordered('way_back', '8001'));

describe('every wait has its owner, its hours from the policy, and a sentence in both languages', () => {
  test.each<[string, () => CaseState, string, string, number]>([
    ['Bosta to take the pickup on', opened, 'courier', 'pickup_order', 1],
    ['a pickup that is not collected', standing, 'courier', 'pickup', 72],
    [
      'a product that is not at the hub',
      () => tell(standing(), courier('7001', 23)),
      ...(['courier', 'arrival', 336] as const),
    ],
    [
      'the scan of what Bosta says has come',
      () => tell(standing(), courier('7001', 23), courier('7001', 46)),
      ...(['hub', 'scan', 48] as const),
    ],
    [
      'the scan of what has come for a cancelled case',
      () => tell(standing(), courier('7001', 23), cancel, courier('7001', 46)),
      ...(['hub', 'scan', 48] as const),
    ],
    ['a customer', () => opened({ return_method: 'walk_in' }), 'customer', 'walk_in', 336],
    [
      'an agent, after a return that failed',
      () => tell(standing(), courier('7001', 48)),
      ...(['agent', 'return_decision', 4] as const),
    ],
    ['the inspection', atTheHub, 'hub', 'inspection', 48],
    ['the review', () => inspected({}, { quality_score: 2 }), 'leader', 'review', 4],
    ['the bench', () => inspected({}, {}), 'technician', 'service', 48],
    [
      'a refund',
      () => inspected({ action_type: 'return_refund' }, { recommended_action: 'refund' }),
      ...(['manager', 'refund', 24] as const),
    ],
    ['Bosta to take the delivery on', repaired, 'courier', 'delivery_order', 1],
    ['the delivery', shipped, 'courier', 'delivery', 168],
    [
      'an agent, after a delivery that failed',
      () => tell(shipped(), courier('8001', 46)),
      ...(['agent', 'delivery_decision', 4] as const),
    ],
    [
      'a rejected product on its way home',
      () => tell(rejected(), ordered('home', '8001')),
      ...(['courier', 'delivery_home', 168] as const),
    ],
    [
      'a customer to fetch what he brought',
      () =>
        tell(
          opened({ return_method: 'walk_in' }),
          ['hub_scan', { tracking_number: 'HV-1042' }],
          cancel,
          ['delivery_refused', { purpose: 'home', attempt: 1, reason: 'No address' }],
        ),
      ...(['customer', 'fetching', 168] as const),
    ],
    [
      'Bosta to call a delivery off',
      () => tell(shipped(), ['hand_over', {}]),
      ...(['courier', 'delivery_termination', 1] as const),
    ],
    [
      'Bosta to call a pickup off',
      () => tell(standing(), cancel),
      ...(['courier', 'pickup_termination', 1] as const),
    ],
    [
      'a pickup that Bosta did not call off',
      () => tell(standing(), cancel, ['pickup_terminated', { is_terminated: false }]),
      ...(['courier', 'unwanted_pickup', 72] as const),
    ],
  ])('%s', (_, make, who, what, hours) => {
    const state = make();
    const waiting = waitingFor(state, defaultPolicy);
    expect(waiting).toMatchObject({ who, what });
    expect(hoursOf(state)).toBe(hours);
    expect(waiting?.sentence.en).toMatch(/^Waiting for .+ since .+, the .+ from .+$/);
    expect(waiting?.sentence.ar).toMatch(/^في انتظار .+ منذ .+، ثم .+ من .+$/);
    expect(waiting?.sentence.ar).not.toMatch(/[A-Za-z]/);
  });
});

test('how long Bosta may take to answer is in the policy; one from before that was in it goes by the default', () => {
  const { bosta_answer_hours, ...older } = defaultPolicy.waits;
  const untilUnder = (waits: Policy['waits']) => hoursOf(opened(), { ...defaultPolicy, waits });
  expect(untilUnder({ ...older, bosta_answer_hours: 3 })).toBe(3);
  expect(untilUnder(older)).toBe(bosta_answer_hours);
});

test('a replacement that the hub has not got waits for stock, a repair for its technician all the same', () => {
  const replacing = inspected(
    { action_type: 'replace_full' },
    { recommended_action: 'replace_full' },
  );
  expect(waitingFor(replacing, defaultPolicy, true)).toMatchObject({
    ...{ who: 'stock', what: 'stock', since: replacing.waiting?.since },
    sentence: { en: expect.stringContaining('in stock at the hub since') },
  });
  expect(waitingFor(replacing, defaultPolicy)?.who).toBe('technician');
  expect(waitingFor(opened(), defaultPolicy, true)?.who).toBe('courier');
});

test('a wait that goes on keeps its beginning, and another begins anew', () => {
  const waiting = standing();
  const since = waiting.waiting?.since;
  expect(tell(waiting, courier('7001', 22)).waiting?.since).toBe(since);
  expect(tell(waiting, courier('7001', 23)).waiting).toMatchObject({
    what: 'arrival',
    reminders: 0,
  });
});

test('a case that opened before the scan was waited for goes on waiting for the courier', () => {
  const { awaits_scan: _, ...older } = standing();
  expect(tell(older, courier('7001', 46)).waiting?.what).toBe('arrival');
});

test('after the first reminder the sentence says that the deputy is asked too', () => {
  const { since = '' } = inspected({}, { quality_score: 2 }).waiting ?? {};
  const state = reminded(inspected({}, { quality_score: 2 }));
  expect(since).not.toBe('');
  expect(waitingFor(state, defaultPolicy)?.sentence).toMatchObject({
    en: expect.stringMatching(/team leader's decision since .+, the manager too since .+$/),
    ar: expect.stringMatching(/قائد الفريق منذ .+، وكذلك المدير منذ .+$/),
  });
});

test('the first reminder is for the owner, every further one is an escalation', () => {
  const first = inspected({}, { quality_score: 2 });
  const { what = 'review', since = '' } = first.waiting ?? {};
  const told: Told = ['reminder', { what, since }, null];
  const data = { what: 'review', who: 'leader', deputy: 'manager' };
  expect(outcome(first, told)).toMatchObject({
    event: 'reminded',
    data: { ...data, reminders: 1 },
  });
  expect(outcome(tell(first, told), told)).toMatchObject({ event: 'escalated', data });
});

test('a reminder that comes too late for its wait reminds nobody', () => {
  const asked = inspected({}, { quality_score: 2 });
  const { what = 'review', since = '' } = asked.waiting ?? {};
  const decided = tell(asked, ['team_leader_decision', { decision: 'approved' }]);
  expect(outcome(decided, ['reminder', { what, since }, null])).toMatchObject({ is_repeat: true });
});

test('nor does one of the same wait before it began anew', () => {
  const failed = tell(shipped(), courier('8001', 46));
  const { what = 'pickup', since = '' } = failed.waiting ?? {};
  const held = tell(failed, ['delivery_decision', { decision: 'hold' }]);
  expect(held.waiting?.what).toBe(what);
  expect(outcome(held, ['reminder', { what, since }, null])).toMatchObject({ is_repeat: true });
});

test('reminders become rare: each pause is as long as all before it, at most a week', () => {
  let state = inspected({}, { quality_score: 2 });
  const hours = Array.from({ length: 10 }, () => {
    const until = hoursOf(state);
    state = reminded(state);
    return until;
  });
  expect(hours).toEqual([4, 8, 16, 32, 64, 128, 256, 424, 592, 760]);
});

test('a delivery that is held waits anew', () => {
  const failed = reminded(tell(shipped(), courier('8001', 46)));
  const held = tell(failed, ['delivery_decision', { decision: 'hold' }]);
  expect(held.waiting).toMatchObject({ what: 'delivery_decision', reminders: 0 });
  expect(held.waiting?.since).not.toBe(failed.waiting?.since);
});
