import { expect, test } from 'vitest';
import { recordedHistories, replay } from '../support/histories.ts';

const histories = await recordedHistories();

test('there is a recorded history for each story', () => {
  expect(histories.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['refund', 'repair', 'replacement', 'replacement-by-signals']),
  );
});

test.each(histories)(
  'an open case of yesterday goes on with the code of today: $name',
  async ({ text }) => {
    await replay(text, 'service-case:1001');
  },
);

/** What the stories say of their customers: none of it may be in a history. */
const personal = [
  'منى',
  '1234',
  'التسعين',
  'New Cairo',
  'IP-20311',
  'scratched',
  'cracked',
  'توقف',
  'defective',
  '@hvar',
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
