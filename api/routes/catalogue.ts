import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { catalogueItem, findItems } from '../../db/catalogue.ts';
import { citiesOf, city, district, districtsOf } from '../../db/places.ts';
import { currentPolicy } from '../../db/policies.ts';
import { itemTypes } from '../../domain/vocabulary.ts';
import { answer, answerOf, answerPage, pageOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { code, egp, text } from '../schemas/fields.ts';
import { paging } from '../schemas/page.ts';

const item = z.object({ ...catalogueItem.shape, unit_cost: egp }).meta({ id: 'CatalogueItem' });
const filter = z.strictObject({
  type: z.enum(itemTypes).optional(),
  product_sku: code(64)
    .optional()
    .meta({ description: 'The product with this SKU, and its parts' }),
  ...paging,
});

/** Products and parts, with their stock over all hubs. */
export const productRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  app.get('', {
    schema: {
      ...{ tags: ['products'], summary: 'List products and parts', querystring: filter },
      description: 'Each with its stock over all hubs; those that are sold no more are left out.',
      response: { 200: pageOf(item) },
    },
    config: { permission: 'read_catalogue' },
    handler: async ({ query }) => {
      const { low_stock_at } = await currentPolicy(sql);
      return answerPage(await findItems(sql, query, low_stock_at, query), query);
    },
  });
};

/** What has to be ordered. */
export const inventoryRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  app.get('/alerts', {
    schema: {
      ...{ tags: ['products'], summary: 'List what is low in stock', querystring: filter },
      description:
        "A part at or under its minimum, or where it has none, the policy's; a product only where it has a minimum.",
      response: { 200: pageOf(item) },
    },
    config: { permission: 'read_catalogue' },
    handler: async ({ query }) => {
      const { low_stock_at } = await currentPolicy(sql);
      const low = { ...query, is_low: true };
      return answerPage(await findItems(sql, low, low_stock_at, query), query);
    },
  });
};

/** Where Bosta goes, as the last sync read it. */
export const placeRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  app.get('/cities', {
    schema: {
      ...{ tags: ['places'], summary: 'Cities that Bosta serves' },
      description: 'As they were read last, each night; in both languages.',
      response: { 200: answerOf(z.array(city)) },
    },
    config: { permission: 'read_places' },
    handler: async () => answer(await citiesOf(sql)),
  });

  app.get('/cities/:id/districts', {
    schema: {
      ...{ tags: ['places'], summary: "A city's districts" },
      description: 'By its id, with their zones, and whether Bosta collects and delivers there.',
      params: z.strictObject({ id: text(100) }),
      response: { 200: answerOf(z.array(district)) },
    },
    config: { permission: 'read_places' },
    handler: async ({ params }) => {
      const districts = await districtsOf(sql, params.id);
      if (districts) return answer(districts);
      throw new ApiError('CITY_NOT_FOUND', 'Bosta has no such city: see GET /api/bosta/cities.');
    },
  });
};
