import { describe, expect, test } from 'vitest';
import { allowedActs } from '../../domain/acts.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { waitingFor } from '../../domain/waiting.ts';
import {
  atTheHub,
  cancel,
  courier,
  decideReturn,
  opened,
  ordered,
  outcome,
  type Told,
  tell,
  terminated,
} from '../support/cases.ts';

describe('the way to the hub', () => {
  test('a pickup that Bosta has accepted is waited for', () => {
    const state = tell(opened(), ordered('pickup', '7001'));
    expect(state).toMatchObject({
      status: 'return_ordered',
      to_send: null,
      waiting: { what: 'pickup' },
    });
  });

  test('46 alone never makes a return received: only a scan does', () => {
    const state = tell(opened(), ordered('pickup', '7001'), courier('7001', 46));
    expect(state.status).toBe('return_in_transit');
    expect(tell(state, ['hub_scan', { tracking_number: '7001' }]).status).toBe('return_received');
  });

  test('courier states after the scan are kept and change nothing', () => {
    const state = tell(atTheHub(), courier('7001', 30));
    expect(state).toMatchObject({ status: 'return_received', pickup: { state_code: 30 } });
  });

  test('a report that is older than what is known changes nothing', () => {
    const older = courier('7001', 10);
    const newer = courier('7001', 24);
    const state = tell(opened(), ordered('pickup', '7001'), newer);
    expect(tell(state, older)).toEqual(state);
    expect(tell(state, newer)).toEqual(state);
  });

  test('what came to the business is still expected at the hub when Bosta archives its pickup', () => {
    const brought = tell(opened(), ordered('pickup', '7001'), courier('7001', 46));
    expect(tell(brought, courier('7001', 104)).waiting?.what).toBe('scan');
  });

  describe('a pickup that is called off after all, though the courier said meanwhile that he has it', () => {
    const missed = Array.from({ length: 4 }, () => courier('7001', 47));
    const standing = () => tell(opened(), ordered('pickup', '7001'), ...missed);
    const calledOff = (decision: 'retry' | 'walk_in', reversed: number) =>
      tell(
        tell(standing(), decideReturn(decision)),
        ...[courier('7001', 23), courier('7001', reversed), terminated(true)],
      );

    test.each([48, 10, 47])('is for the agent at once, and not waited for (%i)', (reversed) => {
      const state = calledOff('retry', reversed);
      expect(state).toMatchObject({ product: 'customer', waiting: { what: 'return_decision' } });
      expect(tell(state, decideReturn('retry')).waiting?.what).toMatch(/^pickup_/);
    });

    test('leaves the customer to come where the agent asked for that', () => {
      expect(calledOff('walk_in', 10).waiting?.what).toBe('walk_in');
    });

    test('closes a case that was cancelled', () => {
      const cancelled = tell(tell(standing(), cancel), courier('7001', 23), courier('7001', 10));
      expect(tell(cancelled, terminated(true))).toMatchObject({
        ...{ status: 'cancelled', product: 'customer', waiting: null },
      });
    });

    test('is waited for as before in a case that opened earlier', () => {
      const { asks_when_called_off: _, ...older } = tell(standing(), decideReturn('retry'));
      const state = tell(older, courier('7001', 23), courier('7001', 48), terminated(true));
      expect(state.waiting?.what).toBe('pickup');
    });
  });

  test('a pickup that was collected, then ended, and that Bosta does not call off, leaves the case where it is', () => {
    const missed = Array.from({ length: 4 }, () => courier('7001', 47));
    const state = tell(
      tell(opened(), ordered('pickup', '7001'), ...missed),
      ['return_decision', { decision: 'retry' }],
      courier('7001', 24),
      courier('7001', 48),
      ['pickup_terminated', { is_terminated: false }, null],
    );
    expect(state).toMatchObject({
      status: 'return_in_transit',
      waiting: { what: 'return_decision' },
    });
  });

  test.each([48, 49, 100, 101, 104])('a pickup that ends in %i waits for the agent', (code) => {
    const state = tell(opened(), ordered('pickup', '7001'), courier('7001', code));
    expect(waitingFor(state, defaultPolicy)?.who).toBe('agent');
    expect(allowedActs(state).map(({ act }) => act)).toContain('return_decision');
  });

  test('three exceptions are borne, the fourth is for the agent', () => {
    const failed = (times: number) =>
      tell(
        opened(),
        ordered('pickup', '7001'),
        ...Array.from({ length: times }, () => courier('7001', 47)),
      );
    expect(failed(3).waiting?.what).toBe('pickup');
    expect(failed(4).waiting?.what).toBe('return_decision');
  });

  test('exceptions within one state 47 count too; told twice or late they change nothing', () => {
    const sameState = { tracking_number: '7001', state_code: 47, state_at: '2026-02-01T10:00:00Z' };
    const missed = (exceptions: number): Told => [
      'courier_report',
      { ...sameState, exceptions },
      null,
    ];
    const borne = tell(opened(), ordered('pickup', '7001'), ...[1, 3].map(missed));
    expect(borne).toMatchObject({ pickup: { exceptions: 3 }, waiting: { what: 'pickup' } });
    for (const again of [3, 2, 1]) expect(tell(borne, missed(again))).toEqual(borne);
    expect(tell(borne, missed(4)).waiting?.what).toBe('return_decision');
  });

  test.each([
    ['retry', { status: 'requested', to_send: 'pickup' }],
    ['walk_in', { status: 'requested', to_send: null, return_method: 'walk_in' }],
    ['cancel', { status: 'cancelled' }],
  ] as const)('a return that failed can be decided: %s', (decision, expected) => {
    const state = tell(opened(), ordered('pickup', '7001'), courier('7001', 48));
    expect(tell(state, ['return_decision', { decision }])).toMatchObject(expected);
  });

  test('a walk-in is scanned under the number of its case', () => {
    const state = opened({ return_method: 'walk_in' });
    expect(state.waiting?.what).toBe('walk_in');
    expect(tell(state, ['hub_scan', { tracking_number: 'HV-1042' }]).status).toBe(
      'return_received',
    );
  });

  test('the parcel of another case is refused', () => {
    const state = tell(opened(), ordered('pickup', '7001'));
    expect(outcome(state, ['hub_scan', { tracking_number: '7002' }])).toMatchObject({
      refused: 'OTHER_PARCEL',
    });
  });

  test('a second scan is answered with the first and changes nothing', () => {
    const state = atTheHub();
    expect(outcome(state, ['hub_scan', { tracking_number: '7001' }])).toMatchObject({
      is_repeat: true,
      next: state,
    });
  });
});
