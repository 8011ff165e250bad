import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedActs } from '../../domain/acts.ts';
import { isClosed } from '../../domain/case.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { lawfulTransitions } from '../../domain/transitions.ts';
import { isRefusal } from '../../domain/verdict.ts';
import { waitingFor } from '../../domain/waiting.ts';
import {
  atTheHub,
  courier,
  effectsOf,
  findings,
  inspected,
  opened,
  ordered,
  outcome,
  type Told,
  tell,
} from '../support/cases.ts';

describe('the inspection and its review', () => {
  test('a draft keeps inspecting, and what it found stays', () => {
    const draft = tell(atTheHub(), ['hub_inspection', { product_condition: 'poor', draft: true }]);
    expect(draft.status).toBe('inspecting');
    const whole = tell(draft, ['hub_inspection', { ...findings, product_condition: 'fair' }]);
    expect(whole).toMatchObject({
      status: 'hub_confirmed',
      inspection: { version: 2, product_condition: 'fair' },
    });
  });

  test('an inspection without its required fields is refused by name', () => {
    const refused = outcome(atTheHub(), ['hub_inspection', { ...findings, quality_score: 11 }]);
    expect(refused).toMatchObject({
      refused: 'MESSAGE_UNUSABLE',
      sentence: expect.stringContaining('quality_score'),
    });
  });

  test('whoever inspected a case cannot review it', () => {
    const state = inspected({}, { quality_score: 2 });
    const own: Told = ['team_leader_decision', { decision: 'approved' }, 3];
    expect(outcome(state, own)).toMatchObject({ refused: 'REVIEW_BY_INSPECTOR' });
    expect(tell(state, ['team_leader_decision', { decision: 'approved' }, 4]).service).toBe(
      'maintenance',
    );
  });

  test('the leader may approve another action than recommended', () => {
    const state = inspected({}, { quality_score: 2 });
    const approved = tell(state, [
      'team_leader_decision',
      { decision: 'approved', approved_action: 'replace_full' },
    ]);
    expect(approved).toMatchObject({ status: 'hub_confirmed', service: 'replace_full' });
  });

  test('a case that requires changes is inspected again', () => {
    const state = inspected({}, { quality_score: 2 });
    expect(tell(state, ['team_leader_decision', { decision: 'requires_changes' }]).status).toBe(
      'inspecting',
    );
  });

  test('a rejected product goes home, and the case stays open until it is there', () => {
    const rejected = tell(inspected({}, { quality_score: 2 }), [
      'team_leader_decision',
      { decision: 'rejected' },
    ]);
    expect(rejected).toMatchObject({ status: 'rejected', to_send: 'home' });
    const travelling = tell(rejected, ordered('home', '8001'));
    expect(isClosed(travelling)).toBe(false);
    expect(isClosed(tell(travelling, courier('8001', 45)))).toBe(true);
  });
});

describe('the service and the way back', () => {
  test('a part that is named twice is used once, as often as both say', () => {
    const parts = [1, 2].map((quantity) => ({ sku: 'BL-500-MOTOR', quantity }));
    expect(effectsOf(inspected({}, {}), ['execute', { outcome: 'repaired', parts }])).toEqual([
      { kind: 'use_parts', parts: [{ sku: 'BL-500-MOTOR', quantity: 3 }] },
    ]);
  });

  const repaired: Told = [
    'execute',
    { outcome: 'repaired', parts: [{ sku: 'BL-500-MOTOR', quantity: 1 }] },
  ];

  test('a repaired product is sent back, and delivered it closes the case', () => {
    const bench = tell(inspected({}, {}), repaired);
    expect(bench).toMatchObject({
      status: 'in_progress',
      to_send: 'way_back',
      technician: 7,
      fees: 25_00,
      labor_cost: 50_00,
    });
    const back = tell(bench, ordered('way_back', '8001'));
    expect(back.status).toBe('shipping_back');
    expect(tell(back, courier('8001', 45))).toMatchObject({
      status: 'completed',
      waiting: null,
      product: 'customer',
    });
  });

  test.each([48, 49, 100, 104])(
    'what is delivered after all, once its delivery had failed (%i), is delivered',
    (code) => {
      const failed = tell(
        tell(inspected({}, {}), repaired, ordered('way_back', '8001')),
        courier('8001', code),
      );
      expect(failed.waiting?.what).toBe('delivery_decision');
      expect(tell(failed, courier('8001', 45))).toMatchObject({
        ...{ status: 'completed', waiting: null, product: 'customer' },
        delivery: { has_failed: false },
      });
    },
  );

  test('a delivery that Bosta archives (104) is waited for by nobody any more: the agent decides', () => {
    const back = tell(inspected({}, {}), repaired, ordered('way_back', '8001'));
    const archived = tell(back, courier('8001', 104));
    expect(waitingFor(archived, defaultPolicy)).toMatchObject({
      ...{ who: 'agent', what: 'delivery_decision' },
    });
  });

  test('a repair that failed goes to the team leader', () => {
    expect(tell(inspected({}, {}), ['execute', { outcome: 'failed' }]).status).toBe(
      'awaiting_review',
    );
  });

  test('another service than was confirmed is refused', () => {
    const refund: Told = ['execute', { refund: { amount: 100_00, method: 'instapay' } }];
    expect(outcome(inspected({}, {}), refund)).toMatchObject({ refused: 'WRONG_SERVICE' });
  });

  test('a refund closes the case once', () => {
    const refund: Told = ['execute', { refund: { amount: 750_00, method: 'instapay' } }];
    const open = inspected(
      { action_type: 'return_refund' },
      { quality_score: 8, recommended_action: 'refund' },
    );
    const paid = tell(open, refund);
    expect(paid).toMatchObject({ status: 'completed', product: 'kept' });
    expect(outcome(paid, refund)).toMatchObject({
      refused: 'ACT_NOT_ALLOWED',
      status: 'completed',
      allowed: [],
    });
  });

  test.each([46, 48])('a delivery that ends in %i waits for the agent, who can resend', (code) => {
    const back = tell(
      inspected({}, {}),
      repaired,
      ordered('way_back', '8001'),
      courier('8001', code),
    );
    expect(back.waiting?.what).toBe('delivery_decision');
    expect(tell(back, ['delivery_decision', { decision: 'resend' }])).toMatchObject({
      to_send: 'way_back',
      status: 'shipping_back',
    });
    expect(isClosed(tell(back, ['delivery_decision', { decision: 'close' }]))).toBe(true);
  });
});

const everything: fc.Arbitrary<Told> = fc.oneof(
  fc.constantFrom<Told>(
    ordered('pickup', '7001'),
    ['hub_scan', { tracking_number: '7001' }],
    ['hub_scan', { tracking_number: 'HV-1042' }],
    ['hub_inspection', { ...findings }, 3],
    ['hub_inspection', { ...findings, quality_score: 2 }, 3],
    ['hub_inspection', { draft: true }, 3],
    ['team_leader_decision', { decision: 'approved', approved_action: 'replace_full' }],
    ['team_leader_decision', { decision: 'rejected' }],
    ['team_leader_decision', { decision: 'requires_changes' }],
    ['assign', { technician: 5 }],
    ['execute', { outcome: 'repaired' }],
    ['execute', { outcome: 'failed' }],
    ['execute', { product_sku: 'BL-500' }],
    ['return_decision', { decision: 'retry' }],
    ['delivery_decision', { decision: 'resend' }],
    ['delivery_decision', { decision: 'hold' }],
    ['delivery_decision', { decision: 'close' }],
    ['cancel', {}],
  ),
  fc
    .tuple(
      fc.constantFrom('7001', '8001', '9999'),
      fc.constantFrom(10, 22, 23, 24, 30, 41, 45, 46, 47, 48, 100),
    )
    .map(([number, code]) => courier(number, code)),
);

test('whatever is said in whatever order, an open case always waits for somebody and a closed one says nothing more', () => {
  fc.assert(
    fc.property(fc.array(everything, { maxLength: 40 }), (all) => {
      let state = opened();
      for (const told of all) {
        const wasClosed = isClosed(state);
        const before = state.status;
        // The case makes the deliveries that it wants, as its workflow does.
        if (state.to_send !== null)
          state = tell(
            state,
            ordered(
              state.to_send,
              state.to_send === 'pickup' ? '7001' : '8001',
              (state.attempts[state.to_send] ?? 0) + 1,
            ),
          );
        const verdict = outcome(state, told);
        if (isRefusal(verdict)) expect(verdict.allowed).toEqual(allowedActs(state));
        else state = verdict.next;
        if (wasClosed) expect(state.status).toBe(before);
        expect(lawfulTransitions).toContainEqual([before, state.status]);
        expect(waitingFor(state, defaultPolicy) === null).toBe(isClosed(state));
        if (
          !isClosed(state) &&
          state.to_send === null &&
          state.waiting?.what.endsWith('decision')
        ) {
          expect(allowedActs(state).length).toBeGreaterThan(0);
        }
      }
    }),
    { numRuns: 300 },
  );
});
