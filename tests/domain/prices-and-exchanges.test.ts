import { expect, test } from 'vitest';
import { piastres } from '../../domain/money.ts';
import { best, day, linking, linksAmong, order, repair } from '../families/support.ts';

const { min_confidence } = linking.policy.linking;

test('the very price of a sale goes back for it, though another followed', () => {
  const found = best(
    repair('s', { service_type: 'return', cod: piastres(-1250_00) }),
    order('paid', { cod: piastres(1250_00), product_name: 'خلاط' }),
    order('since', { cod: piastres(1890_00), product_name: 'فرن', created_at: day(30) }),
  );
  expect(found?.main_order_id).toBe('paid');
  expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
});

test('an exchange belongs to the sale of what it takes back, not of what it brings', () => {
  const exchange = {
    ...{ service_type: 'service' as const, order_type_code: 30 },
    ...{ product_name: 'Espresso 20 Bar', return_description: 'الخلاط' },
  };
  const found = best(
    repair('s', exchange),
    order('blender', { product_name: 'خلاط 500 وات' }),
    order('espresso', { product_name: 'Espresso 20 Bar', created_at: day(30) }),
  );
  expect(found?.main_order_id).toBe('blender');
  expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
});

test('what an exchange brings speaks against no sale, though it does not say what it takes back', () => {
  const exchange = { order_type_code: 30, product_name: 'Electric oven 45L' } as const;
  const blender = order('blender', { product_name: 'خلاط 500 وات' });
  const oven = order('oven', { product_name: 'فرن كهربائي 45 لتر', created_at: day(-20) });
  const alone = best(repair('s', exchange), blender);
  expect(alone?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
  expect(best(repair('s', exchange), blender, oven)?.main_order_id).toBe('oven');
});

test('what an exchange takes back tells its sale in the other script too, of a kind that nobody knows', () => {
  const slicer = { product_name: 'قطاعة نايسر', return_description: 'قطاعة نايسر' };
  const found = best(
    repair('s', { order_type_code: 30, ...slicer }),
    order('slicer', { product_name: 'Vegetable slicer Nicer' }),
    order('iron', { product_name: 'مكواة بخار 2400 وات', created_at: day(30) }),
  );
  expect(found?.main_order_id).toBe('slicer');
});

test('what an exchange brings speaks for no sale where it takes back a product of another name', () => {
  const exchange = { product_name: 'Turbo X5', return_description: 'Smart Cut' };
  const found = best(
    repair('s', { ...exchange, service_type: 'service', order_type_code: 30 }),
    order('taken', { product_name: 'سمارت كت' }),
    order('brought', { product_name: 'تيربو اكس 5', created_at: day(30) }),
  );
  expect(found).not.toMatchObject({ main_order_id: 'brought', evidence: { product: 'same' } });
});

test('what an exchange brings speaks for no sale where what is wrong tells another kind', () => {
  const found = best(
    repair('s', {
      ...{ service_type: 'service', order_type_code: 30 },
      ...{ product_name: 'مفرمة لحوم 2500 وات', return_description: 'مبتشفطش' },
    }),
    order('vacuum', { product_name: 'Vacuum cleaner 1800W', created_at: day(10) }),
    order('grinder', { product_name: 'مفرمة لحوم 2500 وات' }),
  );
  expect(found?.main_order_id).toBe('vacuum');
  expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
});

test.each([
  ['that the exchange brought is a return of the replacement', 'خلاط 1000', 'exchange'],
  ['that it took back is of the sale', 'Meat grinder 1600W', 'm'],
])('what is about the product %s', (_, product_name, above) => {
  const links = linksAmong([
    order('m', { product_name: 'مفرمة لحوم 1600 وات' }),
    order('exchange', {
      ...{ service_type: 'service', order_type_code: 30, created_at: day(20) },
      ...{ return_description: 'المفرمة', product_name: 'Blender 1000W' },
    }),
    repair('s', { product_name }),
  ]);
  expect(links).toMatchObject([
    { sub_order_id: 'exchange', main_order_id: 'm', is_active: true },
    { sub_order_id: 's', main_order_id: above, is_active: true },
  ]);
});

test('the difference that an exchange costs is no price of a sale', () => {
  const found = best(
    repair('s', { service_type: 'service', order_type_code: 30, cod: piastres(-200_00) }),
    order('m', { cod: piastres(1250_00) }),
  );
  expect(found?.evidence.amount).toBe('unknown');
});

test.each([
  ['a pickup', { service_type: 'return', order_type_code: 25 }],
  ['an exchange', { service_type: 'service', order_type_code: 30 }],
  ['a replacement', { service_type: 'service' }],
] as const)(
  '%s that says no more than what its goods are worth is of the sale that cost so much',
  (_, sent) => {
    const sale = (id: string, cod: number, days: number) =>
      order(id, { cod: piastres(cod), created_at: day(days) });
    const sub = repair('s', { ...sent, goods_amount: piastres(1290_00), created_at: day(120) });
    const found = best(sub, sale('equal', 1290_00, 0), sale('newer', 890_00, 40));
    expect(found).toMatchObject({ main_order_id: 'equal', evidence: { amount: 'goods' } });
    expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
  },
);

test('what an exchange brings instead is worth nothing that tells the sale', () => {
  const brings = { order_type_code: 30, product_name: 'Oven', return_description: 'Blender' };
  const worth = { goods_amount: piastres(1290_00) };
  const sub = repair('s', { service_type: 'service', ...brings, ...worth });
  expect(best(sub, order('m', { cod: piastres(1290_00) }))?.evidence.amount).toBe('unknown');
});

test('the very price of an older sale outweighs that another is nearer', () => {
  const found = best(
    repair('s', { service_type: 'return', cod: piastres(-3115_00) }),
    order('older', { cod: piastres(3115_00) }),
    order('newer', { cod: piastres(3560_00), created_at: day(30) }),
  );
  expect(found?.main_order_id).toBe('older');
});

test('a refund of the very amount points to the sale that cost it', () => {
  const sale = (id: string, cod: number, days: number) =>
    order(id, { cod: piastres(cod), created_at: day(days) });
  const refund = repair('s', { service_type: 'return', cod: piastres(-1290_00) });
  const found = best(refund, sale('equal', 1290_00, 0), sale('less', 890_00, 10));
  expect(found).toMatchObject({ main_order_id: 'equal', evidence: { amount: 'refund' } });
});
