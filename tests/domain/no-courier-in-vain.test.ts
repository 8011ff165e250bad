import { describe, expect, test } from 'vitest';
import { allowedActs } from '../../domain/acts.ts';
import { isClosed } from '../../domain/case.ts';
import {
  cancel,
  courier,
  decideReturn,
  findings,
  missedTooOften,
  opened,
  ordered,
  outcome,
  type Told,
  tell,
  terminated,
} from '../support/cases.ts';

const walkedIn: Told = ['hub_scan', { tracking_number: 'HV-1042' }];
const missed = () => tell(opened(), ordered('pickup', '7001'), ...missedTooOften());

describe('no courier drives in vain', () => {
  test('a customer who brings the product has the pickup called off, and the case goes on meanwhile', () => {
    const walked = tell(opened(), ordered('pickup', '7001'), walkedIn);
    expect(walked).toMatchObject({ status: 'return_received', to_call_off: 'HV-1042-P1' });
    const inspectedMeanwhile = tell(walked, ['hub_inspection', findings, 3], terminated(true));
    expect(inspectedMeanwhile).toMatchObject({ status: 'hub_confirmed', to_call_off: null });
  });

  describe('a customer who brings the product while Bosta is being asked for the pickup, and then wants no case', () => {
    const broughtAndCancelled = () => tell(opened(), walkedIn, cancel);

    test('has the pickup called off, then gets the product back', () => {
      const cancelled = broughtAndCancelled();
      expect(cancelled).toMatchObject({ to_send: 'home', to_call_off: 'HV-1042-P1' });
      const made = tell(cancelled, ordered('pickup', '7001'));
      expect(made.waiting?.what).toBe('pickup_termination');
      const home = tell(made, terminated(true), ordered('home', '8001'), courier('8001', 45));
      expect([home.pickup, isClosed(home)]).toEqual([null, true]);
    });

    test('as before in a case that opened earlier', () => {
      const { calls_off_when_cancelled: _, ...older } = opened();
      expect(tell(older, walkedIn, cancel).to_call_off).toBeNull();
    });
  });

  test('a case does not close before its useless pickup is called off', () => {
    const paid = tell(
      ...[opened({ action_type: 'return_refund' }), walkedIn],
      ...[['hub_inspection', { ...findings, recommended_action: 'refund' }, 3] satisfies Told],
      ['execute', { refund: { amount: 100_00, method: 'wallet' } }],
    );
    expect([paid.status, isClosed(paid)]).toEqual(['completed', false]);
    expect(paid.waiting?.what).toBe('pickup_termination');
    expect(allowedActs(paid)).toEqual([]);
  });

  test.each(['retry', 'walk_in'] as const)(
    'a pickup that failed too often is called off before the agent decides on another way: %s',
    (decision) => {
      const decided = tell(missed(), decideReturn(decision));
      expect(decided).toMatchObject({
        ...{ status: 'requested', to_call_off: 'HV-1042-P1' },
        waiting: { what: 'pickup_termination' },
      });
      const free = tell(decided, terminated(true));
      expect(free.waiting?.what).toBe(decision === 'retry' ? 'pickup_order' : 'walk_in');
      // The courier is on the way: no second one is sent.
      expect(tell(decided, terminated(false))).toMatchObject({
        ...{ status: 'return_ordered', to_send: null, to_call_off: null },
        waiting: { what: decision === 'retry' ? 'pickup' : 'walk_in' },
      });
    },
  );

  test('where the first courier stands, the agent is told that he is followed and no second one is sent', () => {
    const decided = outcome(missed(), decideReturn('retry'));
    expect(decided).toMatchObject({ data: { decision: 'retry', to_call_off: 'HV-1042-P1' } });
    const asked = tell(missed(), decideReturn('retry'));
    expect(outcome(asked, terminated(false))).toMatchObject({
      event: 'pickup_not_terminated',
      data: { reference: 'HV-1042-P1', tracking_number: '7001', is_followed: true },
    });
  });

  test('and is asked again when he misses the customer again, not when he sets out', () => {
    const followed = tell(missed(), decideReturn('retry'), terminated(false));
    const setOut = tell(followed, courier('7001', 22));
    expect(setOut.waiting?.what).toBe('pickup');
    expect(tell(setOut, courier('7001', 47)).waiting?.what).toBe('return_decision');
  });

  test('a courier who sets out once more before the agent has decided still waits for the decision', () => {
    expect(tell(missed(), courier('7001', 22)).waiting?.what).toBe('return_decision');
  });

  test('a courier who collects after all brings the product, whatever was decided meanwhile', () => {
    const collected = tell(missed(), decideReturn('retry'), courier('7001', 23));
    expect(collected).toMatchObject({ status: 'return_in_transit', to_send: null });
    expect(tell(collected, terminated(true)).waiting?.what).toBe('arrival');
  });

  test('a courier who is late after collecting is waited for, not doubled', () => {
    const late = tell(
      opened(),
      ordered('pickup', '7001'),
      courier('7001', 24),
      ...missedTooOften(),
    );
    expect(late.waiting?.what).toBe('return_decision');
    expect(tell(late, decideReturn('retry'))).toMatchObject({
      ...{ status: 'return_in_transit', to_send: null, to_call_off: null },
      waiting: { what: 'arrival' },
    });
  });
});
