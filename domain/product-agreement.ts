import { deliveryTypes } from './delivery-state.ts';
import type { FamilyOrder, Linking } from './hierarchy.ts';
import { type ProductLikeness, productLikeness } from './product-likeness.ts';

/**
 * By the products' names; where these leave it open, by the sub-order's notes. Notes are
 * about the door and the courier as often ("fragile"), so that what they leave open stays
 * open; those of a sale are never about another product than it holds.
 */
export function productAgreement(
  sub: FamilyOrder,
  main: FamilyOrder,
  read: Linking['read'],
): ProductLikeness {
  if (main.product_name === null) return 'unknown';
  const sold = read(main.product_name);
  // What was sent for a sale may say what was wrong with that, and no product.
  if (main.service_type !== 'main' && sold.isComplaint && sold.kinds.size === 0) return 'unknown';
  const likeness = (text: string | null) =>
    text === null ? 'unknown' : productLikeness(read(text), sold);
  const found = comesBack(sub, likeness, read);
  // Where an order has no description its notes were read for one.
  const isDescribed = sub.product_name !== sub.notes && main.product_name !== main.notes;
  if (!open.has(found)) return found;
  const noted = likeness(sub.notes);
  if (!open.has(noted)) return noted;
  return isDescribed ? found : 'unknown';
}

/** Whether an order says that it exchanges one product for another. */
export function bringsAnother({
  order_type_code,
  product_name: brought,
  return_description: taken,
}: Pick<FamilyOrder, 'order_type_code' | 'product_name' | 'return_description'>): boolean {
  const isExchange = order_type_code === deliveryTypes.exchange;
  return isExchange && brought !== null && taken !== null && brought !== taken;
}

/** Whether an order is about what an exchange brought, and not about what that took back: then it is a return of the replacement (domain.md, "orders"). */
export function isAboutWhatItBrought(
  sub: FamilyOrder,
  exchange: FamilyOrder,
  read: Linking['read'],
): boolean {
  if (!bringsAnother(exchange)) return false;
  const agreement = (product_name: string | null) =>
    productAgreement(sub, { ...exchange, product_name }, read);
  const brought = agreement(exchange.product_name);
  return (
    (brought === 'same' || brought === 'kind') &&
    isAnother.has(agreement(exchange.return_description))
  );
}

/** What says that two products are not one. */
export const isAnother: ReadonlySet<ProductLikeness> = new Set([
  'model',
  'other',
  'similar',
  'unlike',
]);

/** Of an exchange what it takes back; what it brings may be another product, and speaks for a sale at most. */
function comesBack(
  sub: FamilyOrder,
  likeness: (text: string | null) => ProductLikeness,
  read: Linking['read'],
): ProductLikeness {
  const brought = likeness(sub.product_name);
  if (sub.order_type_code !== deliveryTypes.exchange) return brought;
  const taken = likeness(sub.return_description);
  const tellsAnother = read(sub.return_description ?? '').told.size > 0;
  const namesAnother = taken === 'unlike' || taken === 'unread' || tellsAnother;
  if (!open.has(taken) || namesAnother) return taken;
  return brought === 'same' || brought === 'kind' ? brought : taken;
}

/** What says neither that two products are one nor that they are not. */
const open: ReadonlySet<ProductLikeness> = new Set(['unlike', 'unread', 'unclear', 'unknown']);
