import { expect, test } from 'vitest';
import type { Contents } from '../../domain/messages.ts';
import type { RecommendedAction } from '../../domain/vocabulary.ts';
import {
  atTheHub,
  effectsOf,
  findings,
  inspected,
  outcome,
  type Told,
  tell,
} from '../support/cases.ts';

const exchanged: Told = ['execute', { product_sku: 'BL-1000', serial_number: 'SN-1' }];
const refunded: Told = ['execute', { refund: { amount: 750_00, method: 'instapay' } }];

/** A case of which this service is confirmed. */
function confirmed(service: RecommendedAction, found: Partial<Contents['hub_inspection']> = {}) {
  const action_type = service === 'refund' ? 'return_refund' : 'maintenance';
  const state = inspected({ action_type }, { ...found, recommended_action: service });
  if (state.status === 'hub_confirmed') return state;
  return tell(state, ['team_leader_decision', { decision: 'approved' }, 4]);
}

test.each([
  ['sound', 'working', 'good'],
  ['sound', 'working', 'poor'],
  ['damaged', 'working', 'damaged'],
  ['damaged', 'partially_working', 'good'],
  ['damaged', 'not_working', 'excellent'],
] as const)(
  'what is replaced or refunded is ours, %s where it is %s and %s',
  (grade, functionality_test_result, product_condition) => {
    const found = { functionality_test_result, product_condition };
    const taken = { kind: 'take_in_product', sku: 'BL-500', grade };
    expect(effectsOf(confirmed('replace_full', found), exchanged)).toEqual([
      { kind: 'send_product', sku: 'BL-1000', serial_number: 'SN-1' },
      taken,
    ]);
    expect(effectsOf(confirmed('refund', found), refunded)).toContainEqual(taken);
  },
);

test('a product that the catalogue does not know is taken into no stock', () => {
  const state = { ...confirmed('refund'), product_sku: null };
  expect(effectsOf(state, refunded)).toEqual([
    { kind: 'pay_refund', amount: 750_00, method: 'instapay', note_id: null },
  ]);
});

test('a repair that needed no parts takes none', () => {
  expect(effectsOf(confirmed('maintenance'), ['execute', { outcome: 'repaired' }])).toEqual([]);
});

test.each<[RecommendedAction, Told, string]>([
  ['maintenance', refunded, 'outcome (repaired or failed), parts and labor_cost'],
  ['replace_part', exchanged, 'outcome (repaired or failed), parts and labor_cost'],
  ['replace_full', refunded, 'product_sku and, where known, serial_number'],
  ['refund', exchanged, 'refund {amount, method, reference}'],
])(
  'where %s was confirmed, another service is refused with how that one is carried out',
  (service, other, how) => {
    expect(outcome(confirmed(service), other)).toMatchObject({
      refused: 'WRONG_SERVICE',
      sentence: `${service} was confirmed for this case: execute it with ${how}.`,
    });
  },
);

test.each(['maintenance', 'replace_part'] as const)('%s is a repair', (service) => {
  expect(tell(confirmed(service), ['execute', { outcome: 'repaired' }]).to_send).toBe('way_back');
});

test('to name a technician in an edit is to assign: where nobody can be assigned any more it is refused', () => {
  const edit: Told = ['edit', { technician: 5, priority: 'urgent' }];
  expect(tell(confirmed('maintenance'), edit)).toMatchObject({
    ...{ technician: 5, priority: 'urgent', status: 'in_progress' },
  });
  expect(outcome(confirmed('refund'), edit)).toMatchObject({
    refused: 'ACT_NOT_ALLOWED',
    sentence: expect.stringContaining('assign is not possible now'),
  });
  expect(tell(confirmed('refund'), ['edit', { priority: 'urgent' }]).priority).toBe('urgent');
});

test('a draft is one though nothing is missing in it: only what is sent as no draft ends the inspection', () => {
  expect(tell(atTheHub(), ['hub_inspection', { ...findings, draft: true }])).toMatchObject({
    status: 'inspecting',
    service: null,
  });
});
