import { describe, expect, test } from 'vitest';
import { isPossible } from '../../domain/acts.ts';
import { type CaseState, isClosed } from '../../domain/case.ts';
import {
  atTheHub,
  cancel,
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

const handOver: Told = ['hand_over', {}];
const repaired: Told = ['execute', { outcome: 'repaired' }];
const noAddress = (purpose: 'way_back' | 'home'): Told => [
  'delivery_refused',
  { purpose, attempt: 1, reason: 'there is no address to go to' },
];
const broughtIn = (): CaseState =>
  tell(opened({ return_method: 'walk_in' }), ['hub_scan', { tracking_number: 'HV-1042' }]);
const broughtTo = (tracking_number: string): Told => ['hub_scan', { tracking_number }];
const repairedAfterWalkIn = () => tell(broughtIn(), ['hub_inspection', findings, 3], repaired);
const shipped = () => tell(inspected({}, {}), repaired, ordered('way_back', '8001'));
const rejected = () =>
  tell(inspected({}, { quality_score: 2 }), ['team_leader_decision', { decision: 'rejected' }]);

describe('who brought the product in, and has no address that Bosta takes, fetches it', () => {
  test.each<[string, () => CaseState, string]>([
    ['repaired', () => tell(repairedAfterWalkIn(), noAddress('way_back')), 'completed'],
    ['cancelled', () => tell(broughtIn(), cancel, noAddress('home')), 'cancelled'],
  ])('%s', (_, make, status) => {
    expect(make().waiting?.what).toBe('fetching');
    const over = tell(make(), handOver);
    expect(over).toMatchObject({ status, product: 'customer', to_call_off: null, waiting: null });
    expect(isClosed(over)).toBe(true);
  });

  test('or has it sent, once there is an address', () => {
    const asked = tell(repairedAfterWalkIn(), noAddress('way_back'));
    const sent = tell(asked, ['delivery_decision', { decision: 'resend' }]);
    expect(sent).toMatchObject({ to_send: 'way_back', waiting: { what: 'delivery_order' } });
  });

  test('an address can be added where the product has to go home, too', () => {
    const asked = tell(broughtIn(), cancel, noAddress('home'));
    expect(isPossible(asked, 'edit')).toBe(true);
    expect(isPossible(asked, 'delivery_decision')).toBe(true);
  });
});

test('what a courier collected, and Bosta will not deliver, is for the agent to decide; its customer may fetch it all the same', () => {
  const refused = tell(inspected({}, {}), repaired, noAddress('way_back'));
  expect(refused.waiting?.what).toBe('delivery_decision');
  expect(tell(refused, handOver)).toMatchObject({ status: 'completed', waiting: null });
});

describe('a customer who comes before the courier gets it, and the courier is called off', () => {
  test('while Bosta is being asked', () => {
    const early = tell(inspected({}, {}), repaired, handOver);
    expect(early).toMatchObject({
      ...{ status: 'completed', product: 'customer', to_send: null, to_call_off: 'HV-1042-W1' },
      waiting: { what: 'delivery_termination' },
    });
    const notMade = { purpose: 'way_back', attempt: 1, reason: 'not needed any more' } as const;
    expect(isClosed(tell(early, ['delivery_refused', notMade]))).toBe(true);
    const made = tell(early, ordered('way_back', '8001'));
    expect(made).toMatchObject({ status: 'completed', product: 'customer' });
    expect(isClosed(made)).toBe(false);
    expect(isClosed(tell(made, ['delivery_terminated', { is_terminated: true }]))).toBe(true);
  });

  test.each([10, 11, 20])('while the delivery stands at Bosta in %i', (code) => {
    const over = tell(shipped(), ...(code === 10 ? [] : [courier('8001', code)]), handOver);
    expect(over).toMatchObject({ status: 'completed', product: 'customer' });
    expect(over.to_call_off).toBe(over.delivery?.reference);
  });

  test('and one that Bosta does not call off any more comes in vain: the outcome stands', () => {
    const told: Told = ['delivery_terminated', { is_terminated: false }];
    const over = tell(rejected(), ordered('home', '8001'), handOver);
    expect(outcome(over, told)).toMatchObject({ event: 'delivery_not_terminated' });
    expect(tell(over, told)).toMatchObject({ status: 'rejected', waiting: null });
  });

  test('what the courier says meanwhile changes nothing', () => {
    const over = tell(shipped(), handOver);
    for (const code of [45, 46, 48])
      expect(tell(over, courier('8001', code))).toMatchObject({
        ...{ status: 'completed', product: 'customer', waiting: { what: 'delivery_termination' } },
      });
  });
});

describe('what is not at the hub cannot be handed over', () => {
  test.each<[string, () => CaseState]>([
    ['before the service', () => inspected({}, {})],
    ['before the product came', opened],
    ['what the courier took', () => tell(shipped(), courier('8001', 21))],
    ['what the courier lost', () => tell(shipped(), courier('8001', 100))],
    [
      'what is still to come',
      () => tell(opened(), ordered('pickup', '7001'), courier('7001', 24), cancel),
    ],
  ])('%s', (_, make) => {
    expect(outcome(make(), handOver)).toMatchObject({ refused: 'ACT_NOT_ALLOWED' });
  });
});

test('what the courier brought back is handed over, a new product too', () => {
  const back = tell(shipped(), courier('8001', 46));
  expect(tell(back, handOver)).toMatchObject({ status: 'completed', product: 'customer' });
  const replaced = tell(
    inspected({ action_type: 'replace_full' }, { recommended_action: 'replace_full' }),
    ['execute', { product_sku: 'BL-500' }],
    ordered('replacement', '8001'),
    courier('8001', 46),
    handOver,
  );
  expect(replaced).toMatchObject({ status: 'completed', product: 'kept', waiting: null });
});

test('a useless pickup is called off first, and the delivery was never asked for', () => {
  const walked = tell(opened(), ordered('pickup', '7001'), [
    'hub_scan',
    { tracking_number: 'HV-1042' },
  ]);
  const over = tell(walked, ['hub_inspection', findings, 3], repaired, handOver);
  expect(over.to_call_off).toBe(walked.to_call_off);
  expect(isClosed(tell(over, ['pickup_terminated', { is_terminated: true }]))).toBe(true);
});

test.each<[string, () => CaseState]>([
  ['before Bosta was asked', () => tell(atTheHub(), cancel, handOver)],
  ['before the courier came', () => tell(rejected(), ordered('home', '8001'), handOver)],
])('nothing is handed over twice: %s', (_, make) => {
  expect(isPossible(make(), 'hand_over')).toBe(false);
  expect(outcome(make(), handOver)).toMatchObject({ refused: 'ACT_NOT_ALLOWED' });
});

describe('who owes for a repair pays at the counter', () => {
  const paid = () => tell(inspected({ action_subtype: 'paid' }, {}), repaired);
  const cash: Told = ['hand_over', { cash_received: 185_00 }];

  test('and the amount is an effect, and stands in the event', () => {
    expect(outcome(paid(), cash)).toMatchObject({
      data: { purpose: 'way_back', cash_received: 185_00 },
      effects: [{ kind: 'take_cash', amount: 185_00 }],
    });
    expect(outcome(paid(), handOver)).toMatchObject({ effects: [{ amount: 0 }] });
  });

  test('also when the courier is asked for already, and has not taken it yet', () => {
    const asked = tell(paid(), ordered('way_back', '8001'));
    expect(asked.status).toBe('shipping_back');
    expect(effectsOf(asked, cash)).toEqual([{ kind: 'take_cash', amount: 185_00 }]);
  });

  test.each<[string, () => CaseState, number]>([
    ['collected by the courier', () => atTheHub(), 25_00],
    [
      'collected, and scanned by its order',
      () => tell(opened(), ordered('pickup', '7001'), courier('7001', 41), broughtTo('HV-1042')),
      25_00,
    ],
    ['brought by the customer', broughtIn, 0],
    [
      'brought by him while a pickup stood',
      () =>
        tell(opened(), ordered('pickup', '7001'), broughtTo('HV-1042'), [
          'pickup_terminated',
          { is_terminated: true },
        ]),
      0,
    ],
    [
      'brought by him, since Bosta refused the pickup',
      () =>
        tell(
          opened(),
          ['delivery_refused', { purpose: 'pickup', attempt: 1, reason: 'No such district' }],
          ['return_decision', { decision: 'walk_in' }],
          broughtTo('HV-1042'),
        ),
      0,
    ],
  ])('a return costs its fee where a courier brought it: %s', (_, make, fees) => {
    expect(tell(make(), ['hub_inspection', findings, 3], repaired).fees).toBe(fees);
  });

  test.each<[string, () => CaseState]>([
    [
      'a repair under warranty',
      () => tell(inspected({ action_subtype: 'warranty' }, {}), repaired),
    ],
    [
      'a product that goes home unrepaired',
      () => tell(atTheHub({ action_subtype: 'paid' }), cancel),
    ],
  ])('%s costs nothing, and takes no cash', (_, make) => {
    expect(outcome(make(), handOver)).not.toHaveProperty('effects');
    expect(outcome(make(), cash)).toMatchObject({ refused: 'MESSAGE_UNUSABLE' });
  });
});
