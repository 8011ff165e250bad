import { expect, test } from 'vitest';
import { classify, codCategory } from '../../domain/classification.ts';
import { piastres } from '../../domain/money.ts';
import type { CaseOfDelivery } from '../../domain/order.ts';
import { defaultPolicy } from '../../domain/policy.ts';

const ofCase = (changes: Partial<CaseOfDelivery>): CaseOfDelivery => ({
  action_id: 1042,
  purpose: undefined,
  is_refund: false,
  main_order_id: undefined,
  ...changes,
});

test.each([
  [
    'a delivery that a case made, even one with the amount of a sale',
    10,
    45,
    90_000,
    ofCase({ purpose: 'way_back' }),
    0,
    'service',
    'Service Order',
    1,
  ],
  [
    'a pickup that a refund case made',
    25,
    46,
    0,
    ofCase({ purpose: 'pickup', is_refund: true }),
    0,
    'service',
    'Service Order',
    1,
  ],
  ['a customer return', 25, 46, 0, undefined, 1, 'return', 'Service Order', 1],
  [
    'a customer return that a refund case follows',
    25,
    24,
    0,
    ofCase({ is_refund: true }),
    1,
    'return',
    'Refund Order',
    1,
  ],
  ['an exchange', 30, 46, 60_000, undefined, 2, 'service', 'Service Order', 1],
  [
    'a refused delivery on its way back',
    20,
    46,
    0,
    undefined,
    2,
    'operational',
    'Operational Order',
    0,
  ],
  ['a negative amount', 10, 45, -5_000, undefined, 3, 'return', 'Refund Order', 1],
  ['delivered with more than 500 EGP', 10, 45, 50_001, undefined, 4, 'main', 'Real Sales Order', 0],
  ['delivered with 500 EGP', 10, 45, 50_000, undefined, 4, 'maintenance', 'Maintenance Order', 1],
  ['delivered with nothing to collect', 10, 45, 0, undefined, 4, 'service', 'Service Order', 1],
  ['still on the road', 10, 41, 90_000, undefined, 5, 'operational', 'Operational Order', 0],
  ['a type that nobody knows', 99, 45, 90_000, undefined, 4, 'main', 'Real Sales Order', 0],
] as const)('%s: rule %5$s', (_, type, state, cod, case_of, rule, service, category, level) => {
  const facts = { order_type_code: type, state_code: state, cod: piastres(cod) };
  expect(classify(facts, { case_of }, defaultPolicy)).toMatchObject({
    classification_rule: rule,
    service_type: service,
    business_category: category,
    order_level: level,
  });
});

test('an amount that is not known is not zero: delivered, it stays open (lessons 4)', () => {
  const facts = { order_type_code: 10, state_code: 45, cod: null };
  expect(classify(facts, {}, defaultPolicy)).toMatchObject({
    service_type: 'operational',
    cod_category: null,
    is_provisional: true,
    classification_reason: 'delivered, amount not known',
  });
});

test.each([
  [41, 90_000, 'not delivered: picked_up (41)'],
  [41, null, 'not delivered: picked_up (41)'],
  [7, 90_000, 'not delivered: unknown state (7)'],
  [null, 90_000, 'state not known'],
])('in state %s with %s piastres rule 5 says why: %s', (state_code, amount, reason) => {
  const cod = amount === null ? null : piastres(amount);
  const facts = { order_type_code: 10, state_code, cod };
  expect(classify(facts, {}, defaultPolicy).classification_reason).toBe(reason);
});

test.each([
  [41, true],
  [47, true],
  [46, false],
  [100, false],
])('in state %s rule 5 is provisional: %s', (state_code, isProvisional) => {
  const facts = { order_type_code: 10, state_code, cod: piastres(90_000) };
  expect(classify(facts, {}, defaultPolicy).is_provisional).toBe(isProvisional);
});

test.each([
  [100_000, 'High Value'],
  [99_999, 'Medium'],
  [50_000, 'Medium'],
  [49_999, 'Low'],
  [1, 'Low'],
  [0, 'Zero'],
  [-1, 'Refund'],
])('%s piastres are %s', (cod, category) => {
  expect(codCategory(piastres(cod), defaultPolicy)).toBe(category);
});
