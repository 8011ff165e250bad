import { z } from 'zod';
import { type ItemType, itemTypes } from '../domain/vocabulary.ts';
import type { AnySql } from './client.ts';
import { amount } from './order-rows.ts';
import { maybeOne, onPage, type Page, type Paged, readPage } from './query.ts';

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
  /** Whether so few are sound that it should be ordered. */
  is_low: z.boolean(),
});
type CatalogueItem = z.infer<typeof catalogueItem>;

type CatalogueFilter = {
  type?: ItemType | undefined;
  /** The product, or the parts of the product, with this SKU. */
  product_sku?: string | undefined;
  is_low?: boolean;
};

/** One page of products and parts, each with its stock over all hubs; a part without a minimum is low at `lowAt` pieces. */
export function findItems(
  sql: AnySql,
  filter: CatalogueFilter,
  lowAt: number,
  page: Page,
): Promise<Paged<CatalogueItem>> {
  const items = selectItems(sql, filter, lowAt);
  return readPage(
    catalogueItem,
    sql`${items} order by type desc, sku ${onPage(sql, page)}`,
    sql`select count(*) as total from (${items}) items`,
  );
}

/** A part is low at or under its minimum, and zero is low (hub-practice.md, "Stock"); a product has a minimum where one is set. */
function selectItems(sql: AnySql, { type, product_sku, is_low }: CatalogueFilter, lowAt: number) {
  return sql`select * from (
      select c.*, jsonb_build_object('sound', sound, 'damaged', damaged, 'reserved', reserved) as stock,
        coalesce(sound <= coalesce(minimum_stock, case when type = 'part' then ${lowAt}::int end),
          false) as is_low
      from catalogue_items c cross join lateral (select
          coalesce(sum(quantity) filter (where grade = 'sound'), 0) as sound,
          coalesce(sum(quantity) filter (where grade = 'damaged'), 0) as damaged,
          coalesce(sum(b.reserved), 0) as reserved
        from stock_balances b where b.sku = c.sku) balance) counted
    where is_active
      ${type === undefined ? sql`` : sql`and type = ${type}`}
      ${product_sku === undefined ? sql`` : sql`and ${product_sku} in (sku, product_sku)`}
      ${is_low === undefined ? sql`` : sql`and is_low = ${is_low}`}`;
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
