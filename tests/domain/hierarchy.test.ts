import { expect, test } from 'vitest';
import { findLinks, machine, type StandingLink, wouldCycle } from '../../domain/family.ts';
import { positions } from '../../domain/family-positions.ts';
import { bestMain, type FamilyOrder } from '../../domain/hierarchy.ts';
import { piastres } from '../../domain/money.ts';
import { nameLikeness } from '../../domain/name-likeness.ts';
import { canonicalPhone } from '../../domain/phone.ts';
import { isOneSlipApart, phonesOneSlipAway, slipPatterns } from '../../domain/phone-likeness.ts';
import { placeLikeness } from '../../domain/place-likeness.ts';
import { productLikeness } from '../../domain/product-likeness.ts';
import { day, linking, order, repair } from '../families/support.ts';

const { min_confidence, max_orders_per_phone } = linking.policy.linking;
const best = (sub: FamilyOrder, ...mains: FamilyOrder[]) => bestMain(sub, mains, linking);
const linksAmong = (members: FamilyOrder[], links: StandingLink[] = []) =>
  findLinks(members, { members, links, linking, crowded: new Set() });

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

test('a later main order is only a weak match, whatever else agrees', () => {
  const found = best(
    repair('s', { product_name: 'خلاط', receiver_full_name: 'منى حسن' }),
    order('m', { created_at: day(41), product_name: 'خلاط', receiver_full_name: 'منى حسن' }),
  );
  expect(found?.rule).toBe('later_main');
  expect(found?.confidence_score).toBeLessThan(min_confidence);
});

test('the second phone counts, for less', () => {
  const same = best(repair('s'), order('m'));
  const second = best(
    repair('s'),
    order('m', { receiver_phone: '2', receiver_second_phone: '201000000101' }),
  );
  expect(second?.evidence).toMatchObject({ phone: 'second_phone' });
  expect(second?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
  expect(second?.confidence_score).toBeLessThanOrEqual(same?.confidence_score ?? 0);
});

test("two phones that stand together on a third order are one customer's", () => {
  const sub = repair('s', { receiver_phone: '201500000777' });
  const third = order('third', {
    ...{ service_type: 'return', created_at: day(90) },
    ...{ receiver_phone: '201500000777', receiver_second_phone: '201000000101' },
  });
  expect(linksAmong([order('m'), sub])).toEqual([]);
  const links = linksAmong([order('m'), sub, third]);
  expect(links.find((link) => link.sub_order_id === 's')).toMatchObject({
    ...{ main_order_id: 'm', is_active: true, evidence: { phone: 'third_order' } },
  });
});

test.each([
  ['a digit wrong where all mobiles have the same', '01300000101', '01000000101'],
  ['the leading zero mistyped', '91000000101', '01000000101'],
  ['a digit missing', '0100000101', '01000000101'],
  ['a digit missing of one of 015, as a landline is written', '0150000101', '01500000101'],
  ['a digit too many', '010000001011', '01000000101'],
])('a phone that is none leads home where name and place agree: %s', (_, typed, meant) => {
  const who = { receiver_full_name: 'Mona Hassan', dropoff_first_line: '12 Nile street' };
  const sale = order('m', {
    ...who,
    receiver_phone: canonicalPhone(meant) ?? null,
  });
  const receiver_phone = canonicalPhone(typed) ?? null;
  const [link] = linksAmong([
    sale,
    repair('s', { ...who, receiver_phone, receiver_phone_raw: typed }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'm', rule: 'wrong_digit', is_active: true });
});

test.each([
  [
    'in the second phone',
    { receiver_phone: '201500000777', receiver_second_phone: '201000000110' },
  ],
  ['that left a digit out', { receiver_phone: null, receiver_phone_raw: '0100000101' }],
])('a slip in the phones of a sale leads home too: %s', (_, phones) => {
  const who = { receiver_full_name: 'Mona Hassan', dropoff_first_line: '12 Nile street' };
  const [link] = linksAmong([order('m', { ...who, ...phones }), repair('s', who)]);
  expect(link).toMatchObject({ main_order_id: 'm', rule: 'wrong_digit', is_active: true });
});

test('who bears the first name alone in common is another, where somebody of the very name orders under the phone', () => {
  const sold = { product_name: 'Blender 1000W' };
  const [link] = linksAmong([
    repair('s', { ...sold, receiver_full_name: 'Eslam Ibrahim' }),
    order('his', { ...sold, receiver_full_name: 'إسلام إبراهيم' }),
    order('other', { ...sold, receiver_full_name: 'Eslam Shawky', created_at: day(9) }),
  ]);
  expect(link?.main_order_id).toBe('his');
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

test('a phone with a wrong digit leads home where name and place agree, and to nobody where they do not', () => {
  const home = { dropoff_city_name: 'Giza', dropoff_first_line: '12 Nile street' };
  const sub = (receiver_full_name: string) =>
    repair('s', {
      receiver_phone: '201000000191',
      receiver_full_name,
      product_name: 'خلاط',
      ...home,
    });
  const sale = order('m', {
    ...home,
    receiver_full_name: 'Mona Hassan',
    product_name: 'Blender 500W',
  });
  const [link] = linksAmong([sub('منى حسن'), sale]);
  expect(link).toMatchObject({ main_order_id: 'm', rule: 'wrong_digit', is_active: true });
  expect(linksAmong([sub('خالد رمضان'), sale])[0]?.is_active).toBe(false);
});

test('who else orders under the phone is told apart by the name', () => {
  const [link] = linksAmong([
    repair('s', { receiver_full_name: 'منى حسن', product_name: 'خلاط' }),
    order('hers', { receiver_full_name: 'Mona Hassan', product_name: 'Blender 1000W' }),
    order('his', { created_at: day(39), receiver_full_name: 'خالد فاروق', product_name: 'خلاط' }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'hers', is_active: true });
});

test('a refund of the very amount points to the sale that cost it', () => {
  const sale = (id: string, cod: number, days: number) =>
    order(id, { cod: piastres(cod), created_at: day(days) });
  const refund = repair('s', { service_type: 'return', cod: piastres(-1290_00) });
  const found = best(refund, sale('equal', 1290_00, 0), sale('less', 890_00, 10));
  expect(found).toMatchObject({ main_order_id: 'equal', evidence: { amount: 'refund' } });
});

test("a shop's own number joins nobody", () => {
  const sales = Array.from({ length: max_orders_per_phone }, (_, n) => order(`m${n}`));
  expect(linksAmong([...sales, repair('s')])).toEqual([]);
  expect(linksAmong([...sales.slice(1), repair('s')])).not.toEqual([]);
});

test.each([
  ['خلاط 1000 وات', 'Blender 1000W', 'same'],
  ['٢ * هاند بلندر ٨٠٠ وات', 'Hand blender 800W', 'same'],
  ['موتور خلاط', 'Blender 500W', 'kind'],
  ['خلاط 1000', 'خلاط 500 وات', 'model'],
  ['مفرمة لحوم', 'خلاط', 'other'],
  ['عجان 5 لتر', 'Dough kneader 7L', 'model'],
  ['خلاط 600 وات', 'HVAR Blender BL-600', 'same'],
  ['Turbo blender', 'خلاط تيربو', 'same'],
  ['سندوتش ميكر 3 في 1', 'Sandwich maker 3 in 1', 'same'],
  ['خلاط', 'Blender', 'kind'],
  ['خلاط', 'Hand blender 800W', 'similar'],
  ['خلاط 500 وات', 'Hand blender 800W', 'other'],
  ['فرامة خضار', 'كبة 500 وات', 'kind'],
  ['مجفف فواكه', 'Food dehydrator', 'unread'],
  ['مجفف فواكه', 'خلاط', 'unclear'],
  ['صيانة مجفف فواكه', 'مجفف فواكه', 'same'],
  ['خلاط', 'مجفف فواكه', 'unlike'],
  ['جهاز زبادي', 'مجفف فواكه', 'unlike'],
  ['Rice cooker', 'حلة أرز كهربائية', 'kind'],
  ['الجهاز لا يعمل', 'خلاط', 'unknown'],
  ['الاتصال قبل الوصول', 'خلاط', 'unknown'],
  ['ضمان سنة', 'خلاط', 'unknown'],
])('the product of "%s" is to that of "%s": %s', (a, b, likeness) => {
  expect(productLikeness(linking.read(a), linking.read(b))).toBe(likeness);
});

test.each([
  ['Mona Hassan', 'منى حسن', 'same'],
  ['Ahmad Muhammad', 'أحمد محمد', 'same'],
  ['هبة عبد الله', 'Heba Abdallah', 'same'],
  ['م/ منى', 'منى حسن', 'first'],
  ['Ahmed Hassan', 'أحمد محمد حسن', 'same'],
  ['Abd El Rahman Ali', 'عبدالرحمن علي', 'same'],
  ['آية نجيب', 'Aya Naguib', 'same'],
  ['خاالد حسن', 'خالد حسن', 'same'],
  ['كريم غيم', 'كريم غنيم', 'like'],
  ['محمود حسن', 'محمد حسن', 'family'],
  ['عم رزكي', 'عمر زكي', 'like'],
  ['حسن منى', 'منى حسن', 'like'],
  ['سارة حسن', 'منى حسن', 'family'],
  ['إسلام إبراهيم', 'Eslam Shawky', 'namesake'],
  ['أحمد محمد علي', 'محمد علي حسن', 'family'],
  ['خالد', 'دعاء رمضان', 'other'],
  ['', 'منى', 'unknown'],
])('the name "%s" is to "%s": %s', (a, b, likeness) => {
  expect(nameLikeness(a, b)).toBe(likeness);
});

const home = (
  dropoff_city_name: string,
  dropoff_district_name: string | null,
  dropoff_first_line: string | null,
) => order('m', { dropoff_city_name, dropoff_district_name, dropoff_first_line });

test.each([
  ['same', home('Giza', 'Dokki', '12 شارع 5'), home('Giza', 'Dokki', '12 street 5')],
  ['same', home('Giza', 'Dokki', 'St. 5, bldg 12, Dokki'), home('Giza', 'Dokki', '12 street 5')],
  ['same', home('Giza', null, '12 شارع النيل'), home('Giza', null, '12 Nile st, floor 3')],
  ['same', home('Giza', null, '12 شارع النيل'), home('Giza', null, '١٢ Nile st')],
  ['city', home('Giza', null, '12 شارع النيل'), home('Giza', null, '14 Nile st')],
  ['district', home('Giza', 'الدقي', '7 street 9'), home('Giza', 'Dokki', '12 street 5')],
  ['city', home('Giza', 'Haram', '12 street 5'), home('Giza', 'Dokki', '12 street 9')],
  ['city', home('الجيزة', null, null), home('Giza', null, null)],
  ['other', home('Cairo', 'Maadi', '12 street 5'), home('Giza', 'Dokki', '12 street 5')],
])('how near two addresses are, whatever their script and wording: %s', (likeness, a, b) => {
  expect(placeLikeness(a, b)).toBe(likeness);
});

test.each(['201012345678', '01312345678', '0101234567', '010123456789'])(
  'every phone one slip away from %s shares a pattern with it, and is found from it',
  (phone) => {
    const near = phonesOneSlipAway(phone);
    expect(near).toContain(phone === '201012345678' ? '201012345687' : '201012345678');
    const patterns = new Set(slipPatterns(phone));
    for (const other of near) {
      expect(isOneSlipApart(phone, other)).toBe(true);
      expect(slipPatterns(other).some((pattern) => patterns.has(pattern))).toBe(true);
    }
  },
);

test('no order becomes its own ancestor', () => {
  const above = new Map([
    ['b', 'a'],
    ['c', 'b'],
  ]);
  const mainOf = (id: string) => above.get(id);
  expect([wouldCycle('a', 'c', mainOf), wouldCycle('d', 'c', mainOf)]).toEqual([true, false]);
});
