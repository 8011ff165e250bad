import { expect, test } from 'vitest';
import { machine, type StandingLink, wouldCycle } from '../../domain/family.ts';
import { positionsBy } from '../../domain/family-positions.ts';
import { piastres } from '../../domain/money.ts';
import { best, day, linking, linksAmong, order, repair } from '../families/support.ts';

const { min_confidence } = linking.policy.linking;

test('a sub-order belongs to the nearest main order before it', () => {
  const found = best(repair('s'), order('far'), order('near', { created_at: day(30) }));
  expect(found).toMatchObject({ main_order_id: 'near', rule: 'nearest_main_before' });
  expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
});

test.each([
  ['of another customer', { receiver_phone: '201000000999' }],
  ['more than 365 days before', { created_at: day(40 - 366) }],
  ['that is no sale', { service_type: 'operational' }],
] as const)('a main order %s is no candidate', (_, changes) => {
  expect(best(repair('s'), order('m', changes))).toBeUndefined();
});

test('what fits a sale that is too old waits for a person, though something else was bought since', () => {
  const since = order('since', { product_name: 'Yogurt maker', created_at: day(20) });
  const old = order('old', { product_name: 'خلاط 1000 وات', created_at: day(40 - 400) });
  const about = (product_name: string) => best(repair('s', { product_name }), since, old);
  expect(about('خلاط 1000')).toMatchObject({ main_order_id: 'since' });
  expect(about('خلاط 1000')?.confidence_score).toBeLessThan(min_confidence);
  expect(about('')?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
});

test('a later main order is only a weak match, whatever else agrees', () => {
  const found = best(
    repair('s', { product_name: 'خلاط', receiver_full_name: 'منى حسن' }),
    order('m', { created_at: day(41), product_name: 'خلاط', receiver_full_name: 'منى حسن' }),
  );
  expect(found?.rule).toBe('later_main');
  expect(found?.confidence_score).toBeLessThan(min_confidence);
});

test('two sales at one price are of one product, though their names are in two languages', () => {
  const sale = (id: string, at: number, product_name: string) =>
    order(id, { product_name, created_at: day(at), cod: piastres(560_00) });
  const sales = [sale('first', 0, 'Pasta machine'), sale('again', 20, 'مكنة مكرونة')];
  const found = best(repair('s', { product_name: 'Pasta machine' }), ...sales);
  expect(found?.main_order_id).toBe('again');
});

test('of two sales of one day and one product nobody knows which is meant', () => {
  const found = best(
    repair('s', { product_name: 'Blender 500W' }),
    order('one', { product_name: 'Blender 500W' }),
    order('other', { product_name: 'Blender 500W' }),
  );
  expect(found?.confidence_score).toBeLessThan(0.5);
});

test('the same product outweighs a nearer order of another one', () => {
  const found = best(
    repair('s', { product_name: 'موتور خلاط هفار' }),
    order('blender', { product_name: 'خلاط هفار' }),
    order('grinder', { created_at: day(30), product_name: 'مفرمة لحوم' }),
  );
  expect(found?.main_order_id).toBe('blender');
});

test('of two sales of one product the later one counts, whatever was bought after them', () => {
  const blender = { product_name: 'خلاط 1000 وات' };
  const found = best(
    repair('s', { created_at: day(300), product_name: 'Blender 1000W' }),
    order('first', { created_at: day(10), ...blender }),
    order('second', { created_at: day(120), ...blender }),
    order('oven', { created_at: day(200), product_name: 'Electric oven 45L' }),
  );
  expect(found).toMatchObject({ main_order_id: 'second', rule: 'best_evidence' });
  expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
});

test('a sub-order that names nothing follows the sale that is much nearer in time', () => {
  const found = best(
    repair('s', { created_at: day(230) }),
    order('blender', { product_name: 'خلاط 1000 وات' }),
    order('oven', { created_at: day(215), product_name: 'Electric oven 45L' }),
  );
  expect(found).toMatchObject({ main_order_id: 'oven', rule: 'nearest_main_before' });
  expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
});

test('what a case made joins the family of its main order with confidence 1.00', () => {
  const case_of = {
    action_id: 7,
    purpose: 'replacement' as const,
    is_refund: false,
    main_order_id: 'm',
  };
  const found = best(
    repair('s', { service_type: 'service', case_of }),
    order('m'),
    order('nearer', { created_at: day(39) }),
  );
  expect(found).toMatchObject({
    main_order_id: 'm',
    confidence_score: 1,
    relationship_type: 'replacement',
  });
});

const byHand = (sub: string, main: string, changes: Partial<StandingLink> = {}): StandingLink => ({
  main_order_id: main,
  sub_order_id: sub,
  linked_by: 'leader@hvar.local',
  is_active: true,
  is_pending_review: false,
  ...changes,
});

test("what a person linked is not the machine's to change", () => {
  const family = [order('near', { created_at: day(39) }), order('far'), repair('s')];
  expect(linksAmong(family, [byHand('s', 'far')])).toEqual([]);
});

test('what a person parted the machine does not join again', () => {
  const family = [order('near', { created_at: day(39) }), order('far'), repair('s')];
  const parted = byHand('s', 'near', { is_active: false });
  const [link] = linksAmong(family, [parted]);
  expect(link?.main_order_id).toBe('far');
});

test('a return of a replacement stands one level deeper', () => {
  const links = [
    byHand('replacement', 'sale', { linked_by: machine }),
    byHand('return', 'replacement'),
  ];
  const family = [order('sale'), repair('replacement'), repair('return')];
  const positionOf = positionsBy(links);
  expect(Object.fromEntries(family.map((one) => [one.id, positionOf(one)]))).toEqual({
    sale: { original_order_id: null, order_level: 0, hierarchy_status: 'main' },
    replacement: { original_order_id: 'sale', order_level: 1, hierarchy_status: 'sub' },
    return: { original_order_id: 'replacement', order_level: 2, hierarchy_status: 'linked' },
  });
});

test('a sub-order that names nothing follows the nearer of two sales, and of three waits for a person', () => {
  const repairs = repair('s', { created_at: day(200) });
  const sales = [
    order('blender', { product_name: 'خلاط 1000 وات' }),
    order('oven', { created_at: day(40), product_name: 'Electric oven 45L' }),
  ];
  const grill = order('grill', { created_at: day(20), product_name: 'شواية' });
  expect(best(repairs, ...sales)).toMatchObject({ main_order_id: 'oven' });
  expect(best(repairs, ...sales)?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
  expect(best(repairs, ...sales, grill)?.confidence_score).toBeLessThan(min_confidence);
});

test('of two models of the kind that is named the nearer counts, though something else was bought since', () => {
  const sales = [
    order('older', { product_name: 'Meat grinder 1600W' }),
    order('newer', { product_name: 'Meat grinder 2500W', created_at: day(20) }),
  ];
  const vacuum = order('vacuum', { product_name: 'مكنسة 2200 وات', created_at: day(35) });
  const repairs = repair('s', { product_name: 'مفرمة', created_at: day(60) });
  for (const others of [[], [vacuum]]) {
    const found = best(repairs, ...sales, ...others);
    expect(found?.main_order_id).toBe('newer');
    expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
  }
});

test('who names a sale that is too old by its very name means no other that is called otherwise', () => {
  const old = order('old', { product_name: 'HVAR Product B', created_at: day(-400) });
  const since = order('since', { product_name: 'SKU-88213', created_at: day(20) });
  const found = best(repair('s', { product_name: 'Product B' }), old, since);
  expect(found?.confidence_score ?? 0).toBeLessThan(0.5);
});

test('no order becomes its own ancestor', () => {
  const above = new Map([
    ['b', 'a'],
    ['c', 'b'],
  ]);
  const mainOf = (id: string) => above.get(id);
  expect([wouldCycle('a', 'c', mainOf), wouldCycle('d', 'c', mainOf)]).toEqual([true, false]);
});

test('who names the model of an older sale means no other model of that kind, though it is nearer', () => {
  const [link] = linksAmong([
    repair('s', { product_name: 'خلاط كلاسيك' }),
    order('classic', { product_name: 'خلاط كلاسيك 500 وات' }),
    order('power', { product_name: 'خلاط باور 1000 وات', created_at: day(30) }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'classic', is_active: true });
});

test('who says what is wrong with the product of an older sale is not taken to mean a newer one', () => {
  const [link] = linksAmong([
    repair('s', { product_name: 'PowerChop (defective)', created_at: day(170) }),
    order('chop', { product_name: 'PowerChop' }),
    order('blender', { product_name: 'ChefPro Blender', created_at: day(150) }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'chop', is_active: true });
});

test('who has a phone one digit away and no more than the first name is somebody else, at another door of the city', () => {
  const home = { dropoff_city_name: 'Cairo', product_name: 'خلاط' };
  const [link] = linksAmong([
    order('m', { ...home, receiver_full_name: 'Mona Ali', dropoff_first_line: '34 شارع النيل' }),
    repair('s', {
      ...{ ...home, receiver_full_name: 'Mona', dropoff_first_line: '3 شارع الهرم' },
      receiver_phone: '201000000191',
    }),
  ]);
  expect(link).toMatchObject({ is_active: false, evidence: { place: 'elsewhere' } });
});

test('a sale whose payload does not say when it was made is dated by when it was picked up or delivered', () => {
  const links = linksAmong([
    order('m', { created_at: null, picked_up_at: day(1), delivered_at: day(3) }),
    repair('s'),
    repair('earlier', { created_at: day(-20) }),
  ]);
  const found = Object.fromEntries(links.map((link) => [link.sub_order_id, link]));
  expect(found.s).toMatchObject({ is_active: true, evidence: { days: 39 } });
  expect(found.earlier).toMatchObject({ is_active: false, rule: 'later_main' });
});
