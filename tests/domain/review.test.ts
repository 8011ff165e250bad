import { expect, test } from 'vitest';
import { defaultPolicy } from '../../domain/policy.ts';
import { reviewReasons } from '../../domain/review.ts';
import type { ActionType, RecommendedAction } from '../../domain/vocabulary.ts';
import { inspected } from '../support/cases.ts';

const cases: [ActionType, number, RecommendedAction, string[]][] = [
  ['return_refund', 8, 'refund', []],
  ['maintenance', 6, 'maintenance', []],
  ['maintenance', 6, 'replace_part', []],
  ['replace_part', 4, 'maintenance', []],
  ['replace_full', 4, 'replace_full', []],
  ['exchange', 10, 'replace_full', []],
  ['maintenance', 8, 'refund', ['other_than_asked']],
  ['maintenance', 8, 'replace_full', ['other_than_asked']],
  ['exchange', 8, 'refund', ['other_than_asked']],
  ['return_refund', 8, 'maintenance', ['other_than_asked']],
  ['return_refund', 3, 'refund', ['low_score']],
  ['replace_full', 2, 'replace_full', ['low_score']],
  ['maintenance', 4, 'dispose', ['dispose']],
  ['maintenance', 1, 'dispose', ['low_score', 'dispose']],
  ['maintenance', 2, 'refund', ['low_score', 'other_than_asked']],
];

test.each(cases)(
  '%s scored %i with %s recommended is reviewed for %j',
  (type, quality_score, recommended_action, reasons) => {
    expect(reviewReasons(type, { quality_score, recommended_action }, defaultPolicy)).toEqual(
      reasons,
    );
  },
);

test('a refund scored 8 goes on without review', () => {
  const state = inspected(
    { action_type: 'return_refund' },
    { quality_score: 8, recommended_action: 'refund' },
  );
  expect(state).toMatchObject({
    status: 'hub_confirmed',
    service: 'refund',
    waiting: { what: 'refund' },
  });
});

test('the rule runs here, whatever score the client hopes to get away with', () => {
  expect(inspected({}, { quality_score: 2 }).status).toBe('awaiting_review');
});
