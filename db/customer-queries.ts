import { z } from 'zod';
import { customerRisks, customerSegments } from '../domain/vocabulary.ts';
import type { AnySql, Fragment } from './client.ts';
import { amount } from './order-rows.ts';
import { maybeOne, moment } from './query.ts';

export const customerRow = z.object({
  phone: z.string(),
  name: z.string().nullable(),
  second_phone: z.string().nullable(),
  email: z.string().nullable(),
  city: z.string().nullable(),
  city_ar: z.string().nullable(),
  zone: z.string().nullable(),
  order_count: z.number(),
  delivered_count: z.number(),
  returned_count: z.number(),
  maintenance_count: z.number(),
  service_count: z.number(),
  delivered_value: amount,
  return_rate: z.number(),
  segment: z.enum(customerSegments),
  risk: z.enum(customerRisks),
  first_order_at: moment.nullable(),
  last_order_at: moment.nullable(),
});
type CustomerRow = z.infer<typeof customerRow>;

/** A customer of whom orders are known; `phone` is canonical, the first or a second one of any order. */
export function customerByPhone(sql: AnySql, phone: string): Promise<CustomerRow | undefined> {
  return maybeOne(customerRow, selectCustomer(sql, phone));
}

/** What `customerByPhone` is read by. */
export function selectCustomer(sql: AnySql, phone: string | Fragment) {
  return sql`select * from customers where phone in (select ${phone}
      union all select receiver_phone from orders where receiver_second_phone = ${phone})
    order by phone <> ${phone}, last_order_at desc nulls last, phone limit 1`;
}
