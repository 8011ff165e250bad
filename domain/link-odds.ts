import type { AmountAgreement, LinkEvidence, PhoneAgreement } from './link-evidence.ts';
import type { NameLikeness } from './name-likeness.ts';
import type { PlaceLikeness } from './place-likeness.ts';
import type { ProductLikeness } from './product-likeness.ts';

/**
 * How much the evidence is worth, as odds ratios: how much more often it is seen
 * where the link is right than where it is wrong (docs/families.md tells how each
 * was set). Naive Bayes: the ratios of one candidate are multiplied.
 */
const customerOdds: Record<PhoneAgreement, number> = {
  same_phone: 100,
  // Which of their phones customers order under says little; but a second one may be a relative's.
  second_phone: 60,
  third_order: 30,
  // Among those whose phone is as near: in a country of 400 million numbers a stranger's
  // seldom is, unless they were given out in a row. The name or the place must agree too.
  wrong_digit: 0.08,
  // A shop's own number: it says nothing about who the customer is.
  crowded_phone: 0.4,
  // Who names a parcel under another phone has a new one, if the name or the place agrees.
  none: 0.003,
};
/** Under which an order is its customer's own. */
export const ownPhones: ReadonlySet<PhoneAgreement> = new Set([
  'same_phone',
  'second_phone',
  'third_order',
]);

type Identity = { name: Record<NameLikeness, number>; place: Record<PlaceLikeness, number> };

/** Who shares the phone is the customer, or somebody of the household. */
export const household: Identity = {
  name: { same: 4, like: 2, first: 2, namesake: 1.5, unknown: 1, family: 0.2, other: 0.07 },
  place: { same: 2, district: 1.2, city: 1, unknown: 1, elsewhere: 0.8, other: 0.3 },
};
/** Who has a phone one digit away is the customer, or anybody. */
const strangers: Identity = {
  name: { same: 100, like: 30, first: 8, namesake: 2, unknown: 1, family: 0.15, other: 0.02 },
  place: { same: 60, district: 5, city: 1.5, unknown: 1, elsewhere: 0.3, other: 0.2 },
};

/** Against another purchase of the same customer. */
const productOdds: Record<ProductLikeness, number> = {
  same: 15,
  kind: 5,
  unread: 2.5,
  unclear: 0.07,
  unknown: 1,
  similar: 0.07,
  unlike: 0.07,
  model: 0.03,
  other: 0.01,
};
const amountOdds: Record<AmountAgreement, number> = {
  refund: 20,
  mostly: 2,
  goods: 10,
  partly: 0.3,
  unknown: 1,
  other: 0.03,
};
/** For a sale whose tracking number is named. */
export const namedOdds = 300;
const sameReferenceOdds = 100;
/** A sub-order before its sale was delivered. */
export const beforeDeliveryOdds = 0.3;
/** A main order after its sub-order. */
export const laterOdds = 0.02;
/**
 * "The main order that is nearest in time before it" (domain.md, "Hierarchy"), against
 * each further one: nearly decisive where both hold the same; for less where they hold
 * different products and the sub-order does not say which; and hardly where it does.
 */
export const nearestOdds = { alike: 20, unlike: 5, told_apart: 1.5 };
/** How often what comes back is older than the policy's days, against those of one of its years. */
export const tooOldDensity = 0.05;
/** How often what a customer sends in was bought elsewhere, or is not among our orders. */
export const boughtElsewhere = 0.03;

/** How sure it is that the customers of both orders are one; `neighbours`: how many have a phone that is as near. */
export function customerRatio(evidence: LinkEvidence, neighbours: number): number {
  const { phone, place } = evidence;
  const identity = ownPhones.has(phone) ? household : strangers;
  const isNear = ownPhones.has(phone) || phone === 'wrong_digit';
  const name = isNear ? nameInHousehold(evidence) : evidence.name;
  const among = phone === 'wrong_digit' ? Math.max(1, neighbours) : 1;
  return (customerOdds[phone] * identity.name[name] * identity.place[place]) / among;
}

/** Whoever has the phone, but for a slip, and the very door is of the family, whatever the name. */
function nameInHousehold({ name, place }: LinkEvidence): NameLikeness {
  return name === 'other' && place === 'same' ? 'family' : name;
}

/** How well the product and the amount fit. */
export function fitOf({ product, amount }: Pick<LinkEvidence, 'product' | 'amount'>): number {
  return productOdds[product] * amountOdds[amount];
}

/** How sure it is that the sub-order is about this purchase. */
export function purchaseRatio(evidence: LinkEvidence): number {
  const { named, same_reference } = evidence;
  return fitOf(evidence) * (named ? namedOdds : 1) * (same_reference ? sameReferenceOdds : 1);
}

/**
 * How often products come back at this age, against the year's average: 40 % of
 * them by an exponential of 60 days, the rest evenly over the year.
 */
export function ageDensity(days: number): number {
  return (0.4 * 365 * Math.exp(-days / 60)) / 60 + 0.6;
}
