import { expect, test } from 'vitest';
import { machine, type StandingLink, wouldCycle } from '../../domain/family.ts';
import { positions } from '../../domain/family-positions.ts';
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

test('the very price of a sale goes back for it, though another followed', () => {
  const found = best(
    repair('s', { service_type: 'return', cod: piastres(-1250_00) }),
    order('paid', { cod: piastres(1250_00), product_name: 'خلاط' }),
    order('since', { cod: piastres(1890_00), product_name: 'فرن', created_at: day(30) }),
  );
  expect(found?.main_order_id).toBe('paid');
  expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
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

test("a sub-order that names another customer's sale waits for a person", () => {
  const [link] = linksAmong([
    repair('s', { notes: 'بديل للشحنة 70012' }),
    order('own'),
    order('other', { tracking_number: '70012', receiver_phone: '201277777777' }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'own', is_active: false });
});

test('a tracking number in the notes names the main order', () => {
  const found = best(
    repair('s', { notes: 'بديل للشحنة ٧٠٠١' }),
    order('m', { tracking_number: '7001' }),
    order('n', { created_at: day(39) }),
  );
  expect(found).toMatchObject({
    main_order_id: 'm',
    rule: 'tracking_in_notes',
  });
  expect(found?.confidence_score).toBeGreaterThan(0.95);
});

test('a tracking number is read with the spaces that people put into it', () => {
  const found = best(
    repair('s', { notes: 'tracking:2034 325281' }),
    order('m', { tracking_number: '2034325281' }),
    order('n', { created_at: day(39) }),
  );
  expect(found?.main_order_id).toBe('m');
});

test.each(['AWB2034325281', 'R2034325281', '2034325281-1', 'ref 203.432.5281', '2034-325-281'])(
  'a tracking number is read with what is written onto it: %s',
  (notes) => {
    const found = best(
      repair('s', { notes }),
      order('m', { tracking_number: '2034325281' }),
      order('n', { created_at: day(39) }),
    );
    expect(found).toMatchObject({ main_order_id: 'm', rule: 'tracking_in_notes' });
  },
);

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

test('the difference that an exchange costs is no price of a sale', () => {
  const found = best(
    repair('s', { service_type: 'service', order_type_code: 30, cod: piastres(-200_00) }),
    order('m', { cod: piastres(1250_00) }),
  );
  expect(found?.evidence.amount).toBe('unknown');
});

test('the very price of an older sale outweighs that another is nearer', () => {
  const found = best(
    repair('s', { service_type: 'return', cod: piastres(-3115_00) }),
    order('older', { cod: piastres(3115_00) }),
    order('newer', { cod: piastres(3560_00), created_at: day(30) }),
  );
  expect(found?.main_order_id).toBe('older');
});

test.each([
  { business_reference: '#10023-R' },
  { notes: 'مرتجع طلب ١٠٠٢٣' },
  { notes: 'Exchange for #10023' },
])("the shop's own number of a sale tells which is meant: %j", (named) => {
  const found = best(
    repair('s', named),
    order('m', { business_reference: 'store:#10023', product_name: 'خلاط' }),
    order('n', { business_reference: 'store:#10024', created_at: day(35), product_name: 'كبة' }),
  );
  expect(found?.main_order_id).toBe('m');
  expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
});

test("the shop's own number outweighs that another sale is nearer", () => {
  const found = best(
    repair('s', { business_reference: '#44798-R' }),
    order('m', { business_reference: 'store:#44798' }),
    order('n', { business_reference: 'store:#44799', created_at: day(39) }),
  );
  expect(found?.main_order_id).toBe('m');
  expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
});

test('a power in a text is no number of an order', () => {
  const found = best(
    repair('s', { notes: 'خلاط 1000' }),
    order('m', { business_reference: '#1000', product_name: 'كبة' }),
  );
  expect(found?.evidence.same_reference).toBe(false);
});

test('notes for the courier say nothing of the product', () => {
  const notes = 'fragile';
  const found = best(
    repair('s', { product_name: notes, notes }),
    order('m', { product_name: 'Yogurt maker', notes, created_at: day(0) }),
    order('n', { product_name: 'خلاط 1000 وات', created_at: day(35) }),
  );
  expect(found).toMatchObject({ main_order_id: 'n', evidence: { product: 'unknown' } });
});

test("a reference names a parcel, unless it is the shop's own number", () => {
  const named = (business_reference: string) =>
    best(
      repair('s', { business_reference }),
      order('m', { tracking_number: '2600001' }),
      order('n', { created_at: day(39) }),
    )?.main_order_id;
  expect(named('2600001')).toBe('m');
  expect(named('#2600001')).toBe('n');
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
  expect(Object.fromEntries(positions(family, links))).toEqual({
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

test('a refund of the very amount points to the sale that cost it', () => {
  const sale = (id: string, cod: number, days: number) =>
    order(id, { cod: piastres(cod), created_at: day(days) });
  const refund = repair('s', { service_type: 'return', cod: piastres(-1290_00) });
  const found = best(refund, sale('equal', 1290_00, 0), sale('less', 890_00, 10));
  expect(found).toMatchObject({ main_order_id: 'equal', evidence: { amount: 'refund' } });
});

test('no order becomes its own ancestor', () => {
  const above = new Map([
    ['b', 'a'],
    ['c', 'b'],
  ]);
  const mainOf = (id: string) => above.get(id);
  expect([wouldCycle('a', 'c', mainOf), wouldCycle('d', 'c', mainOf)]).toEqual([true, false]);
});
