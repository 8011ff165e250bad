import { z } from 'zod';
import type { Classification } from '../domain/order.ts';
import { type BostaOrder, bostaColumnNames } from '../domain/order-columns.ts';
import type { Facts } from '../domain/order-merge.ts';
import type { HierarchyStatus } from '../domain/vocabulary.ts';
import type { TransactionSql } from './client.ts';
import { orderColumns, orderRow } from './order-rows.ts';
import { many } from './query.ts';

/** What the machine concluded about an order, and keeps beside Bosta's columns. */
export type Conclusions = Classification & {
  original_order_id: string | null;
  hierarchy_status: HierarchyStatus;
  hierarchy_detected_at: Date | null;
  last_state_change: Date | null;
  full_read_at: Date | null;
  created_by_system: boolean;
  product_sku: string | null;
  product_match_confidence: number | null;
};

export type StoredOrder = { facts: Facts; conclusions: Conclusions };

export const conclusionColumns = [
  'business_category',
  'cod_category',
  'delivery_category',
  'service_type',
  'classification_rule',
  'classification_reason',
  'is_provisional',
  'original_order_id',
  'order_level',
  'hierarchy_status',
  'hierarchy_detected_at',
  'last_state_change',
  'full_read_at',
  'created_by_system',
  'product_sku',
  'product_match_confidence',
] as const satisfies (keyof Conclusions)[];

const storedRow = orderRow
  .extend({ full_read_at: z.date().nullable() })
  .transform((row): StoredOrder => {
    const order: BostaOrder = pick(row, ['id', ...bostaColumnNames]);
    return {
      facts: { order, unreadable: row.unreadable, read_at: row.last_synced },
      conclusions: pick(row, conclusionColumns),
    };
  });

function pick<T extends object, K extends keyof T>(row: T, keys: readonly K[]): Pick<T, K> {
  const picked: Partial<Pick<T, K>> = {};
  for (const key of keys) picked[key] = row[key];
  return picked as Pick<T, K>;
}

/** The orders that stand under any of these ids or tracking numbers, with all that a merge needs. */
export function storedOrders(
  tx: TransactionSql,
  ids: readonly string[],
  trackingNumbers: readonly string[],
): Promise<StoredOrder[]> {
  return many(
    storedRow,
    tx`select ${orderColumns(tx)}, o.full_read_at from orders o
      where o.id = any(${[...ids]}) or o.tracking_number = any(${[...trackingNumbers]})`,
  );
}
