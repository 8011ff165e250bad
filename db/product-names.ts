import { z } from 'zod';
import type { NamedProduct } from '../domain/product-text.ts';
import type { AnySql } from './client.ts';
import { many } from './query.ts';

/** The products of the catalogue, by which an order's text is known; none that is sold no more. */
export function namedProducts(sql: AnySql): Promise<NamedProduct[]> {
  return many(
    z.object({ sku: z.string(), name: z.string(), name_ar: z.string() }),
    sql`select sku, name, name_ar from catalogue_items
      where type = 'product' and is_active order by sku`,
  );
}
