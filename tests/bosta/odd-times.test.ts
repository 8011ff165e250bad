import { expect, test } from 'vitest';
import { read } from './read-odd.ts';

const [morning, evening] = ['2025-11-05T07:45:51.000Z', '2025-11-05T19:45:00.000Z'];

test.each([
  ['05/11/2025 09:45:51', morning],
  ['05-11-2025 09:45:51', morning],
  ['5.11.2025 9:45:51', morning],
  ['2025/11/05 09:45:51', morning],
  ['2025-11-5 9:45:51', morning],
  ['٠٥/١١/٢٠٢٥ ٠٩:٤٥:٥١', morning],
  ['٥\u200f/١١\u200f/٢٠٢٥، ٩:٤٥:٥١ ص', morning],
  ['٥ نوفمبر ٢٠٢٥ ٩:٤٥ م', evening],
  ['الأربعاء، ٥ نوفمبر ٢٠٢٥ 21:45', evening],
  ['2025-11-05 09:45 PM', evening],
  ['November 5, 2025 9:45 pm', evening],
  ['Wed Nov 05 2025 09:45:51', morning],
  ['Wed Nov  5 2025 07:45:51 GMT+0000', morning],
  ['Wed, 05 Nov 2025 09:45:51 +0200', morning],
  ['5 Nov 2025 09:45:51', morning],
  ['November 5, 2025 at 9:45:51 AM', morning],
  ['٥ نوفمبر ٢٠٢٥ في ٩:٤٥ م', evening],
  ['05-Nov-2025 09:45:51', morning],
  ['20251105T074551Z', morning],
  ['20251105T094551+0200', morning],
  ['20251105T2145', evening],
  ['2025-11-05T09:45:51+02:00[Africa/Cairo]', morning],
  ['1762328751000.0', morning],
  [{ $date: morning }, morning],
  [{ $date: { $numberLong: '1762328751000' } }, morning],
])('%j is the instant %s', (written, instant) => {
  const { order, unreadable } = read({ scheduledAt: written });
  expect(order.scheduled_at?.toISOString()).toBe(instant);
  expect(unreadable).toEqual([]);
});

test.each([
  '05/11/2025',
  '5-11-2025',
  '2025/11/05',
  'Wed Nov 05 2025',
  'Nov 5, 2025',
  '٥ نوفمبر ٢٠٢٥',
])('the day %s begins in Cairo', (written) => {
  const { order } = read({ scheduledAt: written, deliveryPromiseDate: written });
  expect(order.scheduled_at?.toISOString()).toBe('2025-11-04T22:00:00.000Z');
  expect(order.delivery_promise_date).toBe('2025-11-05');
});

test.each([
  ['25 April 2025 00:30', '2025-04-24T22:30:00.000Z'],
  ['2025-04-25', '2025-04-24T22:00:00.000Z'],
  ['2025-10-31', '2025-10-30T22:00:00.000Z'],
])('%s, on the day that the clocks change, is the instant %s', (written, instant) => {
  expect(read({ scheduledAt: written }).order.scheduled_at?.toISOString()).toBe(instant);
});

test.each([
  ...[
    '11/5/2025, 9:45:51 AM',
    '13/25/2025',
    '2025-11-05 13:00 PM',
    '2025-11-05 0:30 am',
    '5/11/25',
  ],
  ...['2025/11-05', '5 Foo 2025', '31 Feb 2025', '20251105', 'N/A', 45966, 1762335951000000],
  ...['20251305T094551Z', '20251105T24', '2025-11-05T09:45:51[Asia/Tokyo]'],
  ...['05/11/2025 tomorrow', '2025-11-05T09:45:51Z and later', { $date: { $date: morning } }],
])('%j may be another time, or none: it is listed', (scheduledAt) => {
  expect(read({ scheduledAt })).toMatchObject({
    order: { scheduled_at: null },
    unreadable: [`scheduled_at: ${JSON.stringify(scheduledAt)}`],
  });
});

test('a value of a megabyte is no time and no amount, at once', () => {
  const spaces = ' '.repeat(1_000_000);
  const began = performance.now();
  const { order } = read({ scheduledAt: `2025-11-05 10${spaces}x`, cod: `5${spaces}x` });
  expect(order).toMatchObject({ scheduled_at: null, cod: null });
  expect(performance.now() - began).toBeLessThan(1_000);
});
