import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { many } from '../../db/query.ts';
import { type IngestLab, ingestLab, payload } from './lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
});
afterAll(() => lab.drop());

test('odd deliveries lose none of their page, and are kept with their reason (lessons 13)', async () => {
  const odd = [null, 'شحنة', [], { cod: 5 }, { trackingNumber: 2 ** 60 }];
  const page = [
    payload('L13-first'),
    ...odd,
    payload('L13-nul', { notes: '\u0000\ud800 ok' }),
    payload('L13-last'),
  ];
  expect(await lab.take(page)).toEqual({ read: 8, changed: 3, failed: 5 });
  expect(await lab.order('L13-last')).toMatchObject({ state_code: 45 });
  const reasons = await many(
    z.object({ reason: z.string() }),
    lab.sql`select distinct reason from sync_failures order by 1`,
  );
  expect(reasons).toHaveLength(2);
});

test.each([
  ['an id with a NUL', { _id: 'ab\u0000c' }, { changed: 3, failed: 0 }],
  ['notes nested too deeply for JSON', { notes: nested(20_000) }, { changed: 2, failed: 1 }],
  [
    'a reference of nine thousand letters',
    { businessReference: noise(9_000) },
    { changed: 3, failed: 0 },
  ],
])('%s costs its own delivery alone', async (odd, fields, taken) => {
  const page = [payload(`${odd}-1`), payload(`${odd}-2`, fields), payload(`${odd}-3`)].map(
    (one, n) => ({ ...one, trackingNumber: `LO-${odd.length}-${n}` }),
  );
  expect(await lab.take(page)).toEqual({ read: 3, ...taken });
  expect(await lab.take(page)).toEqual({ read: 3, changed: 0, failed: taken.failed });
});

test('what is nested too deeply and names no delivery costs no other one either', async () => {
  const page = [payload('LD-1'), nested(20_000), { notes: nested(20_000) }, payload('LD-2')];
  expect(await lab.take(page)).toEqual({ read: 4, changed: 2, failed: 2 });
});

test('amounts that no bill has are listed: the sum of a customer’s would end the batch', async () => {
  const receiver = { phone: '01000000909' };
  const page = Array.from({ length: 12 }, (_, n) =>
    payload(`LH-${n}`, { receiver, cod: n === 0 ? 900 : 9.99e12 }),
  );
  expect(await lab.take(page)).toEqual({ read: 12, changed: 12, failed: 0 });
  expect(await lab.order('LH-0')).toMatchObject({ cod: 900_00 });
  expect(await lab.order('LH-1')).toMatchObject({ cod: null, unreadable: ['cod: 9990000000000'] });
});

test.each([1, 60])(
  'more pieces than a parcel can hold cost none of %i deliveries',
  async (count) => {
    const productInfo = ['خلاط', 'مفرمة'].map((title) => ({ title, quantity: 2_147_483_647 }));
    const page = Array.from({ length: count }, (_, n) =>
      payload(`LP-${count}-${n}`, { specs: null, productInfo }),
    );
    expect(await lab.take(page)).toEqual({ read: count, changed: count, failed: 0 });
    expect(await lab.order(`LP-${count}-0`)).toMatchObject({
      ...{ product_name: 'خلاط + مفرمة', product_count: null },
    });
  },
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let n = 0; n < depth; n += 1) value = [value];
  return value;
}

/** Text that cannot be compressed. */
function noise(length: number): string {
  return randomBytes(length).toString('base64').slice(0, length);
}

test('what Postgres itself refuses costs its own delivery alone', async () => {
  await lab.sql`alter table orders add constraint no_x check (notes <> 'x') not valid`;
  const page = Array.from({ length: 9 }, (_, n) =>
    payload(`LX-${n}`, { notes: n === 4 ? 'x' : 'y' }),
  );
  expect(await lab.take(page)).toEqual({ read: 9, changed: 8, failed: 1 });
});
