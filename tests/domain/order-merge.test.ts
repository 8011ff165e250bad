import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piastres } from '../../domain/money.ts';
import { type BostaOrder, emptyOrder } from '../../domain/order-columns.ts';
import { type Facts, mergeFacts } from '../../domain/order-merge.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 10, minute));
const facts = (minute: number, order: Partial<BostaOrder>, unreadable: string[] = []): Facts => ({
  order: { ...emptyOrder('A'), bosta_updated_at: at(minute), ...order },
  unreadable,
  read_at: at(minute),
});

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

test('an announced fee does not replace the settled one', () => {
  const settled = facts(1, { bosta_fees: piastres(104_88), bosta_fees_source: 'cash_cycle' });
  const announced = facts(2, { bosta_fees: piastres(59_00), bosta_fees_source: 'shipment_fees' });
  expect(mergeFacts(settled, announced).order).toMatchObject({
    bosta_fees: 104_88,
    bosta_fees_source: 'cash_cycle',
  });
});

test('a field stays listed as unreadable until somebody reads it', () => {
  const odd = facts(1, { cod: null }, ['cod: "؟"']);
  expect(mergeFacts(odd, facts(2, {})).unreadable).toEqual(['cod: "؟"']);
  expect(mergeFacts(odd, facts(2, { cod: piastres(1) })).unreadable).toEqual([]);
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
