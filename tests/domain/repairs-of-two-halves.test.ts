import { expect, test } from 'vitest';
import type { FamilyOrder } from '../../domain/hierarchy.ts';
import { day, linksAmong, order, repair } from '../families/support.ts';

test('what comes back from a repair is of the sale that was there when it was fetched', () => {
  const pickup = (id: string, at: number, product_name = 'خلاط') =>
    repair(id, { service_type: 'return', order_type_code: 25, created_at: day(at), product_name });
  const back = repair('s', { product_name: 'Blender' });
  const sales = [order('old', { product_name: 'خلاط' })];
  sales.push(order('since', { product_name: 'خلاط', created_at: day(35) }));
  const mainAfter = (...halves: FamilyOrder[]) =>
    linksAmong([...sales, ...halves, back]).find((link) => link.sub_order_id === 's')
      ?.main_order_id;
  expect(mainAfter()).toBe('since');
  expect(mainAfter(pickup('p', 30))).toBe('old');
  expect(mainAfter(pickup('p', 30, 'مفرمة لحوم'))).toBe('since');
  const cameBack = repair('b', { created_at: day(34), product_name: 'خلاط' });
  expect(mainAfter(pickup('p', 30), cameBack)).toBe('since');
});

test.each<[string, Partial<FamilyOrder>]>([
  ['the product', { product_name: 'Blender' }],
  ['the tracking number', { notes: 'صيانة للشحنة T-1001' }],
  ["the shop's number", { notes: 'صيانة أوردر 26001' }],
])('a way back that says nothing is of the sale of which its pickup says %s', (_, says) => {
  const blender = { tracking_number: 'T-1001', business_reference: '#26001' };
  const sales = [order('blender', { ...blender, product_name: 'خلاط' })];
  sales.push(order('grinder', { product_name: 'مفرمة لحوم', created_at: day(20) }));
  const pickup = { service_type: 'return', order_type_code: 25, created_at: day(30) } as const;
  const links = linksAmong([...sales, repair('pickup', { ...pickup, ...says }), repair('back')]);
  expect(links).toMatchObject([
    { sub_order_id: 'back', main_order_id: 'blender', is_active: true },
    { sub_order_id: 'pickup', main_order_id: 'blender', is_active: true },
  ]);
});

test.each<[string, Partial<FamilyOrder>]>([
  ['the product', { product_name: 'Blender' }],
  ['the tracking number', { notes: 'بعد صيانة الشحنة T-1001' }],
])('a pickup that says nothing is of the sale of which its way back says %s', (_, says) => {
  const sales = [order('blender', { tracking_number: 'T-1001', product_name: 'خلاط' })];
  sales.push(order('grinder', { product_name: 'مفرمة لحوم', created_at: day(20) }));
  const pickup = { service_type: 'return', order_type_code: 25, created_at: day(30) } as const;
  const mainOfPickup = (...after: FamilyOrder[]) =>
    linksAmong([...sales, repair('pickup', pickup), ...after]).find(
      (link) => link.sub_order_id === 'pickup',
    )?.main_order_id;
  expect(mainOfPickup()).toBe('grinder');
  expect(mainOfPickup(repair('back', says))).toBe('blender');
  const nextPickup = repair('next', { ...pickup, created_at: day(35) });
  expect(mainOfPickup(nextPickup, repair('back', says))).toBe('grinder');
});

test('of a pickup its way back tells the kind of product, and a way back the product by its pickup', () => {
  const sales = [order('blender', { product_name: 'Blender 500W' })];
  const pickup = { service_type: 'return', order_type_code: 25, created_at: day(30) } as const;
  const productsOf = (fetched: Partial<FamilyOrder>, brought: Partial<FamilyOrder>) =>
    linksAmong([
      ...sales,
      repair('pickup', { ...pickup, ...fetched }),
      repair('back', brought),
    ]).map(({ sub_order_id, evidence }) => [sub_order_id, evidence.product]);
  const named = { product_name: 'خلاط 500 وات' };
  expect(productsOf({}, named)).toEqual([
    ['back', 'same'],
    ['pickup', 'kind'],
  ]);
  expect(productsOf(named, {})).toEqual([
    ['back', 'same'],
    ['pickup', 'same'],
  ]);
});

test('of two repairs at once the halves that name one order belong together', () => {
  const sales = [order('a', { tracking_number: 'T-1001' })];
  sales.push(order('b', { tracking_number: 'T-1002', created_at: day(10) }));
  const fetched = (id: string, at: number, changes: Partial<FamilyOrder> = {}) =>
    repair(id, {
      ...{ service_type: 'return', order_type_code: 25, created_at: day(at) },
      ...changes,
    });
  const links = linksAmong([
    ...[...sales, fetched('first', 30, { notes: 'صيانة للشحنة T-1001' }), fetched('second', 33)],
    repair('back', { notes: 'بعد صيانة الشحنة T-1001' }),
  ]);
  expect(links).toMatchObject([
    { sub_order_id: 'back', main_order_id: 'a' },
    { sub_order_id: 'first', main_order_id: 'a' },
    { sub_order_id: 'second', main_order_id: 'b' },
  ]);
});

test('a way back that names a sale is of that one, whatever its pickup names', () => {
  const sales = [
    order('a', { tracking_number: 'T-1001' }),
    order('b', { tracking_number: 'T-1002' }),
  ];
  const pickup = { service_type: 'return', order_type_code: 25, created_at: day(30) } as const;
  const fetched = repair('pickup', { ...pickup, notes: 'صيانة للشحنة T-1001' });
  const back = repair('back', { notes: 'بعد صيانة الشحنة T-1002' });
  expect(linksAmong([...sales, fetched, back])).toMatchObject([
    { sub_order_id: 'back', main_order_id: 'b' },
    { sub_order_id: 'pickup', main_order_id: 'a' },
  ]);
});
