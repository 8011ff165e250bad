import { expect, test } from 'vitest';
import { readDelivery } from '../../activities/bosta/read-delivery.ts';

const read = (fields: Record<string, unknown>) =>
  readDelivery({ _id: 'odd', trackingNumber: '7400000199', ...fields });

test.each([
  ['1,250.50', 1_250_50],
  ['١٢٥٠٫٥', 1_250_50],
  ['١٬٢٥٠٫٥٠', 1_250_50],
  ['-٨٦٫٦٤', -86_64],
  ['۲۵۰', 250_00],
  ['EGP 1250', 1_250_00],
  ['1,250 EGP', 1_250_00],
  ['350 L.E', 350_00],
  ['LE 350', 350_00],
  ['١٢٥٠ ج.م', 1_250_00],
  ['٢٥٠ جنيه مصري', 250_00],
  ['ج.م. ٢٥٠', 250_00],
  ['\u2212300', -300_00],
  [{ $numberDecimal: '250.50' }, 250_50],
  [{ $numberInt: '250' }, 250_00],
])('the amount %j is %i piastres', (cod, piastres) => {
  expect(read({ cod })).toMatchObject({ order: { cod: piastres }, unreadable: [] });
});

test.each([
  ...['250/300', '1.250,50', '12,50', '2,50,000', '(300)', '300-', '1e3', 'EGP', 'free', '250 USD'],
  ...[true, [250], { amount: 250 }, { $numberDecimal: { $numberDecimal: '1' } }, 1e15],
])('the amount %j may mean another, or none: it is listed', (cod) => {
  expect(read({ cod })).toMatchObject({
    order: { cod: null },
    unreadable: [`cod: ${JSON.stringify(cod)}`],
  });
});

test('numbers are read as texts, in Arabic digits and as a database exports them', () => {
  const { order, unreadable } = read({
    _id: { $oid: '66a0c2' },
    trackingNumber: { $numberLong: '7400000199' },
    callsNumber: '٣',
    specs: { weight: '١٫٥', packageDetails: { itemsCount: { $numberInt: '2' } } },
  });
  expect(order).toMatchObject({
    ...{ id: '66a0c2', tracking_number: '7400000199', calls_count: 3 },
    ...{ specs_weight: 1.5, specs_items_count: 2 },
  });
  expect(unreadable).toEqual([]);
});
