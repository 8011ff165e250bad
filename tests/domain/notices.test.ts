import { describe, expect, test } from 'vitest';
import { noticesOf } from '../../domain/notices.ts';

type Facts = Parameters<typeof noticesOf>[0];
const facts: Facts = {
  ...{ main_order_id: 'o1', product_name: 'Blender 500W', action_subtype: null },
  ...{
    created_at: new Date('2026-07-01T10:00:00Z'),
    delivered_at: null,
    warranty_months: 12,
    order: null,
    others: [],
    lost: [],
    state: { pickup: null, delivery: null, scan: null },
    events: [],
  },
};
const other: Facts['others'][number] = {
  ...{ action_id: 1001, action_status: 'return_ordered' },
  ...{ main_order_id: 'o1', product_name: 'Blender 500W' },
};
const codesOf = (more: Partial<Facts>) => noticesOf({ ...facts, ...more }).map(({ code }) => code);

describe('who opens a second case by mistake hears of the first', () => {
  test('on the same order, in both languages', () => {
    const [notice] = noticesOf({ ...facts, others: [other] });
    expect(notice?.code).toBe('OTHER_OPEN_CASE');
    expect(notice?.sentence.en).toMatch(/^HV-1001 \(return_ordered\) is open/);
    expect(notice?.sentence.ar).toContain('الحالة HV-1001 مفتوحة');
  });

  test('without an order, on the same product', () => {
    const bought = { main_order_id: null };
    expect(codesOf({ ...bought, others: [{ ...other, ...bought }] })).toEqual(['OTHER_OPEN_CASE']);
    const mixer = { ...other, ...bought, product_name: 'Mixer' };
    expect(codesOf({ ...bought, others: [mixer] })).toEqual([]);
  });

  test('a case on another order of the same customer is no mistake', () => {
    expect(codesOf({ others: [{ ...other, main_order_id: 'o2' }] })).toEqual([]);
    expect(codesOf({ main_order_id: null, others: [other] })).toEqual([]);
  });
});

test.each([
  ['that is on its way again', { state_code: 41, has_failed: false }, /the customer may get two/],
  ['that was delivered', { state_code: 45, has_failed: false }, /the customer may get two/],
  [
    'that has come back',
    { state_code: 46, has_failed: false },
    /it has come back, and is for the stock/,
  ],
  ['that is still lost', { state_code: 100, has_failed: true }, undefined],
])('who looks at a case hears of a replacement %s after another was sent', (_, leg, sentence) => {
  const [notice] = noticesOf({ ...facts, lost: [{ tracking_number: '8001', ...leg }] });
  expect(notice?.code).toBe(sentence && 'LOST_AND_FOUND');
  if (sentence) expect(notice?.sentence.en).toMatch(sentence);
});

test.each([
  ['a sale that was delivered', 10, 45, []],
  ['a sale on its way', 10, 41, ['ORDER_NOT_DELIVERED']],
  ['a sale that came back', 20, 46, ['ORDER_NOT_DELIVERED']],
  ['a pickup', 25, 46, []],
  ['an exchange', 30, 46, []],
])(
  'who opens a case on %s hears whether the customer has it',
  (_, order_type_code, state_code, codes) => {
    expect(codesOf({ order: { order_type_code, state_code } })).toEqual(codes);
  },
);

describe('who changes the address hears of a courier who goes to the former one', () => {
  const leg = (reference: string, state_code: number) => ({
    ...{ reference, tracking_number: `70-${reference}`, attempt: 1, state_code, state_at: null },
    ...{ purpose: 'pickup' as const, exceptions: 0, has_failed: false },
  });
  const ordered = { event: 'pickup_ordered', data: { reference: 'P1' } };
  const sent = { event: 'delivery_ordered', data: { reference: 'W1' } };
  const moved = { event: 'edited', data: { texts: ['notes', 'pickup_address'] } };
  const noted = { event: 'edited', data: { texts: ['notes'] } };
  const before: Facts['state'] = { pickup: leg('P1', 10), delivery: null, scan: null };
  const scan = { tracking_number: '70-P1', at: '2026-07-01T10:00:00Z', by: 1 };
  const after: Facts['state'] = { pickup: leg('P1', 46), delivery: leg('W1', 21), scan };

  test.each([
    ['after the pickup was ordered', before, [ordered, moved], ['FORMER_ADDRESS']],
    ['after the way back was ordered', after, [ordered, sent, moved], ['FORMER_ADDRESS']],
    ['before it was ordered', before, [moved, ordered], []],
    ['before the way back was ordered', after, [ordered, moved, sent], []],
    ['no address at all', before, [ordered, noted], []],
    ['when he has been there', { ...before, pickup: leg('P1', 23) }, [ordered, moved], []],
    [
      'when he missed the customer too often: the next one is told',
      { ...before, pickup: { ...leg('P1', 47), has_failed: true } },
      [ordered, moved],
      [],
    ],
  ])('%s', (_, state, events, codes) => {
    expect(codesOf({ state, events })).toEqual(codes);
  });
});

describe('warranty is so many months from delivery', () => {
  test.each([
    ['warranty', '2025-07-01T10:00:01Z', 12, []],
    ['warranty', '2025-06-30T10:00:00Z', 12, ['WARRANTY_OVER']],
    ['warranty', '2025-06-30T10:00:00Z', 24, []],
    ['warranty', null, 12, []],
    ['paid', '2026-01-01T10:00:00Z', 12, ['WARRANTY_RUNS']],
    ['paid', '2025-01-01T10:00:00Z', 12, []],
    [null, '2020-01-01T10:00:00Z', 12, []],
  ] as const)(
    '%s, delivered %s with %i months: %j',
    (action_subtype, delivered, warranty_months, codes) => {
      const delivered_at = delivered === null ? null : new Date(delivered);
      expect(codesOf({ action_subtype, delivered_at, warranty_months })).toEqual(codes);
    },
  );

  test('a month that is too short ends with its last day', () => {
    const at = { delivered_at: new Date('2026-01-31T10:00:00Z'), warranty_months: 1 };
    const [notice] = noticesOf({ ...facts, ...at, action_subtype: 'warranty' });
    expect(notice?.sentence.en).toContain('2026-02-28');
  });
});
