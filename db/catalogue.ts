import { z } from 'zod';
import { type ItemType, itemTypes } from '../domain/vocabulary.ts';
import type { AnySql } from './client.ts';
import { amount } from './order-rows.ts';
import { many, maybeOne, one } from './query.ts';

export const catalogueItem = z.object({
  sku: z.string(),
  name: z.string(),
  name_ar: z.string(),
  type: z.enum(itemTypes),
  part_type: z.string().nullable(),
  product_sku: z.string().nullable(),
  unit_cost: amount,
  warranty_months: z.number().nullable(),
  minimum_stock: z.number().nullable(),
  stock: z.object({ sound: z.number(), damaged: z.number(), reserved: z.number() }),
});
export type CatalogueItem = z.infer<typeof catalogueItem>;

export type CatalogueFilter = {
  type?: ItemType | undefined;
  /** The product, or the parts of the product, with this SKU. */
  product_sku?: string | undefined;
};

/** One page of products and parts, each with its stock over all hubs. */
export async function findItems(
  sql: AnySql,
  { type, product_sku }: CatalogueFilter,
  { page, limit }: { page: number; limit: number },
): Promise<{ rows: CatalogueItem[]; total: number }> {
  const where = sql`c.is_active
    ${type === undefined ? sql`` : sql`and c.type = ${type}`}
    ${product_sku === undefined ? sql`` : sql`and ${product_sku} in (c.sku, c.product_sku)`}`;
  const [rows, { total }] = await Promise.all([
    many(
      catalogueItem,
      sql`select c.*, jsonb_build_object(
          'sound', coalesce(sum(b.quantity) filter (where b.grade = 'sound'), 0),
          'damaged', coalesce(sum(b.quantity) filter (where b.grade = 'damaged'), 0),
          'reserved', coalesce(sum(b.reserved), 0)) as stock
        from catalogue_items c left join stock_balances b using (sku)
        where ${where} group by c.sku
        order by c.type desc, c.sku limit ${limit} offset ${(page - 1) * limit}`,
    ),
    one(
      z.object({ total: z.number() }),
      sql`select count(*) as total from catalogue_items c where ${where}`,
    ),
  ]);
  return { rows, total };
}

const product = z.object({ sku: z.string(), name: z.string() });
export type Product = z.infer<typeof product>;

/** A product of the catalogue by its SKU. */
export function productBySku(sql: AnySql, sku: string): Promise<Product | undefined> {
  return maybeOne(
    product,
    sql`select sku, name from catalogue_items where sku = ${sku} and type = 'product'`,
  );
}

/** The product that an order's text names, in either language; undefined where it is none of the catalogue's. */
export function productByName(sql: AnySql, name: string): Promise<Product | undefined> {
  return maybeOne(
    product,
    sql`select sku, name from catalogue_items
      where type = 'product' and lower(${name}) in (lower(sku), lower(name), lower(name_ar))
      order by sku limit 1`,
  );
}

/** What people are told where an SKU is no product's. */
export function noSuchProduct(sku: string): string {
  return `The catalogue has no product ${sku}: see GET /api/products?type=product.`;
}
