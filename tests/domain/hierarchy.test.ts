import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLinks, machine, positions, type StandingLink } from '../../domain/family.ts';
import { bestMain, type FamilyOrder } from '../../domain/hierarchy.ts';
import { defaultPolicy } from '../../domain/policy.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));
const order = (id: string, changes: Partial<FamilyOrder> = {}): FamilyOrder => ({
  id,
  tracking_number: `T-${id}`,
  receiver_phone: '201000000101',
  receiver_second_phone: null,
  created_at: day(0),
  service_type: 'main',
  order_type_code: 10,
  product_name: null,
  business_reference: null,
  notes: null,
  ...changes,
});
const repair = (id: string, changes: Partial<FamilyOrder> = {}) =>
  order(id, { service_type: 'maintenance', created_at: day(40), ...changes });
const best = (sub: FamilyOrder, ...mains: FamilyOrder[]) => bestMain(sub, mains, defaultPolicy);

test('a sub-order belongs to the nearest main order before it', () => {
  const found = best(repair('s'), order('far'), order('near', { created_at: day(30) }));
  expect(found).toMatchObject({ main_order_id: 'near', rule: 'nearest_main_before' });
  expect(found?.confidence_score).toBeGreaterThanOrEqual(defaultPolicy.linking.min_confidence);
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
    repair('s', { product_name: 'خلاط' }),
    order('m', { created_at: day(41), product_name: 'خلاط' }),
  );
  expect(found?.rule).toBe('later_main');
  expect(found?.confidence_score).toBeLessThan(defaultPolicy.linking.min_confidence);
});

test('the second phone counts, for less', () => {
  const same = best(repair('s'), order('m'));
  const second = best(
    repair('s'),
    order('m', { receiver_phone: '2', receiver_second_phone: '201000000101' }),
  );
  expect(second?.evidence).toMatchObject({ phone: 'second_phone' });
  expect(second?.confidence_score).toBeLessThan(same?.confidence_score ?? 0);
});

test('the same product outweighs a nearer order of another one', () => {
  const found = best(
    repair('s', { product_name: 'موتور خلاط هفار' }),
    order('blender', { product_name: 'خلاط هفار' }),
    order('grinder', { created_at: day(30), product_name: 'مفرمة لحوم' }),
  );
  expect(found?.main_order_id).toBe('blender');
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
    confidence_score: 0.97,
  });
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
  expect(findLinks([repair('s')], family, [byHand('s', 'far')], defaultPolicy)).toEqual([]);
});

test('what a person parted the machine does not join again', () => {
  const family = [order('near', { created_at: day(39) }), order('far'), repair('s')];
  const parted = byHand('s', 'near', { is_active: false });
  const [link] = findLinks([repair('s')], family, [parted], defaultPolicy);
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

const anyOrder = fc.record({
  kind: fc.constantFrom('main', 'maintenance', 'return', 'operational'),
  day: fc.nat(500),
  phone: fc.constantFrom('201000000101', '201000000102'),
  second: fc.option(fc.constantFrom('201000000101', '201000000102')),
  product: fc.option(fc.constantFrom('خلاط', 'مفرمة لحوم', 'Blender')),
});

test('links have one main order each, no cycles, one customer, at most 365 days, and do not depend on the order of arrival', () => {
  fc.assert(
    fc.property(
      fc
        .array(anyOrder, { maxLength: 12 })
        .chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray([...list.keys()], { minLength: list.length }),
          ),
        ),
      ([list, arrival]) => {
        const family = list.map((o, n) =>
          order(`o${n}`, {
            service_type: o.kind,
            created_at: day(o.day),
            receiver_phone: o.phone,
            receiver_second_phone: o.second,
            product_name: o.product,
          }),
        );
        const arrived = arrival.flatMap((n) => family[n] ?? []);
        const links = findLinks(family, family, [], defaultPolicy);
        expect(findLinks(arrived, arrived, [], defaultPolicy)).toEqual(links);
        expect(new Set(links.map((link) => link.sub_order_id)).size).toBe(links.length);
        const byId = new Map(family.map((o) => [o.id, o]));
        for (const link of links) {
          const [main, sub] = [byId.get(link.main_order_id), byId.get(link.sub_order_id)];
          expect(main?.service_type).toBe('main');
          expect(sub?.service_type).not.toBe('main');
          const phones = [main?.receiver_phone, main?.receiver_second_phone];
          expect(
            phones.some((p) => p && [sub?.receiver_phone, sub?.receiver_second_phone].includes(p)),
          ).toBe(true);
          expect(Math.abs(Number(main?.created_at) - Number(sub?.created_at))).toBeLessThanOrEqual(
            365 * 86_400_000,
          );
        }
      },
    ),
  );
});
