import { deliveryTypes } from '../../domain/delivery-state.ts';
import type { BostaOrder } from '../../domain/order-columns.ts';
import { together } from '../../domain/product-count.ts';
import { productText } from '../../domain/product-text.ts';
import { saysAnything } from '../../domain/says-anything.ts';
import { type JsonObject, lookUp } from './payload.ts';
import { readEntries } from './read-lists.ts';
import { isAbsent, readCount, readText } from './read-value.ts';

/**
 * What is in the parcel. Of a customer's return `returnSpecs` tells it, not
 * `specs` (hub-practice.md, "The scan"); the shop's own list and the notes speak
 * where nothing else does.
 */
export function readProduct(payload: JsonObject, order: BostaOrder, problems: string[]): void {
  order.return_description = returnDescription(payload, order);
  const isReturn = order.order_type_code === deliveryTypes.customer_return;
  const first = isReturn ? meaningful(order.return_description) : null;
  const described = first ?? meaningful(order.specs_description);
  const itemsCount = (isReturn ? order.return_items_count : null) ?? order.specs_items_count;
  const bought = productsOfShop(payload, problems);
  const product =
    described === null && bought ? bought : productText(described ?? meaningful(order.notes) ?? '');
  order.product_name = product?.product_name ?? null;
  order.product_count = product?.product_count ?? itemsCount;
}

/** Bosta fills a description that it does not have with "N/A", and the Arabic one beside it may say more. */
function returnDescription(payload: JsonObject, { return_description }: BostaOrder): string | null {
  if (return_description === null || meaningful(return_description)) return return_description;
  const inArabic = readText(lookUp(payload, ['returnSpecs', 'packageDetails', 'descriptionAr']));
  return typeof inArabic === 'string' ? inArabic : return_description;
}

/** What the customer bought, as the shop's own system tells it. */
function productsOfShop({ productInfo }: JsonObject, problems: string[]) {
  const items = readEntries('productInfo', productInfo, problems, (item, read) => ({
    name: read('title', isAbsent(item.title) ? item.name : item.title, readText),
    count: read('quantity', item.quantity, readCount) ?? 0,
  }));
  return together(
    (items ?? []).flatMap(({ name, count }) => (name === null ? [] : { name, count })),
  );
}

function meaningful(text: string | null): string | null {
  return text !== null && saysAnything(text) ? text : null;
}
