import { describe, expect, test } from 'vitest';
import { isPossible } from '../../domain/acts.ts';
import { isClosed } from '../../domain/case.ts';
import {
  atTheHub,
  courier,
  effectsOf,
  findings,
  inspected,
  ordered,
  outcome,
  type Told,
  tell,
} from '../support/cases.ts';

const close: Told = ['delivery_decision', { decision: 'close' }];
const resend: Told = ['delivery_decision', { decision: 'resend' }];

describe('a replacement', () => {
  const sent = () =>
    tell(
      inspected({ action_type: 'replace_full' }, { recommended_action: 'replace_full' }),
      ['execute', { product_sku: 'BL-500' }],
      ordered('replacement', '8001'),
    );
  test('is set aside when it is confirmed', () => {
    const effects = effectsOf(atTheHub({ action_type: 'replace_full' }), [
      ...(['hub_inspection', { ...findings, recommended_action: 'replace_full' }, 3] as const),
    ]);
    expect(effects).toContainEqual({ kind: 'reserve_product', sku: 'BL-500' });
  });

  test('of which the catalogue knows no product has none set aside', () => {
    const effects = effectsOf(atTheHub({ action_type: 'replace_full', product_sku: null }), [
      ...(['hub_inspection', { ...findings, recommended_action: 'replace_full' }, 3] as const),
    ]);
    expect(effects).toEqual([expect.objectContaining({ kind: 'inspect' })]);
  });

  test('that came back has ended: what the courier says of it then is not heard', () => {
    const returned = tell(sent(), courier('8001', 46));
    expect(outcome(returned, courier('8001', 45))).toMatchObject({ is_repeat: true });
    expect(outcome(returned, courier('8001', 41))).toMatchObject({ is_repeat: true });
  });

  test('that came back is in stock again when the case is closed, and is sent again as it is', () => {
    const returned = tell(sent(), courier('8001', 46));
    expect(effectsOf(returned, close)).toEqual([{ kind: 'take_back_product' }]);
    expect(effectsOf(returned, resend)).toEqual([]);
  });

  test('that the courier lost is gone when the case is closed, and another one is sent', () => {
    const lost = tell(sent(), courier('8001', 100));
    expect(effectsOf(lost, close)).toEqual([]);
    expect(tell(lost, close)).toMatchObject({ status: 'failed', product: 'kept' });
    expect(effectsOf(lost, resend)).toEqual([{ kind: 'send_product_again' }]);
  });

  describe('that is found when another one was sent in its place', () => {
    const anotherSent = () =>
      tell(sent(), courier('8001', 100), resend, ordered('replacement', '8002', 2));

    test('counts as lost until the courier tells of it', () => {
      expect(anotherSent().lost).toMatchObject([{ tracking_number: '8001', has_failed: true }]);
      const found = tell(anotherSent(), courier('8001', 41));
      expect(found.lost).toMatchObject([{ tracking_number: '8001', has_failed: false }]);
    });

    test.each([41, 45, 46])('is told of, and the other one is waited for (%i)', (code) => {
      const state = anotherSent();
      const found = courier('8001', code);
      expect(outcome(state, found)).toMatchObject({
        event: 'lost_and_found',
        data: { tracking_number: '8001', reference: 'HV-1042-R1', state_code: code },
      });
      const told = tell(state, found);
      expect(told).toMatchObject({ status: 'shipping_back', waiting: { what: 'delivery' } });
      expect(outcome(told, found)).toMatchObject({ is_repeat: true });
      expect(tell(told, courier('8002', 45)).status).toBe('completed');
    });

    test('is told of no more than before while it is lost, or where the courier brought it back', () => {
      const stillLost = outcome(anotherSent(), courier('8001', 101));
      expect(stillLost).toMatchObject({ event: 'courier_reported' });
      const returned = tell(sent(), courier('8001', 46), resend, ordered('replacement', '8002', 2));
      expect(outcome(returned, courier('8001', 60))).toMatchObject({ is_repeat: true });
    });

    test('is not heard in a case that opened before', () => {
      const { lost: _, ...older } = sent();
      const state = tell(
        older,
        ...[courier('8001', 100), resend, ordered('replacement', '8002', 2)],
      );
      expect(outcome(state, courier('8001', 41))).toMatchObject({ is_repeat: true });
    });
  });
});

describe.each([100, 101])(
  "a customer's own product that the courier loses or damages (%i)",
  (code) => {
    const onItsWay = {
      failed: tell(
        inspected({}, {}),
        ['execute', { outcome: 'repaired' }],
        ordered('way_back', '8001'),
      ),
      cancelled: tell(atTheHub(), ['cancel', {}], ordered('home', '8001')),
      rejected: tell(
        inspected({}, { quality_score: 2 }),
        ['team_leader_decision', { decision: 'rejected' }],
        ordered('home', '8001'),
      ),
    };

    test.each(Object.entries(onItsWay))(
      'is neither sent again nor handed over, and closed as lost: %s',
      (status, way) => {
        const gone = tell(way, courier('8001', code));
        expect(gone.waiting?.what).toBe('delivery_decision');
        expect(outcome(gone, resend)).toMatchObject({
          refused: 'ACT_NOT_ALLOWED',
          sentence: expect.stringContaining('close'),
        });
        expect(isPossible(gone, 'hand_over')).toBe(false);
        const closed = tell(gone, close);
        expect([closed.status, closed.product, isClosed(closed)]).toEqual([status, 'lost', true]);
      },
    );
  },
);
