import { readDelivery } from '../../activities/bosta/read-delivery.ts';
import type { ReadDelivery } from '../../domain/order.ts';

/** What is read of a delivery with these fields, and else nothing but what it is known by. */
export function read(fields: Record<string, unknown>): ReadDelivery {
  return readDelivery({ _id: 'odd', trackingNumber: '7400000199', ...fields });
}
