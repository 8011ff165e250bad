import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cairoDay, cairoDayEnd, cairoDayStart, cairoInstant } from '../../domain/cairo-time.ts';

test('an order of 1 June 00:30 in Cairo is an order of June (lessons 16)', () => {
  const at = new Date('2026-05-31T21:30:00Z');
  expect(cairoDay(at)).toBe('2026-06-01');
  expect(cairoInstant('2026-06-01T00:30:00')).toEqual(at);
});

test.each([
  ['a winter day', '2026-01-15', '2026-01-14T22:00:00Z', '2026-01-15T22:00:00Z'],
  ['a summer day', '2026-07-15', '2026-07-14T21:00:00Z', '2026-07-15T21:00:00Z'],
  ['the day before summer time', '2026-04-23', '2026-04-22T22:00:00Z', '2026-04-23T22:00:00Z'],
  [
    'the day on which summer time begins',
    '2026-04-24',
    '2026-04-23T22:00:00Z',
    '2026-04-24T21:00:00Z',
  ],
  ['the last day of summer time', '2026-10-29', '2026-10-28T21:00:00Z', '2026-10-29T22:00:00Z'],
])('%s (%s) begins and ends by the clocks of Cairo', (_, day, start, end) => {
  expect(cairoDayStart(day)).toEqual(new Date(start));
  expect(cairoDayEnd(day)).toEqual(new Date(end));
});

test('every instant lies within its own day', () => {
  const instants = fc.date({
    min: new Date('2000-01-01'),
    max: new Date('2101-01-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, (at) => {
      const day = cairoDay(at);
      expect(cairoDayStart(day) <= at && at < cairoDayEnd(day)).toBe(true);
    }),
  );
});
