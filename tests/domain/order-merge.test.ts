import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piastres } from '../../domain/money.ts';
import { emptyOrder } from '../../domain/order-columns.ts';
import { at, facts, mergeFacts } from '../support/facts.ts';

test('a newer payload wins field by field, and what it lacks clears nothing', () => {
  const full = facts(1, { state_code: 41, bosta_fees: piastres(104_88), receiver_email: 'a@b.c' });
  const item = facts(2, { state_code: 45 });
  expect(mergeFacts(full, item).order).toMatchObject({
    state_code: 45,
    bosta_fees: 104_88,
    receiver_email: 'a@b.c',
  });
});

test('an older payload never puts a delivered order back on the road; it only fills what was never said (lessons 12)', () => {
  const delivered = facts(5, { state_code: 45, cod: null });
  const older = facts(4, { state_code: 41, cod: piastres(900_00) });
  const merged = mergeFacts(delivered, older);
  expect(merged.order).toMatchObject({ state_code: 45, cod: 900_00 });
  expect(merged.read_at).toEqual(at(5));
});

test('without a time of change the later read is the newer one', () => {
  const first = { ...facts(1, { state_code: 41 }), order: { ...emptyOrder('A'), state_code: 41 } };
  const later = { ...facts(2, {}), order: { ...emptyOrder('A'), state_code: 45 } };
  expect(mergeFacts(first, later).order.state_code).toBe(45);
  expect(mergeFacts(later, first).order.state_code).toBe(45);
});

test('the floor of an old address is not the floor of a new one', () => {
  const moved = mergeFacts(
    facts(1, { dropoff_first_line: 'شارع 9', dropoff_floor: '4', dropoff_city_name: 'Cairo' }),
    facts(2, { dropoff_first_line: 'شارع 10' }),
  );
  expect(moved.order).toMatchObject({
    dropoff_first_line: 'شارع 10',
    dropoff_floor: null,
    dropoff_city_name: 'Cairo',
  });
});

test('a state, a type, a place or a name said anew keeps no word of the one before', () => {
  const before = facts(1, {
    ...{ state_code: 41, state_value: 'Out for delivery', masked_state: 'Out for delivery' },
    ...{ child_state: 'Heading', state_at: at(1), order_type_code: 10, order_type_value: 'Send' },
    ...{ dropoff_city_name: 'Cairo', dropoff_city_name_ar: 'القاهرة', dropoff_city_id: 'A' },
    ...{ receiver_full_name: 'Ali Hassan', receiver_first_name: 'Ali' },
  });
  const bare = {
    ...{ state_code: 45, order_type_code: 20, dropoff_city_name: 'Giza' },
    ...{ receiver_full_name: 'Mona Said' },
  };
  const nothing = {
    ...{ state_value: null, masked_state: null, child_state: null, state_at: null },
    ...{ order_type_value: null, dropoff_city_name_ar: null, dropoff_city_id: null },
    ...{ receiver_first_name: null },
  };
  expect(mergeFacts(before, facts(2, bare)).order).toMatchObject({ ...bare, ...nothing });
  expect(mergeFacts(facts(2, bare), before).order).toMatchObject({ ...bare, ...nothing });
});

test('a place that a search tells by its Arabic name alone is the one that is known', () => {
  const known = {
    ...{ dropoff_city_name: 'Cairo', dropoff_city_name_ar: 'القاهرة', dropoff_city_id: 'A' },
    ...{ dropoff_district_name: 'Degla', dropoff_district_name_ar: 'دجلة' },
    ...{ dropoff_district_id: 'D', pickup_city: 'Giza', pickup_city_ar: 'الجيزة' },
  };
  const told = {
    ...{ dropoff_city_name: 'القاهرة', dropoff_district_name: 'دجلة', pickup_city: 'الجيزة' },
  };
  expect(mergeFacts(facts(1, known), facts(2, told)).order).toMatchObject(known);
  const moved = { dropoff_city_name: 'الجيزة', dropoff_city_name_ar: null, dropoff_city_id: null };
  expect(mergeFacts(facts(1, known), facts(2, moved)).order).toMatchObject(moved);
});

test('another courier, exception, product or payout keeps nothing of the one before', () => {
  const before = facts(1, {
    ...{ star_name: 'Ahmed', star_phone: '01000000106', holder_name: 'Hub', holder_phone: '16000' },
    ...{ exceptions: [{ code: 3, reason: 'Postponed', time: null, attempt_type: null }] },
    ...{ exception_code: 3, exception_reason: 'Postponed' },
    ...{ specs_description: '2 * خلاط', product_name: 'خلاط', product_count: 2 },
    next_cashout_date: at(9),
  });
  const another = {
    ...{ star_name: 'Ali', holder_name: 'Ali', cashout_transaction_id: 'MONCOD00XXX00' },
    ...{ exceptions: [{ code: null, reason: 'Refused', time: null, attempt_type: null }] },
    ...{ exception_reason: 'Refused', specs_description: 'مفرمة', product_name: 'مفرمة' },
  };
  const nothing = {
    ...{ star_phone: null, holder_phone: null, exception_code: null, product_count: null },
    next_cashout_date: null,
  };
  expect(mergeFacts(before, facts(2, another)).order).toMatchObject({ ...another, ...nothing });
  expect(mergeFacts(facts(2, another), before).order).toMatchObject({ ...another, ...nothing });
});

test('a change that is still to come is a mistake: the later read is the newer one', () => {
  const odd = facts(1, { state_code: 41, bosta_updated_at: new Date('2098-06-05T10:00:00Z') });
  const real = facts(2, { state_code: 45 });
  expect(mergeFacts(odd, real).order.state_code).toBe(45);
  expect(mergeFacts(real, odd).order.state_code).toBe(45);
});

test('a state that a read does not tell began when it began', () => {
  const delivered = facts(1, { state_code: 45, state_value: 'Delivered', state_at: at(1) });
  expect(mergeFacts(delivered, facts(2, { state_at: at(2) })).order).toMatchObject({
    ...{ state_code: 45, state_value: 'Delivered', state_at: at(1) },
  });
});

test('an announced fee does not replace the settled one', () => {
  const settled = facts(1, { bosta_fees: piastres(104_88), bosta_fees_source: 'cash_cycle' });
  const announced = facts(2, { bosta_fees: piastres(59_00), bosta_fees_source: 'shipment_fees' });
  expect(mergeFacts(settled, announced).order).toMatchObject({
    bosta_fees: 104_88,
    bosta_fees_source: 'cash_cycle',
  });
});

test('what was collected stays as it was settled, until the parcel goes on', () => {
  const cycle = { bosta_fees_source: 'cash_cycle' } as const;
  const collected = facts(1, { state_code: 45, cod: piastres(4_990_00), ...cycle });
  const asked = facts(2, { state_code: 45, cod: piastres(5_000_00) });
  expect(mergeFacts(collected, asked).order.cod).toBe(4_990_00);
  const returned = facts(3, { state_code: 46, cod: piastres(0) });
  expect(mergeFacts(collected, returned).order.cod).toBe(0);
});

test('a field stays listed as unreadable until somebody reads it', () => {
  const odd = facts(1, { cod: null }, ['cod: "؟"']);
  expect(mergeFacts(odd, facts(2, {})).unreadable).toEqual(['cod: "؟"']);
  expect(mergeFacts(odd, facts(2, { cod: piastres(1) })).unreadable).toEqual([]);
});

test('what the full read alone tells and could not be read stays listed until the next full read', () => {
  const full = facts(1, {}, ['wallet: 5', 'timeline[0].date: "x"']);
  const search = facts(2, {}, ['wallet: 7']);
  const known = mergeFacts(full, search, 'search');
  expect(known.unreadable).toEqual(['wallet: 7', 'timeline[0].date: "x"']);
  expect(mergeFacts(known, facts(3, {}), 'full').unreadable).toEqual([]);
});

const payload = fc.record({
  minute: fc.nat(50),
  order: fc.record({
    state_code: fc.option(fc.constantFrom(10, 41, 45, 46, 47)),
    cod: fc.option(fc.nat(90_000).map(piastres)),
    notes: fc.option(fc.string()),
    star_name: fc.option(fc.string()),
  }),
});

test('whatever order payloads come in, what the newest says stands, and nothing said is lost', () => {
  const payloads = fc.uniqueArray(payload, { selector: (p) => p.minute, minLength: 1 });
  const shuffled = payloads.chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));
  fc.assert(
    fc.property(shuffled, (list) => {
      const all = list.map((p) => facts(p.minute, p.order));
      const end = all.reduce((known, next) => mergeFacts(known, next)).order;
      const newestFirst = list.toSorted((a, b) => b.minute - a.minute).map((p) => p.order);
      for (const column of ['state_code', 'cod', 'notes', 'star_name'] as const) {
        const newest = newestFirst[0]?.[column] ?? null;
        const said = newestFirst.map((order) => order[column]).filter((value) => value !== null);
        if (newest !== null) expect(end[column]).toBe(newest);
        else if (said.length > 0) expect(said).toContain(end[column]);
        else expect(end[column]).toBeNull();
      }
    }),
  );
});
