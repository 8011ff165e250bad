import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { customerByPhone } from '../../db/customer-queries.ts';
import { findOrders, orderSorting } from '../../db/order-queries.ts';
import { answer, answerOf, answerPage, pageOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { phone } from '../schemas/fields.ts';
import { customer, order } from '../schemas/order.ts';
import { sorting } from '../schemas/page.ts';

const tags = ['customers'];
const config = { permission: 'read_customers' } as const;
const params = z.strictObject({ phone });

/** A customer by any spelling of the phone, and all that was ordered under it. */
export const customerRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  const required = async (canonical: string) => {
    const known = await customerByPhone(sql, canonical);
    if (known) return known;
    const sentence = `No orders are known under ${canonical}. New ones come with the next sync.`;
    throw new ApiError('CUSTOMER_NOT_FOUND', sentence);
  };

  app.get('/:phone', {
    schema: {
      ...{ tags, summary: 'One customer', params, response: { 200: answerOf(customer) } },
      description: 'By any spelling of either phone, with the figures of all orders.',
    },
    config,
    handler: async ({ params }) => answer(await required(params.phone)),
  });

  app.get('/:phone/orders', {
    schema: {
      ...{ tags, summary: "A customer's orders", params },
      description: 'All that have this phone, as the first or the second.',
      querystring: z.strictObject(sorting(orderSorting)),
      response: { 200: pageOf(order) },
    },
    config,
    handler: async ({ params, query }) => {
      await required(params.phone);
      return answerPage(await findOrders(sql, params, query), query);
    },
  });
};
