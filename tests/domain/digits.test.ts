import { expect, test } from 'vitest';
import { latinDigits, trackingNumber } from '../../domain/digits.ts';

test('Arabic-Indic and Persian digits are the same digits', () => {
  expect(latinDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 42')).toBe('0123456789 0123456789 42');
  expect(latinDigits('١٬٢٥٠٫٥٠')).toBe('1,250.50');
});

test.each([
  ['6400000104', '6400000104'],
  [' 1000000890 ', '1000000890'],
  ['٦٤٠٠٠٠٠١٠٤', '6400000104'],
  ['\u200f۶۴۰۰۰۰۰۱۰۴', '6400000104'],
  ['HV-1042', 'HV-1042'],
  ['ab_c', 'ab_c'],
])('"%s" is scanned as %s', (typed, number) => {
  expect(trackingNumber(typed)).toBe(number);
});

test.each(['', '12', 'x'.repeat(51), '640/104', 'شحنة', '64;drop'])(
  '"%s" is no tracking number',
  (typed) => {
    expect(trackingNumber(typed)).toBeUndefined();
  },
);
