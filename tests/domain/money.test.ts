import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEgp, piastres, sum, toEgp } from '../../domain/money.ts';

test.each<[written: unknown, amount: number | undefined]>([
  ['434', 434_00],
  [885.12, 885_12],
  ['0.00', 0],
  [-0, 0],
  ['-0.00', 0],
  ['-86.64', -86_64],
  ['+12', 12_00],
  [' 12.5 ', 12_50],
  ['1,250.5', 1_250_50],
  ['1,000,000', 1_000_000_00],
  ['12,50', undefined],
  ['12.', undefined],
  ['twelve', undefined],
  ['', undefined],
  [null, undefined],
  [Number.NaN, undefined],
  [1e13, undefined],
  [1e13 + 0.5, undefined],
])('%j is read as %s piastres', (written, amount) => {
  expect(parseEgp(written)).toBe(amount);
});

test.each([
  ['0.004', 0],
  ['0.005', 1],
  ['0.0149', 1],
  ['-0.005', -1],
  [12.345, 12_35],
  ['9.999', 10_00],
])('half a piastre rounds away from zero: %j is %i', (written, amount) => {
  expect(parseEgp(written)).toBe(amount);
});

test('an amount is the same after it has been an amount in EGP', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000_00, max: 100_000_000_00 }), (amount) => {
      expect(parseEgp(toEgp(piastres(amount)))).toBe(amount);
      expect(parseEgp(toEgp(piastres(amount)).toFixed(2))).toBe(amount);
    }),
  );
});

test('a sum of amounts is exact, and half a piastre is no amount', () => {
  expect(toEgp(sum([piastres(10), piastres(20)]))).toBe(0.3);
  expect(() => piastres(0.5)).toThrow(RangeError);
});
