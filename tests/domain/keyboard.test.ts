import { expect, test } from 'vitest';
import { scannedNumber } from '../../domain/case-reference.ts';
import { typedNumber } from '../../domain/keyboard.ts';

test.each([
  ['أ{-١٠٤٢', 'HV-1042'],
  ['ار-1042', 'hv-1042'],
  ['أ{-١٠٤٢-؛١', 'HV-1042-P1'],
  ['لاسف-٧٠٠١', 'bst-7001'],
  [' ٧٠٠١ ', '7001'],
  ['bst_7001', 'bst_7001'],
])('a scanner on an Arabic keyboard sends %s for %s', (sent, number) => {
  expect(typedNumber(sent)).toBe(number);
});

test.each(['خلاط', 'خلاط كلاسيك', '#7001', 'HV-١٠٤٢؟', ''])('%s is no number', (text) => {
  expect(typedNumber(text)).toBeUndefined();
});

test('its case knows it', () => {
  expect(scannedNumber('أ{-١٠٤٢', 1042)).toBe('HV-1042');
});
