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
  ['0101234567 / 19666', []],
])('the phones in "%s" are %j', (text, phones) => {
  expect(phonesIn(text)).toEqual(phones);
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
