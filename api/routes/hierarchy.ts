import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { analyseFamilies, familyAnalytics } from '../../db/family-analytics.ts';
import { rootsOfPhone, waitingCount } from '../../db/family-queries.ts';
import { familyRun, latestFamilyRun } from '../../db/family-runs.ts';
import { orderById } from '../../db/order-queries.ts';
import { answer, answerOf, answerPage, pageOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { noSuchOrder } from '../errors.ts';
import { viewFamilies } from '../families.ts';
import { familyView, orderParams, phoneParams } from '../schemas/hierarchy.ts';
import { paging } from '../schemas/page.ts';

const tags = ['families of orders'];
const config = { permission: 'read_orders' } as const;
const status = z.object({ detection: familyRun.nullable(), waiting_reviews: z.number() });

/** Families of orders, read. */
export const hierarchyRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  app.get('/analytics', {
    schema: {
      ...{ tags, summary: 'Coverage, patterns, confidence, and what waits for a person' },
      description:
        'How many sub-orders are linked, as what, how surely and by which rule; of what waits, the surest candidates.',
      response: { 200: answerOf(familyAnalytics) },
    },
    config,
    handler: async () => answer(await analyseFamilies(sql)),
  });

  app.get('/status', {
    schema: {
      ...{ tags, summary: 'How far the look at all families is' },
      description: 'The latest one, running or not, and how many candidates wait for a person.',
      response: { 200: answerOf(status) },
    },
    config,
    handler: async () => {
      const [detection, waiting_reviews] = await Promise.all([
        latestFamilyRun(sql),
        waitingCount(sql),
      ]);
      return answer({ detection: detection ?? null, waiting_reviews });
    },
  });

  app.get('/:order_id', {
    schema: {
      ...{ tags, summary: "An order's family: tree and timeline", params: orderParams },
      description:
        "What hangs together with the order, from the main order down, and the candidates that wait for a person. By our id of it, or Bosta's. Of more than 200 orders those that are nearest to it: `tree.link` then says what stands above, `sub_orders_total` how many below.",
      response: { 200: answerOf(familyView) },
    },
    config,
    handler: async ({ params }) => {
      const found = await orderById(sql, params.order_id);
      const [family] = found ? await viewFamilies(sql, [found.id]) : [];
      if (!family) throw noSuchOrder();
      return answer(family);
    },
  });

  app.get('/customer/:phone', {
    schema: {
      ...{ tags, summary: "A customer's families" },
      description:
        'By any spelling of any phone of their orders; the newest family first. A page has at most 200 orders; the totals say how many there are.',
      ...{ params: phoneParams, querystring: z.strictObject(paging) },
      response: { 200: pageOf(familyView) },
    },
    config,
    handler: async ({ params, query }) => {
      const { ids, total } = await rootsOfPhone(sql, params.phone, query);
      return answerPage({ rows: await viewFamilies(sql, ids), total }, query);
    },
  });
};
