import { expect, test } from 'vitest';
import { shopNumberOf } from '../../domain/named-numbers.ts';
import { best, day, linking, linksAmong, order, repair } from '../families/support.ts';

const { min_confidence } = linking.policy.linking;

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

test('an order that names as many parcels as nobody sends back at once is about none of them', () => {
  const sales = Array.from({ length: 24 }, (_, n) =>
    order(`m${n}`, { tracking_number: `${70_040 + n}`, created_at: day(n) }),
  );
  const naming = (count: number) =>
    best(
      repair('s', {
        notes: sales
          .slice(0, count)
          .map((sale) => sale.tracking_number)
          .join('، '),
      }),
      ...sales,
    )?.rule;
  expect(naming(1)).toBe('tracking_in_notes');
  expect(naming(23)).not.toBe('tracking_in_notes');
});

test('the parcel that is named is meant although the sale says the very model and the parcel what was wrong', () => {
  const [link] = linksAmong([
    repair('s', { notes: 'بديل الشحنة 70019', product_name: 'عجان 5 لتر' }),
    order('m', { product_name: 'Dough kneader 5L' }),
    order('r', {
      ...{ tracking_number: '70019', service_type: 'service', created_at: day(20) },
      product_name: 'بديل مش بيعجن',
    }),
  ]).filter(({ sub_order_id }) => sub_order_id === 's');
  expect(link).toMatchObject({ main_order_id: 'r', is_active: true });
});

test.each(['تسليم بعد صيانة الشحنة 70031', 'return of 70031'])(
  'what names a pickup is about the sale that was picked up: %s',
  (notes) => {
    const pickup = order('p', {
      ...{ tracking_number: '70031', service_type: 'return', order_type_code: 25 },
      ...{ created_at: day(30), product_name: 'عجان 5 لتر' },
    });
    const links = linksAmong([
      order('m', { product_name: 'Dough kneader 5L' }),
      order('n', { created_at: day(20), product_name: 'خلاط' }),
      pickup,
      repair('s', { notes }),
    ]);
    expect(links.map((link) => [link.sub_order_id, link.main_order_id, link.is_active])).toEqual([
      ['p', 'm', true],
      ['s', 'm', true],
    ]);
  },
);

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

test.each(['بدل شحنة اخرها ٥٢٨١', 'last digits 5281'])(
  'a sale is named by the end of its tracking number: %s',
  (notes) => {
    const sold = { product_name: 'خلاط' };
    const found = best(
      repair('s', { ...sold, notes }),
      order('m', { ...sold, tracking_number: '2034325281' }),
      order('n', { ...sold, tracking_number: '2034330022', created_at: day(39) }),
    );
    expect(found).toMatchObject({ main_order_id: 'm', evidence: { same_reference: true } });
    expect(found?.confidence_score).toBeGreaterThanOrEqual(min_confidence);
  },
);

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

test.each([
  ['store:#1023', '1023-R'],
  ['#10023/2026', '10023/2026-R'],
])(
  'the number of a sale is told from the year, and of four digits in a reference: %s',
  (sold, named) => {
    const found = best(
      repair('s', { business_reference: named }),
      order('m', { business_reference: sold }),
      order('n', { business_reference: sold.replace('3', '4'), created_at: day(39) }),
    );
    expect(found).toMatchObject({ main_order_id: 'm', evidence: { same_reference: true } });
  },
);

test("the shop's own number of somebody else's sale leads nowhere", () => {
  const sub = repair('s', { notes: 'ticket 10023', receiver_full_name: 'خالد رمضان' });
  const [own, other] = [
    order('own', { receiver_full_name: 'Khaled Ramadan' }),
    order('other', {
      ...{ business_reference: '#10023', receiver_phone: '201277777777' },
      receiver_full_name: 'منى حسن',
    }),
  ];
  expect(linksAmong([sub, own, other])[0]).toMatchObject({ main_order_id: 'own', is_active: true });
  expect(linksAmong([sub, other])[0]?.is_active).toBe(false);
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

test('a reference as long as a page holds nobody up', () => {
  expect(shopNumberOf({ business_reference: 'مرتجع '.repeat(50_000) })).toBeUndefined();
  const behind = `${'مرتجع '.repeat(50_000)}#10023`;
  expect(shopNumberOf({ business_reference: behind })).toBe('10023');
});
