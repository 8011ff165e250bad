import { expect, test } from 'vitest';
import { read } from './read-odd.ts';

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

test('what a database exports is read where an object may stand too', () => {
  const { order, unreadable } = read({
    ...{ type: { $numberInt: '25' } },
    state: { code: 24, receivedAtWarehouse: { $date: '2026-06-01T10:00:00Z' } },
  });
  expect(order).toMatchObject({
    ...{ order_type_code: 25, state_code: 24 },
    received_at_warehouse: new Date('2026-06-01T10:00:00Z'),
  });
  expect(read({ state: { $numberInt: '45' } }).order.state_code).toBe(45);
  expect(unreadable).toEqual([]);
});

test.each(['2', '٢', '2 kg', '2kg', '٢ كجم', 2])('the weight %j is two kilograms', (weight) => {
  expect(read({ specs: { weight } })).toMatchObject({ order: { specs_weight: 2 }, unreadable: [] });
});

test.each(['-2', '500g', 'heavy', [2]])('the weight %j is listed', (weight) => {
  expect(read({ specs: { weight } })).toMatchObject({
    order: { specs_weight: null },
    unreadable: [`specs_weight: ${JSON.stringify(weight)}`],
  });
});

test('fewer than none there cannot be', () => {
  const { order, unreadable } = read({
    ...{ attemptsCount: -1, callsNumber: '-2' },
    specs: { packageDetails: { itemsCount: -3 } },
  });
  expect(order).toMatchObject({ attempts_count: null, calls_count: null, product_count: null });
  expect(unreadable).toEqual([
    ...['specs_items_count: -3', 'attempts_count: -1', 'calls_count: "-2"'],
  ]);
});

test.each([
  { said: true, written: [true, 1, '1', '١', 'TRUE', 'yes', 'نعم'] },
  { said: false, written: [false, 0, '0', 'False', 'No', 'لا'] },
  { said: null, written: [2, 'maybe', {}] },
])('$written say $said', ({ said, written }) => {
  for (const allowToOpenPackage of written) {
    const { order, unreadable } = read({ allowToOpenPackage });
    expect([allowToOpenPackage, order.allow_open_package]).toEqual([allowToOpenPackage, said]);
    expect(unreadable).toHaveLength(said === null ? 1 : 0);
  }
});
