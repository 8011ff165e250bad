import { expect, test } from 'vitest';
import type { FamilyOrder } from '../../domain/hierarchy.ts';
import { canonicalPhone } from '../../domain/phone.ts';
import { best, day, linking, linksAmong, order, repair } from '../families/support.ts';

const { min_confidence, max_orders_per_phone } = linking.policy.linking;

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

test('a phone one slip away leads to its very door, whoever of the household calls', () => {
  const home = { dropoff_first_line: '12 Nile street', product_name: 'خلاط 1000 وات' };
  const sale = order('m', { ...home, receiver_full_name: 'Mona Hassan' });
  const called = { receiver_full_name: 'Tarek Fouad', receiver_phone: '201000000191' };
  const unsaid = repair('s', { ...home, ...called, product_name: null });
  expect(linksAmong([sale, unsaid])[0]?.is_active).toBe(false);
  const [link] = linksAmong([sale, repair('s', { ...home, ...called })]);
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
  const stranger = { ...sub('خالد رمضان'), dropoff_first_line: '40 Haram street' };
  expect(linksAmong([stranger, sale])[0]?.is_active).toBe(false);
});

test('which of the sales of a phone one digit away is meant, the time tells, not the door that it went to', () => {
  const home = { dropoff_city_name: 'Cairo', dropoff_district_name: 'Maadi' };
  const name = { receiver_full_name: 'منى حسن' };
  const street = 'شارع 9 عمارة 12 شقة 4';
  const sale = (id: string, at: number, changes: Partial<FamilyOrder>) =>
    order(id, {
      ...home,
      ...name,
      receiver_phone: '201012345679',
      created_at: day(at),
      ...changes,
    });
  const found = best(
    repair('s', { ...home, ...name, receiver_phone: '201012345678', dropoff_first_line: street }),
    sale('older', 20, { dropoff_first_line: street }),
    sale('newer', 30, { dropoff_district_name: 'Nasr City', dropoff_first_line: 'شارع 200' }),
  );
  expect(found?.main_order_id).toBe('newer');
});

test('who names a parcel under another phone is its customer where the name agrees, and else waits for a person', () => {
  const parcel = order('m', {
    ...{ tracking_number: '70012', receiver_phone: '201277777777' },
    ...{ receiver_full_name: 'منى حسن', product_name: 'خلاط' },
  });
  const naming = (receiver_full_name: string) =>
    linksAmong([repair('s', { notes: 'بديل للشحنة 70012', receiver_full_name }), parcel])[0];
  expect(naming('Mona Hassan')).toMatchObject({
    ...{ main_order_id: 'm', rule: 'tracking_in_notes', is_active: true },
    evidence: { phone: 'none' },
  });
  expect(naming('خالد رمضان')?.is_active).toBe(false);
});

test.each([
  ['in another city', { dropoff_city_name: 'Cairo' }],
  ['at another door', { dropoff_city_name: 'Giza', dropoff_district_name: 'Dokki' }],
])(
  'a phone that is somebody else’s, %s, was mistyped where the one who has one digit other bears the name and lives there',
  (_, his_place) => {
    const blender = { product_name: 'Blender 1000W' };
    const hers = {
      ...{ receiver_full_name: 'Mona Hassan', dropoff_first_line: '12 Nile street' },
      ...{ dropoff_city_name: 'Giza', dropoff_district_name: 'Dokki' },
    };
    const sub = repair('s', { ...blender, ...hers });
    const his = order('his', {
      ...{ ...blender, ...his_place, receiver_full_name: 'خالد رمضان' },
      ...{ dropoff_first_line: '5 Tahrir street', created_at: day(20) },
    });
    const sold = order('hers', { ...blender, ...hers, receiver_phone: '201000000181' });
    expect(linksAmong([sub, his])[0]).toMatchObject({ main_order_id: 'his' });
    expect(linksAmong([sub, his, sold])[0]).toMatchObject({
      ...{ main_order_id: 'hers', rule: 'wrong_digit', is_active: true },
    });
  },
);

test('who else orders under the phone is told apart by the name', () => {
  const [link] = linksAmong([
    repair('s', { receiver_full_name: 'منى حسن', product_name: 'خلاط' }),
    order('hers', { receiver_full_name: 'Mona Hassan', product_name: 'Blender 1000W' }),
    order('his', { created_at: day(39), receiver_full_name: 'خالد فاروق', product_name: 'خلاط' }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'hers', is_active: true });
});

test("a shop's own number joins nobody", () => {
  const sales = Array.from({ length: max_orders_per_phone }, (_, n) => order(`m${n}`));
  expect(linksAmong([...sales, repair('s')])).toEqual([]);
  expect(linksAmong([...sales.slice(1), repair('s')])).not.toEqual([]);
});

test('a name that came in two parts leads home from a wrong digit as one in full does', () => {
  const inParts = { receiver_first_name: 'منى', receiver_last_name: 'حسن' };
  const [link] = linksAmong([
    order('m', { receiver_full_name: 'Mona Hassan' }),
    repair('s', { ...inParts, receiver_phone: '201000000191' }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'm', is_active: true, evidence: { name: 'same' } });
});

test('who bears the first name is meant, not who else of the household bought one since', () => {
  const grinder = { product_name: 'Meat grinder 1600W' };
  const [link] = linksAmong([
    repair('s', { ...grinder, receiver_full_name: 'نهى عوض' }),
    order('hers', { ...grinder, receiver_full_name: 'Noha Wael' }),
    order('his', { ...grinder, receiver_full_name: 'عوض عبدالله', created_at: day(20) }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'hers', is_active: true });
});

test('a sale under a mistyped phone is found though an older one of another product stands under the right phone', () => {
  const who = { receiver_full_name: 'Mona Hassan', dropoff_city_name: 'Giza' };
  const [link] = linksAmong([
    repair('s', { ...who, product_name: 'قلاية' }),
    order('juicer', { ...who, product_name: 'عصارة' }),
    order('fryer', {
      ...{ ...who, product_name: 'Air fryer 6L', receiver_phone: '201000000191' },
      created_at: day(20),
    }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'fryer', rule: 'wrong_digit', is_active: true });
});

test('who is called by the father now and by the family another time bought the newer one too', () => {
  const kettle = { product_name: 'Kettle 1.7L' };
  const [link] = linksAmong([
    repair('s', { ...kettle, receiver_full_name: 'رانيا سليمان' }),
    order('older', { ...kettle, receiver_full_name: 'Rania Mounir Soliman' }),
    order('newer', { ...kettle, receiver_full_name: 'Rania Mounir', created_at: day(30) }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'newer', is_active: true });
});

test('who lives there under the first name is one person, by whichever name goes behind it', () => {
  const kettle = { product_name: 'Kettle 1.7L', dropoff_city_name: 'Cairo' };
  const [link] = linksAmong([
    repair('s', { ...kettle, receiver_full_name: 'عبير مرسي' }),
    order('older', { ...kettle, receiver_full_name: 'Abeer Morsy' }),
    order('newer', { ...kettle, receiver_full_name: 'عبير أحمد', created_at: day(30) }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'newer', is_active: true });
});

test('who has the phone and the door may call about what another of the family bought', () => {
  const home = { dropoff_city_name: 'Cairo', dropoff_first_line: '103 شارع السلام' };
  const [link] = linksAmong([
    repair('s', { ...home, receiver_full_name: 'رضوى سيد', product_name: 'كيتشن ماشين' }),
    order('his', { ...home, receiver_full_name: 'حسين حازم', product_name: 'Food processor' }),
    order('hers', { ...home, receiver_full_name: 'رضوى سيد', product_name: 'Waffle maker' }),
  ]);
  expect(link).toMatchObject({ main_order_id: 'his', is_active: true });
});
