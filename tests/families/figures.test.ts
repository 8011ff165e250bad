import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { one } from '../../db/query.ts';
import { type IngestLab, ingestLab, payload } from '../ingest/lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
});
afterAll(() => lab.drop());

const buyer = { phone: '01000000101', secondPhone: '01200000102', fullName: 'منى حسن' };
const sale = payload('7001', {
  ...{ cod: 900, state: { code: 45 }, createdAt: '2026-01-01T10:00:00.000Z', receiver: buyer },
  specs: { packageDetails: { itemsCount: 1, description: 'خلاط 1000 وات' } },
});
const moneyBack = payload('7002', {
  ...{ cod: -900, state: { code: 45 }, createdAt: '2026-02-01T10:00:00.000Z' },
  receiver: { phone: buyer.secondPhone, fullName: buyer.fullName },
  specs: { packageDetails: { itemsCount: 1, description: 'خلاط 1000 وات' } },
});

test.each([
  ['after', [sale, moneyBack]],
  ['before', [moneyBack, sale]],
])(
  'a refund under a second phone that arrives %s its sale counts for whoever bought',
  async (_, arrival) => {
    for (const table of ['order_hierarchy_management', 'orders', 'order_payloads', 'customers'])
      await lab.sql`delete from ${lab.sql(table)}`;
    for (const one of arrival) await lab.take([one]);
    const figures = await one(
      z.object({ return_rate: z.number(), returned_count: z.number() }),
      lab.sql`select return_rate, returned_count from customers where phone = '201000000101'`,
    );
    expect(figures).toEqual({ return_rate: 100, returned_count: 1 });
  },
);
