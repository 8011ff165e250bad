import { expect, test } from 'vitest';
import type { CaseState } from '../../domain/case.ts';
import { atTheHub, findings, inspected, outcome, type Told } from '../support/cases.ts';

const repair = inspected({}, {});
const replacement = inspected(
  { action_type: 'replace_full' },
  { recommended_action: 'replace_full' },
);
const refund = inspected({ action_type: 'return_refund' }, { recommended_action: 'refund' });

/** What no type lets through, and a device may send all the same. */
const sent = (act: Told[0], payload: unknown) => [act, payload] as Told;

test.each<[what: string, CaseState, Told, field: string]>([
  ['a refund of nothing', refund, sent('execute', { refund: null }), 'refund'],
  [
    'a refund beside a repair',
    refund,
    sent('execute', { outcome: 'repaired', refund: null }),
    'refund',
  ],
  [
    'a refund below zero beside a repair',
    refund,
    sent('execute', { outcome: 'repaired', refund: { amount: -500, method: 'wallet' } }),
    'refund amount',
  ],
  [
    'a product without a name beside a repair',
    replacement,
    sent('execute', { outcome: 'repaired', product_sku: 7 }),
    'product_sku',
  ],
  [
    'parts that are none, though the product beside them is one',
    repair,
    sent('execute', { product_sku: 'BL-500', outcome: 'repaired', parts: 'a motor' }),
    'parts',
  ],
])('a service is refused where any of it cannot be read: %s', (_, state, told, field) => {
  expect(outcome(state, told)).toMatchObject({
    refused: 'MESSAGE_UNUSABLE',
    sentence: expect.stringContaining(`execute: ${field} `),
  });
});

test('an inspection is a draft or none: what is neither true nor false is refused', () => {
  const told = sent('hub_inspection', { ...findings, draft: 'maybe' });
  expect(outcome(atTheHub(), told)).toMatchObject({
    refused: 'MESSAGE_UNUSABLE',
    sentence: 'hub_inspection: draft must be true or false.',
  });
});
