import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { one } from '../../db/query.ts';
import { type IngestLab, ingestLab, type Payload, payload } from './lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
});
afterAll(() => lab.drop());

const day = (n: number) => `2026-06-${String(n).padStart(2, '0')}T10:00:00.000Z`;
/** A delivery by its id, as it was when Bosta changed it on a day of June. */
const told = (id: string, number: string, on: number, changes: Payload = {}) =>
  payload(number, { _id: id, updatedAt: day(on), notes: `${id} on ${on}`, ...changes });

function stored(id: string) {
  const row = z.object({
    ...{ tracking_number: z.string().nullable(), notes: z.string() },
    ...{ delivered_at: z.date().nullable(), unreadable: z.array(z.string()) },
  });
  return one(
    row,
    lab.sql`select tracking_number, notes, delivered_at, unreadable from orders where id = ${id}`,
  );
}

test.each([
  ['after', (a: Payload, b: Payload) => [[a], [b]]],
  ['before', (a: Payload, b: Payload) => [[b], [a]]],
  ['with', (a: Payload, b: Payload) => [[a, b]]],
  ['with, and above,', (a: Payload, b: Payload) => [[b, a]]],
])(
  'a number that Bosta gives out again is the later delivery’s, though it comes %s the earlier one, and neither takes anything of the other',
  async (when, batches) => {
    const [early, late, number] = [`early ${when}`, `late ${when}`, `N-${when.length}`];
    const earlier = told(early, number, 3);
    const later = told(late, number, 9, { state: 10 });
    for (const batch of batches(earlier, later))
      expect(await lab.take(batch)).toMatchObject({ failed: 0 });
    const own = { notes: `${late} on 9`, tracking_number: number, delivered_at: null };
    expect(await stored(late)).toEqual({ ...own, unreadable: [] });
    expect(await stored(early)).toEqual({
      ...{ notes: `${early} on 3`, tracking_number: null, delivered_at: new Date(day(3)) },
      unreadable: [`tracking_number: "${number}"`],
    });
    expect(await lab.take([told(early, number, 3, { isDelayed: true })])).toMatchObject({
      failed: 0,
    });
    expect(await stored(late)).toMatchObject({ tracking_number: number });
  },
);

test('two deliveries may change their numbers with each other', async () => {
  await lab.take([told('left', 'S-1', 1), told('right', 'S-2', 1)]);
  const changed = [told('left', 'S-2', 2), told('right', 'S-1', 2)];
  expect(await lab.take(changed)).toEqual({ read: 2, changed: 2, failed: 0 });
  expect(await stored('left')).toMatchObject({ tracking_number: 'S-2', notes: 'left on 2' });
  expect(await stored('right')).toMatchObject({ tracking_number: 'S-1', notes: 'right on 2' });
});

test('numbers that are given out again cost no delivery of a whole batch of new ones', async () => {
  const numbers = Array.from({ length: 60 }, (_, n) => `B-${n}`);
  await lab.take(numbers.map((number) => told(`old-${number}`, number, 1)));
  const batch = numbers.map((number) => told(`new-${number}`, number, 2));
  expect(await lab.take(batch)).toEqual({ read: 60, changed: 120, failed: 0 });
  const { count } = await one(
    z.object({ count: z.number() }),
    lab.sql`select count(*) from orders where id ~ '^(old|new)-B-'
      and (tracking_number is null) = (id ~ '^old')`,
  );
  expect(count).toBe(120);
});

test('a delivery that came by its number alone is the one that comes by its id too', async () => {
  const { _id, ...bare } = told('whole', 'W-1', 1);
  await lab.take([bare]);
  await lab.take([told('whole', 'W-1', 2)]);
  expect(await lab.order('W-1')).toMatchObject({ id: 'W-1', notes: 'whole on 2' });
});

const bare = ({ _id, ...rest }: Payload): Payload => rest;

test.each([
  ['later', (...all: Payload[]) => all.map((one) => [one])],
  ['at once', (...all: Payload[]) => [all]],
])(
  'whose id comes %s is known by it from then on, also under another number',
  async (when, batches) => {
    const [id, first, second] = [`learned ${when}`, `L-${when.length}`, `M-${when.length}`];
    const story = [bare(told(id, first, 1)), told(id, first, 2), told(id, second, 3)];
    for (const batch of batches(...story)) await lab.take(batch);
    expect(await stored(first)).toMatchObject({ tracking_number: second, notes: `${id} on 3` });
    const late = { read: 1, changed: 1, failed: 0 };
    expect(await lab.take([told(id, second, 4, { isDelayed: true })])).toEqual(late);
    const { count } = await one(
      z.object({ count: z.number() }),
      lab.sql`select count(*) from orders where notes like ${`${id}%`}`,
    );
    expect(count).toBe(1);
  },
);

test('whose id was learned takes nothing of the delivery that is given its number', async () => {
  await lab.take([bare(told('first owner', 'G-1', 1))]);
  await lab.take([told('first owner', 'G-1', 2)]);
  await lab.take([told('next owner', 'G-1', 3)]);
  expect(await stored('next owner')).toMatchObject({ tracking_number: 'G-1' });
  expect(await stored('G-1')).toMatchObject({
    ...{ tracking_number: null, notes: 'first owner on 2' },
    unreadable: ['tracking_number: "G-1"'],
  });
  await lab.take([told('first owner', 'G-2', 4), told('next owner', 'G-1', 4)]);
  expect(await stored('G-1')).toMatchObject({ tracking_number: 'G-2', unreadable: [] });
});
