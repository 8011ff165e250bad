import { takeIn } from '../../activities/take-in.ts';
import { type OrderRow, orderColumns, orderRow } from '../../db/order-rows.ts';
import { one } from '../../db/query.ts';
import type { PayloadKind } from '../../domain/vocabulary.ts';
import { createTestDatabase } from '../support/database.ts';

export type Payload = Record<string, unknown>;

/** An ingest on a database of its own: payloads in, rows out. */
export async function ingestLab() {
  const { sql, drop } = await createTestDatabase();
  let minutes = 0;
  return {
    sql,
    drop,
    /** Takes payloads in as one page (or one full read), each batch read a minute after the one before. */
    take: (payloads: unknown[], kind: PayloadKind = 'search') => {
      minutes += 1;
      const read_at = new Date(Date.UTC(2026, 9, 1, 8, minutes));
      return takeIn(sql, payloads, { kind, read_at, page: 1 }, read_at);
    },
    order: (tracking: string): Promise<OrderRow> =>
      one(
        orderRow,
        sql`select ${orderColumns(sql)} from orders o where tracking_number = ${tracking}`,
      ),
  };
}

export type IngestLab = Awaited<ReturnType<typeof ingestLab>>;

/** A delivered sale of 900 EGP, as a search shows it. */
export function payload(trackingNumber: string, changes: Payload = {}): Payload {
  return {
    _id: `id-${trackingNumber}`,
    trackingNumber,
    type: { code: 10, value: 'Send' },
    state: { code: 45, value: 'Delivered', deliveryTime: '2026-06-03T10:00:00.000Z' },
    cod: 900,
    receiver: { phone: '01000000101', fullName: 'منى تجربة' },
    specs: { packageDetails: { itemsCount: 1, description: 'خلاط 1000 وات' } },
    createdAt: '2026-06-01T10:00:00.000Z',
    updatedAt: '2026-06-03T10:00:01.000Z',
    ...changes,
  };
}

/** A customer's return pickup some days after that sale. */
export function returnPickup(trackingNumber: string, changes: Payload = {}): Payload {
  return payload(trackingNumber, {
    type: { code: 25, value: 'Customer Return Pickup' },
    state: { code: 46, value: 'Delivered' },
    cod: 0,
    createdAt: '2026-06-20T10:00:00.000Z',
    ...changes,
  });
}
