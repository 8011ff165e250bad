import { describe, expect, test } from 'vitest';
import { isPossible } from '../../domain/acts.ts';
import type { CaseState } from '../../domain/case.ts';
import {
  cancel,
  courier,
  decideReturn,
  effectsOf,
  inspected,
  opened,
  ordered,
  outcome,
  type Told,
  tell,
  terminated,
} from '../support/cases.ts';

const onTheWay = () => tell(opened(), ordered('pickup', '7001'), courier('7001', 24));

describe('a courier who is silent for too long is not waited for without end', () => {
  const remind = (state: CaseState): CaseState => {
    const { what = 'arrival', since = '' } = state.waiting ?? {};
    return tell(state, ['reminder', { what, since }, null]);
  };
  const decideDelivery = (decision: 'resend' | 'hold' | 'close'): Told => [
    'delivery_decision',
    { decision },
  ];
  const onTheWayBack = () =>
    tell(
      inspected({}, {}),
      ['execute', { outcome: 'repaired' }],
      ordered('way_back', '8001'),
      courier('8001', 21),
    );
  const newOne = () =>
    tell(
      inspected({ action_type: 'replace_full' }, { recommended_action: 'replace_full' }),
      ['execute', { product_sku: 'BL-500' }],
      ordered('replacement', '8001'),
      courier('8001', 21),
    );

  test('before anybody was reminded there is nothing to decide', () => {
    expect(isPossible(onTheWay(), 'return_decision')).toBe(false);
    expect(isPossible(onTheWayBack(), 'delivery_decision')).toBe(false);
  });

  test('its agent takes a return for lost', () => {
    expect(tell(remind(onTheWay()), decideReturn('cancel'))).toMatchObject({
      ...{ status: 'failed', product: 'lost', waiting: null },
    });
    const cancelled = tell(remind(tell(onTheWay(), cancel)), decideReturn('cancel'));
    expect(cancelled).toMatchObject({ status: 'cancelled', product: 'lost', waiting: null });
  });

  test('or asks for another pickup, or the customer to come, where he does not collect it', () => {
    const silent = remind(tell(opened(), ordered('pickup', '7001'), courier('7001', 22)));
    expect(tell(silent, decideReturn('retry'), terminated(true))).toMatchObject({
      ...{ status: 'requested', to_send: 'pickup', waiting: { what: 'pickup_order' } },
    });
    expect(tell(silent, decideReturn('walk_in'), terminated(true)).waiting?.what).toBe('walk_in');
    expect(tell(silent, decideReturn('retry'), terminated(false)).waiting?.what).toBe('pickup');
  });

  test('or a product on its way back, which is not sent again', () => {
    const silent = remind(onTheWayBack());
    expect(outcome(silent, decideDelivery('resend'))).toMatchObject({ refused: 'ACT_NOT_ALLOWED' });
    expect(tell(silent, decideDelivery('hold')).waiting).toMatchObject({
      ...{ what: 'delivery', reminders: 0 },
    });
    expect(tell(silent, decideDelivery('close'))).toMatchObject({
      ...{ status: 'failed', product: 'lost', waiting: null },
    });
  });

  test('a replacement that is taken for lost is sent from stock again, or not, and is back in stock in neither way', () => {
    expect(effectsOf(remind(newOne()), decideDelivery('resend'))).toEqual([
      { kind: 'send_product_again' },
    ]);
    expect(effectsOf(remind(newOne()), decideDelivery('close'))).toEqual([]);
  });

  test('what the courier has not taken yet is at the hub, and nobody takes it for lost', () => {
    const waiting = tell(
      inspected({}, {}),
      ['execute', { outcome: 'repaired' }],
      ordered('way_back', '8001'),
    );
    expect(isPossible(remind(waiting), 'delivery_decision')).toBe(false);
    expect(isPossible(remind(waiting), 'hand_over')).toBe(true);
  });

  test('what comes after all is heard as long as the case is open', () => {
    expect(tell(remind(onTheWayBack()), courier('8001', 45))).toMatchObject({
      ...{ status: 'completed', waiting: null },
    });
  });
});
