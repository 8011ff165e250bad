import { describe, expect, test } from 'vitest';
import { isPossible } from '../../domain/acts.ts';
import { type CaseState, isClosed } from '../../domain/case.ts';
import { confirmationStatus } from '../../domain/confirmation.ts';
import {
  atTheHub,
  cancel,
  courier,
  decideReturn,
  effectsOf,
  inspected,
  missedTooOften,
  opened,
  ordered,
  outcome,
  tell,
  terminated,
} from '../support/cases.ts';

const onTheWay = () => tell(opened(), ordered('pickup', '7001'), courier('7001', 24));

describe('cancelling', () => {
  test('before anything was collected the pickup is called off, and then the case is over', () => {
    const cancelled = tell(opened(), ordered('pickup', '7001'), cancel);
    expect(cancelled).toMatchObject({
      ...{ status: 'cancelled', to_call_off: 'HV-1042-P1' },
      waiting: { what: 'pickup_termination' },
    });
    expect(isClosed(tell(cancelled, terminated(true)))).toBe(true);
  });

  test('while Bosta is being asked for the pickup: the case stays until that is known', () => {
    const cancelled = tell(opened(), cancel);
    expect(cancelled).toMatchObject({ to_send: null, to_call_off: 'HV-1042-P1' });
    expect(isClosed(cancelled)).toBe(false);
    const notMade = { purpose: 'pickup', attempt: 1, reason: 'not needed any more' } as const;
    expect(isClosed(tell(cancelled, ['delivery_refused', notMade]))).toBe(true);
    const made = tell(cancelled, ordered('pickup', '7001'));
    expect([made.status, isClosed(made)]).toEqual(['cancelled', false]);
    expect(isClosed(tell(made, terminated(true)))).toBe(true);
  });

  const notCalledOff = () => tell(opened(), ordered('pickup', '7001'), cancel, terminated(false));

  test('a pickup that cannot be called off any more is waited for; what it brings goes home', () => {
    expect(notCalledOff().waiting?.what).toBe('unwanted_pickup');
    const coming = tell(notCalledOff(), courier('7001', 23));
    expect(coming.waiting?.what).toBe('arrival');
    const scanned = tell(coming, ['hub_scan', { tracking_number: '7001' }]);
    expect(scanned).toMatchObject({ status: 'cancelled', to_send: 'home', to_call_off: null });
    const home = tell(scanned, ordered('home', '8001'), courier('8001', 45));
    expect([home.status, isClosed(home)]).toEqual(['cancelled', true]);
  });

  test.each([48, 104])('a pickup that Bosta ends after all closes the case: %i', (code) => {
    expect(isClosed(tell(notCalledOff(), courier('7001', code)))).toBe(true);
  });

  test('a pickup that stands is called off again whenever its agent says so, and until then nothing closes the case', () => {
    expect(outcome(notCalledOff(), decideReturn('retry'))).toMatchObject({
      refused: 'ACT_NOT_ALLOWED',
    });
    const again = tell(notCalledOff(), decideReturn('cancel'));
    expect(again).toMatchObject({
      ...{ status: 'cancelled', to_call_off: 'HV-1042-P1' },
      waiting: { what: 'pickup_termination' },
    });
    expect(tell(again, terminated(false)).waiting?.what).toBe('unwanted_pickup');
    expect(isClosed(tell(again, terminated(true)))).toBe(true);
  });

  test('a pickup that fails too often after the cancellation is called off again when its agent says so', () => {
    const missed = tell(notCalledOff(), ...missedTooOften());
    expect(missed.waiting?.what).toBe('return_decision');
    const decided = tell(missed, decideReturn('cancel'));
    expect([isClosed(decided), decided.to_call_off]).toEqual([false, 'HV-1042-P1']);
    expect(isClosed(tell(decided, terminated(true)))).toBe(true);
    // Who closed the case here would leave a courier on his way with nobody to take the product.
    const stands = tell(decided, terminated(false));
    expect([isClosed(stands), stands.waiting?.what]).toEqual([false, 'unwanted_pickup']);
    expect(isClosed(tell(stands, courier('7001', 49)))).toBe(true);
  });

  test('a product that a late courier has is waited for, however often its agent cancels', () => {
    const late = tell(onTheWay(), ...missedTooOften());
    const cancelled = tell(late, decideReturn('cancel'));
    expect(cancelled).toMatchObject({
      ...{ status: 'cancelled', product: 'courier' },
      waiting: { what: 'arrival' },
    });
    const again = tell(cancelled, courier('7001', 47), decideReturn('cancel'));
    expect([isClosed(again), again.waiting?.what]).toEqual([false, 'arrival']);
    expect(tell(again, ['hub_scan', { tracking_number: '7001' }])).toMatchObject({
      to_send: 'home',
    });
  });

  test('a product that the courier loses after the cancellation is for an agent to close', () => {
    const lost = tell(onTheWay(), cancel, courier('7001', 100));
    expect(lost.waiting?.what).toBe('return_decision');
    expect(outcome(lost, decideReturn('retry'))).toMatchObject({ refused: 'ACT_NOT_ALLOWED' });
    const closed = tell(lost, decideReturn('cancel'));
    expect([closed.status, closed.product, isClosed(closed)]).toEqual(['cancelled', 'lost', true]);
  });

  test('also where nothing was heard of his having collected it', () => {
    const ordinary = tell(opened(), ordered('pickup', '7001'), courier('7001', 100), cancel);
    const unwanted = tell(opened(), ordered('pickup', '7001'), cancel, terminated(false));
    for (const lost of [ordinary, tell(unwanted, courier('7001', 100))]) {
      expect(lost).toMatchObject({ status: 'cancelled', waiting: { what: 'return_decision' } });
      const closed = tell(lost, decideReturn('cancel'));
      expect([closed.product, isClosed(closed)]).toEqual(['lost', true]);
    }
  });

  test('a product at the hub goes home from every desk there', () => {
    for (const state of [
      atTheHub(),
      tell(atTheHub(), ['hub_inspection', { draft: true }, 3]),
      inspected({}, { quality_score: 2 }),
      inspected({}, {}),
      tell(inspected({}, {}), ['assign', { technician: 5 }]),
    ])
      expect(tell(state, cancel)).toMatchObject({
        ...{ status: 'cancelled', to_send: 'home', to_call_off: null },
        waiting: { what: 'delivery_order' },
      });
  });

  test('a refund that was asked for is called off, a product that was set aside is free again', () => {
    const refund = inspected(
      { action_type: 'return_refund' },
      { quality_score: 8, recommended_action: 'refund' },
    );
    expect(effectsOf(refund, cancel)).toEqual([{ kind: 'cancel_refund' }]);
    const replacement = inspected(
      { action_type: 'replace_full' },
      { recommended_action: 'replace_full' },
    );
    expect(effectsOf(replacement, cancel)).toEqual([{ kind: 'release_product' }]);
  });

  test('what has been served is not cancelled any more, nor served again', () => {
    const served = tell(inspected({}, {}), ['execute', { outcome: 'repaired' }]);
    const refused = { purpose: 'way_back', attempt: 1, reason: 'No such district' } as const;
    for (const state of [served, tell(served, ['delivery_refused', refused])])
      for (const act of ['cancel', 'execute', 'assign'] as const)
        expect(isPossible(state, act)).toBe(false);
  });
});

test.each<[string, () => CaseState, string]>([
  ['lost on the way back', () => lostOnTheWayBack(), 'confirmed'],
  ['cancelled after the inspection', () => tell(inspected({}, {}), cancel), 'confirmed'],
  ['cancelled before it', () => tell(atTheHub(), cancel), 'scanned'],
  ['cancelled before it came', () => tell(opened(), cancel), 'pending'],
])('what the hub has confirmed stays so, however the case ends: %s', (_, make, status) => {
  expect(confirmationStatus(make())).toBe(status);
});

function lostOnTheWayBack(): CaseState {
  return tell(
    inspected({}, {}),
    ['execute', { outcome: 'repaired' }],
    ordered('way_back', '8001'),
    courier('8001', 100),
    ['delivery_decision', { decision: 'close' }],
  );
}
