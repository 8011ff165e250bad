import { deliveryTypes } from './delivery-state.ts';
import type { FamilyOrder, Linking } from './hierarchy.ts';
import type { Piastres } from './money.ts';
import { fullName, type NameLikeness, nameLikeness } from './name-likeness.ts';
import type { Mentions } from './named-numbers.ts';
import { brokenMobile, isOneSlipApart } from './phone-likeness.ts';
import { type PlaceLikeness, placeLikeness } from './place-likeness.ts';
import {
  bringsAnother,
  isAboutWhatItBrought,
  isAnother,
  productAgreement,
} from './product-agreement.ts';
import type { ProductLikeness } from './product-likeness.ts';

/** `third_order`: not one phone in common, but a phone of either stands together with one of the other on a third order. `none`: not even that, but the one names the other's tracking number or the shop's number of it. */
export type PhoneAgreement =
  | 'same_phone'
  | 'second_phone'
  | 'third_order'
  | 'wrong_digit'
  | 'crowded_phone'
  | 'none';
/** `refund`: the very amount of the sale goes back. `mostly`: all but a small part, as the fee for the way. `partly`: less of it. `goods`: the goods have the sale's value. */
export type AmountAgreement = 'refund' | 'mostly' | 'partly' | 'goods' | 'other' | 'unknown';

/** Everything that speaks for or against one link, as it is kept with it. */
export type LinkEvidence = {
  main_order_id: string;
  phone: PhoneAgreement;
  name: NameLikeness;
  place: PlaceLikeness;
  product: ProductLikeness;
  amount: AmountAgreement;
  /** From the main order to the sub-order; negative where the main order is the later one. */
  days: number;
  /** The main order was made after the sub-order, or after the pickup that this is the way back of. */
  later: boolean;
  /** The sub-order was made before the main order was delivered. */
  before_delivery: boolean;
  /** The sub-order's texts name the main order's tracking number. */
  named: boolean;
  /** They name the shop's number of it. */
  same_reference: boolean;
};

const dayMs = 86_400_000;

/** What is known of a sub-order besides itself. */
export type About = {
  mentions: Mentions;
  /** The sales of what it names, which are as good as named. */
  meant: ReadonlySet<string>;
  /** The other half of its repair: what fetched its product, or brings it back. */
  otherHalf: FamilyOrder | undefined;
};

/** Finds what speaks for an order as the main order of `sub`; undefined where it cannot be: another customer's, no sale, much later. One that is too old is no main order, but may be what the sub-order is about. */
export function evidenceOf(
  sub: FamilyOrder,
  { policy, read, crowded, besides }: Linking,
  { mentions, meant, otherHalf }: About,
): (main: FamilyOrder) => LinkEvidence | undefined {
  const [name, made] = [fullName(sub), madeAt(sub)];
  const halfMade = otherHalf === undefined ? null : madeAt(otherHalf);
  return (main) => {
    const sold = madeAt(main);
    if (made === null || sold === null) return undefined;
    const days = (made.getTime() - sold.getTime()) / dayMs;
    if (days < -policy.linking.within_days) return undefined;
    const named = mentions.names(main);
    // What people name may itself be a sub-order or have come back; but nobody names what does not exist yet.
    const mayBeMeant = () => days > 0 && (named || isAboutWhatItBrought(sub, main, read));
    if (main.service_type !== 'main' && !mayBeMeant()) return undefined;
    const same_reference = mentions.refersTo(main);
    const phone =
      phoneAgreement(sub, main, crowded, besides) ?? (named || same_reference ? 'none' : undefined);
    if (phone === undefined) return undefined;
    // What names a pickup is about its sale; under a new phone it is all that is known of whose that is.
    if (phone !== 'none' && bringsNothing(main)) return undefined;
    return {
      main_order_id: main.id,
      phone,
      name: nameLikeness(name, fullName(main)),
      place: placeLikeness(sub, main),
      ...purchaseAgreement(sub, otherHalf, main, read),
      days,
      later: days < 0 || (!named && !same_reference && isBefore(halfMade, sold)),
      before_delivery: isBefore(made, main.delivered_at),
      named: named || meant.has(main.id),
      same_reference,
    };
  };
}

/** How product and amount agree; what half of a repair leaves open the other half may tell. */
function purchaseAgreement(
  sub: FamilyOrder,
  otherHalf: FamilyOrder | undefined,
  main: FamilyOrder,
  read: Linking['read'],
): Pick<LinkEvidence, 'product' | 'amount'> {
  const own = { product: productAgreement(sub, main, read), amount: amountAgreement(sub, main) };
  if (otherHalf === undefined) return own;
  const product = leavesOpen.has(own.product) ? toldOf(sub, otherHalf, main, read) : 'unknown';
  const amount = own.amount === 'unknown' ? amountAgreement(otherHalf, main) : own.amount;
  return { product: product === 'unknown' ? own.product : product, amount };
}

/** What the other half of a repair tells of the product. What brings one back may be of another repair than the pickup before it: of that it tells a kind, and not what it is not. */
function toldOf(
  sub: FamilyOrder,
  otherHalf: FamilyOrder,
  main: FamilyOrder,
  read: Linking['read'],
): ProductLikeness {
  const told = productAgreement(otherHalf, main, read);
  if (isBefore(madeAt(otherHalf), madeAt(sub))) return told;
  if (told === 'same') return 'kind';
  return isAnother.has(told) ? 'unknown' : told;
}

const leavesOpen: ReadonlySet<ProductLikeness> = new Set(['unknown', 'kind']);

function phoneAgreement(
  sub: FamilyOrder,
  main: FamilyOrder,
  crowded: ReadonlySet<string>,
  besides: Linking['besides'],
): PhoneAgreement | undefined {
  const { receiver_phone: first } = sub;
  if (first !== null && first === main.receiver_phone && !crowded.has(first)) return 'same_phone';
  const own = phonesOf(sub);
  const shared = own.filter((phone) => hasPhone(main, phone));
  if (shared.some((phone) => !crowded.has(phone))) return 'second_phone';
  const isBeside = (phone: string) =>
    besides(phone)
      .values()
      .some((one) => hasPhone(main, one));
  if (own.some(isBeside)) return 'third_order';
  if (shared.length > 0) return 'crowded_phone';
  const typed = typedPhonesOf(sub);
  return typedPhonesOf(main).some((phone) => typed.some((one) => isOneSlipApart(one, phone)))
    ? 'wrong_digit'
    : undefined;
}

/** Whether an order brings the customer nothing that could come back: a pickup, or a refund. */
export function bringsNothing({ order_type_code, service_type }: FamilyOrder): boolean {
  return order_type_code === deliveryTypes.customer_return || service_type === 'return';
}

function hasPhone(order: FamilyOrder, phone: string): boolean {
  return phone === order.receiver_phone || phone === order.receiver_second_phone;
}

/** Both phones of an order, where it has them. */
export function phonesOf(
  order: Pick<FamilyOrder, 'receiver_phone' | 'receiver_second_phone'>,
): string[] {
  const { receiver_phone: first, receiver_second_phone: second } = order;
  if (first === null) return second === null ? [] : [second];
  return second === null || second === first ? [first] : [first, second];
}

type Phones = Pick<
  FamilyOrder,
  'receiver_phone' | 'receiver_second_phone' | 'receiver_phone_raw' | 'receiver_second_phone_raw'
>;

/** An order's phones as they were typed: those too that are none for want of a digit, as at home ("0101234567"). */
export function typedPhonesOf(order: Phones): string[] {
  return [...phonesOf(order), ...brokenPhonesOf(order)];
}

/** What was typed for an order's mobiles and is none, as at home. */
export function brokenPhonesOf(order: Phones): string[] {
  const { receiver_phone: first, receiver_second_phone: second } = order;
  const unread = first === null ? order.receiver_phone_raw : null;
  const unreadSecond = second === null ? order.receiver_second_phone_raw : null;
  if (unread === null && unreadSecond === null) return []; // as of nearly all
  return [unread, unreadSecond].flatMap((typed) => brokenMobile(typed ?? '') ?? []);
}

/** When an order was made; a search may leave that out, and then what is known of its way tells it to a few days. */
export function madeAt({ created_at, scheduled_at, picked_up_at, delivered_at }: FamilyOrder) {
  return created_at ?? scheduled_at ?? picked_up_at ?? delivered_at;
}

function isBefore(a: Date | null, b: Date | null): boolean {
  return a !== null && b !== null && a < b;
}

/** From here on what was kept back is no more than a fee. */
const mostOfIt = 0.85;

/** Money that goes back names the sale that it came from, and so does what the goods are worth; what a repair costs says nothing. */
function amountAgreement(sub: FamilyOrder, main: FamilyOrder): AmountAgreement {
  const price = positive(main.cod) ?? positive(main.original_cod) ?? positive(main.goods_amount);
  if (price === undefined) return 'unknown';
  const isExchange = sub.order_type_code === deliveryTypes.exchange;
  if (!isExchange && sub.cod !== null && sub.cod < 0) {
    const back = -sub.cod / price;
    if (back === 1 || -sub.cod === main.goods_amount) return 'refund';
    if (back > 1) return 'other';
    return back >= mostOfIt ? 'mostly' : 'partly';
  }
  const worth = positive(sub.goods_amount);
  // Of an exchange for something else it is what that is worth.
  if (worth === undefined || bringsAnother(sub)) return 'unknown';
  return worth === price || worth === main.goods_amount ? 'goods' : 'unknown';
}

function positive(amount: Piastres | null): Piastres | undefined {
  return amount !== null && amount > 0 ? amount : undefined;
}
