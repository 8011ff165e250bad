import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalPhone, phonesIn } from '../../domain/phone.ts';

test.each([
  ['01012345678', '201012345678'],
  ['+201012345678', '201012345678'],
  ['201012345678', '201012345678'],
  ['00201012345678', '201012345678'],
  ['1012345678', '201012345678'],
  ['+20 010 1234 5678', '201012345678'],
  ['010-1234-5678', '201012345678'],
  ['٠١٠١٢٣٤٥٦٧٨', '201012345678'],
  ['۰۱۱۱۲۳۴۵۶۷۸', '201112345678'],
  ['\u200e+20 12 2345 6789\u200f', '201223456789'],
  ['02 2345 6789', '20223456789'],
  ['+20 3 456 7890', '2034567890'],
  ['040 123 4567', '20401234567'],
  ['+966 50 123 4567', '966501234567'],
  ['00971501234567', '971501234567'],
  ['0201012345678', '201012345678'],
  ['+020 10 1234 5678', '201012345678'],
])('%s is one phone with %s', (spelling, canonical) => {
  expect(canonicalPhone(spelling)).toBe(canonical);
});

test.each([
  '',
  'لا يوجد',
  '0101234567',
  '010123456789',
  '20101234567',
  '01312345678',
  '19666',
  '2345678',
])('"%s" is no phone number, and none is guessed', (text) => {
  expect(canonicalPhone(text)).toBeUndefined();
});

test.each([
  ['01012345678 / 01112345678', ['201012345678', '201112345678']],
  ['01012345678-01112345678', ['201012345678', '201112345678']],
  ['010 1234 5678 او ٠١١١٢٣٤٥٦٧٨', ['201012345678', '201112345678']],
  ['010-1234-5678', ['201012345678']],
  ['01012345678, مكتب', ['201012345678']],
  ['0100-000-0103 / 0110-000-0104', ['201000000103', '201100000104']],
  ['01000000103 01100000104', ['201000000103', '201100000104']],
  ['010 0000 0103  011 0000 0104', ['201000000103', '201100000104']],
  ['01000000103 و01100000104', ['201000000103', '201100000104']],
  ['1000000103+201100000104', ['201000000103', '201100000104']],
  ['+20 100 000 0103 +20 110 000 0104', ['201000000103', '201100000104']],
  ['02-27654321 / 01000000103', ['20227654321', '201000000103']],
  ['02 27654321 01000000103', ['20227654321', '201000000103']],
  ['شقة 5 01000000103', ['201000000103']],
  ['010ـ0000ـ0103', ['201000000103']],
  ['010/12345678', ['201012345678']],
  ['٠١٠ / ١٢٣٤٥٦٧٨', ['201012345678']],
  ['02/27654321 / 01000000103', ['20227654321', '201000000103']],
  ['1012345678.0', ['201012345678']],
  ['012.345678.00', ['201234567800']],
])('the phones in "%s" are %j, and all are read', (text, phones) => {
  expect(phonesIn(text)).toEqual({ phones, isAllRead: true });
});

test.each([
  ['0101234567 / 19666', []],
  ['0101234 / 5678', []],
  ['0101234 او 5678', []],
  ['0151234567 0 1000000103', []],
  ['27654321 / 01000000103', ['201000000103']],
  ['01000000103-19666', ['201000000103']],
  ['010 1234 5678 - 19666', ['201012345678']],
  ['010 0000 0103 7 011 0000 0104', []],
])('of "%s" %j can be read, and the rest is made into no phone', (text, phones) => {
  expect(phonesIn(text)).toEqual({ phones, isAllRead: false });
});

test.each([
  ['2345678', '55', '20552345678'],
  ['55 2345678', '55', '20552345678'],
  ['٢٣٤-٥٦٧٨', '3', '2032345678'],
  ['2345 6789', '2', '20223456789'],
  ['055 2345678', '2', '20552345678'],
])('"%s" is a landline where one dials 0%s from elsewhere', (text, area, phone) => {
  expect(phonesIn(text, area)).toEqual({ phones: [phone], isAllRead: true });
});

test.each([
  ['2345678', '2'],
  ['23456789', '55'],
  ['33456789', '55'],
  ['0101234', '55'],
  ['1234567', '55'],
  ['19666', '2'],
])('"%s" is no landline where one dials 0%s from elsewhere', (text, area) => {
  expect(phonesIn(text, area).phones).toEqual([]);
});

test('digits without end are no phone, and soon read', () => {
  expect(phonesIn('0 1 '.repeat(100_000)).phones).toEqual([]);
});

const mobile = fc.tuple(fc.constantFrom('10', '11', '12', '15'), fc.stringMatching(/^\d{8}$/));
const spellings = ['0', '+20', '20', '0020', '', '+200'];

test('every spelling of a mobile is the same customer, and the canonical form is its own', () => {
  fc.assert(
    fc.property(
      mobile,
      fc.constantFrom(...spellings),
      fc.nat(9),
      fc.boolean(),
      (number, prefix, gap, isArabic) => {
        const digits = number.join('');
        const spaced = `${prefix}${digits.slice(0, gap)} ${digits.slice(gap)}`;
        const typed = isArabic
          ? spaced.replace(/\d/g, (d) => String.fromCharCode(0x660 + Number(d)))
          : spaced;
        expect(canonicalPhone(typed)).toBe(`20${digits}`);
        expect(canonicalPhone(`20${digits}`)).toBe(`20${digits}`);
      },
    ),
  );
});
