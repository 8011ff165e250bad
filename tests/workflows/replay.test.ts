import { expect, test } from 'vitest';
import { recordedHistories, replayAll } from '../support/histories.ts';

const histories = await recordedHistories();

/** Every way that a case can go; recorded anew with `RECORD_HISTORIES=1 npx vitest run tests/stories tests/safety/paths.test.ts`. */
const paths = [
  ...[
    'repair',
    'replacement',
    'replacement-by-signals',
    'refund',
    'failed-repair-then-replacement',
  ],
  ...['rejected', 'requires-changes', 'walk-in', 'brought-while-the-pickup-stood'],
  ...['fetched-at-the-hub', 'fetched-before-the-courier-came'],
  ...['cancelled-before-pickup', 'cancelled-and-not-called-off', 'cancelled-in-transit'],
  ...['cancelled-at-hub', 'lost', 'lost-on-the-way-back-and-found'],
  ...['return-decision-retry', 'return-decision-walk-in', 'return-decision-cancel'],
  ...['missed-too-often-and-collected-after-all', 'missed-and-retried-twice'],
  ...['delivery-decision-resend', 'delivery-decision-close'],
  'replacement-sent-again-and-the-lost-one-found',
];

test('there is a recorded history of every path', () => {
  expect(histories.map(({ name }) => name).toSorted()).toEqual(paths.toSorted());
});

test('an open case of yesterday goes on with the code of today, whichever path it took', async () => {
  expect(await replayAll(histories)).toEqual([]);
});

/** What the stories and paths say of their customers: none of it may be in a history. */
const personal = [
  'منى',
  '12345678',
  '١٢٣٤',
  'التسعين',
  'New Cairo',
  'IP-20311',
  'scratched',
  'cracked',
  'توقف',
  'defective',
  '@hvar',
  'Abbas',
  'Nasr City',
  'Stopped',
];

test.each(histories)('no history tells who the customer is: $name', ({ text }) => {
  const decoded = [...text.matchAll(/"data": ?"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString('utf8'),
  );
  expect(decoded.length).toBeGreaterThan(0);
  const told = personal.filter(
    (word) => decoded.some((payload) => payload.includes(word)) || text.includes(word),
  );
  expect(told).toEqual([]);
});
