import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import {
  findOrders,
  mainOrderOf,
  orderById,
  orderByTracking,
  orderSorting,
  subOrdersOf,
  timelineOf,
} from '../../db/order-queries.ts';
import type { OrderRow } from '../../db/order-rows.ts';
import { answer, answerOf, answerPage, pageOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError, noSuchOrder } from '../errors.ts';
import { orderId, phone, trackingNumber } from '../schemas/fields.ts';
import { fullOrder, linkedOrder, order } from '../schemas/order.ts';
import { orderFilter } from '../schemas/order-filter.ts';
import { paging, sorting } from '../schemas/page.ts';

const tags = ['orders'];
const config = { permission: 'read_orders' } as const;
const byId = z.strictObject({ id: orderId });

const slice = z.strictObject(sorting(orderSorting));

/** Lists of orders. */
export const orderListRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  app.get('', {
    schema: {
      ...{ tags, summary: 'List orders', querystring: orderFilter },
      description: 'All that is given must hold.',
      response: { 200: pageOf(order) },
    },
    config,
    handler: async ({ query }) => {
      const { page, limit, sort_by, sort_dir, ...filter } = query;
      return answerPage(await findOrders(sql, filter, { page, limit, sort_by, sort_dir }), query);
    },
  });

  app.get('/phone/:phone', {
    schema: {
      ...{ tags, summary: "A phone's orders", querystring: slice },
      description: 'Any spelling; the second phone of an order counts too.',
      params: z.strictObject({ phone }),
      response: { 200: pageOf(order) },
    },
    config,
    handler: async ({ params, query }) => answerPage(await findOrders(sql, params, query), query),
  });
};

/** One order, and its family. */
export const orderRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  const full = async (found: OrderRow | undefined) => {
    if (!found) throw noSuchOrder();
    return answer({ ...found, timeline: await timelineOf(sql, found.id) });
  };

  app.get('/:id', {
    schema: {
      ...{ tags, summary: 'One order', params: byId, response: { 200: answerOf(fullOrder) } },
      description: "By our id of it, or Bosta's; with Bosta's timeline.",
    },
    config,
    handler: async ({ params }) => full(await orderById(sql, params.id)),
  });

  app.get('/tracking/:tracking', {
    schema: {
      ...{ tags, summary: 'One order by its tracking number' },
      description: "The number that it has now; with Bosta's timeline.",
      params: z.strictObject({ tracking: trackingNumber }),
      response: { 200: answerOf(fullOrder) },
    },
    config,
    handler: async ({ params }) => full(await orderByTracking(sql, params.tracking)),
  });

  app.get('/:id/main-order', {
    schema: {
      ...{ tags, summary: 'The main order of an order', params: byId },
      description: 'With the link: why, how surely, and by whom. 404 where none is known.',
      response: { 200: answerOf(linkedOrder) },
    },
    config,
    handler: async ({ params }) => {
      const main = await mainOrderOf(sql, params.id);
      if (main) return answer(main);
      if (!(await orderById(sql, params.id))) throw noSuchOrder();
      const sentence =
        'No main order is known for this order: POST /api/orders/hierarchy/link gives it one.';
      throw new ApiError('MAIN_ORDER_NOT_FOUND', sentence);
    },
  });

  app.get('/:id/sub-orders', {
    schema: {
      ...{ tags, summary: 'The sub-orders of an order' },
      description: 'Each with its link; the oldest first.',
      ...{ params: byId, querystring: z.strictObject(paging) },
      response: { 200: pageOf(linkedOrder) },
    },
    config,
    handler: async ({ params, query }) => {
      const found = await orderById(sql, params.id);
      if (!found) throw noSuchOrder();
      return answerPage(await subOrdersOf(sql, found.id, query), query);
    },
  });
};
