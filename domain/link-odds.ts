import type { AmountAgreement, LinkEvidence, PhoneAgreement } from './link-evidence.ts';
import type { NameLikeness } from './name-likeness.ts';
import type { PlaceLikeness } from './place-likeness.ts';
import type { Policy } from './policy.ts';
import type { ProductLikeness } from './product-likeness.ts';

/**
 * How much the evidence is worth, as odds ratios: how much more often it is seen
 * where the link is right than where it is wrong (docs/families.md tells how each
 * was set). Naive Bayes: the ratios of one candidate are multiplied.
 */
const customerOdds: Record<PhoneAgreement, number> = {
  same_phone: 40,
  second_phone: 15,
  // Against the chance that a stranger's phone is as near: with a million customers
  // nearly every phone has a neighbour. The name and the place must agree too.
  wrong_digit: 0.0015,
  // A shop's own number: it says nothing about who the customer is.
  crowded_phone: 0.4,
};

type Identity = { name: Record<NameLikeness, number>; place: Record<PlaceLikeness, number> };

/** Who shares the phone is the customer, or somebody of the household. */
const household: Identity = {
  name: { same: 4, first: 2, unknown: 1, family: 0.2, other: 0.1 },
  place: { same: 2, district: 1.2, city: 1, unknown: 1, other: 0.5 },
};
/** Who has a phone one digit away is the customer, or anybody. */
const strangers: Identity = {
  name: { same: 100, first: 8, unknown: 1, family: 0.5, other: 0.02 },
  place: { same: 20, district: 5, city: 1.5, unknown: 1, other: 0.2 },
};

/** Against another purchase of the same customer. */
const productOdds: Record<ProductLikeness, number> = {
  same: 15,
  kind: 4,
  unknown: 1,
  model: 0.03,
  other: 0.01,
};
const amountOdds: Record<AmountAgreement, number> = {
  refund: 5,
  goods: 3,
  partly: 1,
  unknown: 1,
  other: 0.1,
};
const namedOdds = 300;
const sameReferenceOdds = 20;
const beforeDeliveryOdds = 0.3;
/** A main order after its sub-order. */
const laterOdds = 0.02;
/**
 * "The main order that is nearest in time before it" (domain.md, "Hierarchy"),
 * against each further one: nearly decisive among sales of one product, weak
 * where the two hold different products and only the sub-order could tell which.
 */
const nearestOdds = { alike: 8, unlike: 1.5 };
/** How often what a customer sends in was bought elsewhere, or is not among our orders. */
const boughtElsewhere = 0.03;

/** One candidate with the share of all that could be which falls to it. */
export type Weighed = { evidence: LinkEvidence; confidence: number; isNearest: boolean };

/** What the candidates are among each other. */
export type Rivals = {
  /** How many customers have a phone one digit away: where there are many, one is near by chance. */
  neighbours: number;
  /** Whether two main orders hold different products, as far as they say. */
  areUnlike: (main: string, other: string) => boolean;
};

/**
 * How sure each candidate is, 0 to 1. Together with two others they are all that
 * could be: the customer bought it elsewhere, or the phone is not the customer's.
 * So two main orders that are alike share the confidence, and nobody is certain.
 * Who has a phone one digit away is asked only where the phone itself, read
 * rightly, leads to no link.
 */
export function confidences(
  all: readonly LinkEvidence[],
  rivals: Rivals,
  policy: Policy,
): Weighed[] {
  const known = all.filter(({ phone, named }) => phone !== 'wrong_digit' || named);
  const found = share(known, rivals);
  return isSure(found, policy) ? found : share(all, rivals);
}

/** Whether one of them is enough for a link by the policy's threshold. */
export function isSure(weighed: readonly Weighed[], policy: Policy): boolean {
  const { min_confidence } = policy.linking;
  return weighed.some(
    ({ evidence, confidence }) => evidence.days >= 0 && confidence >= min_confidence,
  );
}

function share(pool: readonly LinkEvidence[], rivals: Rivals): Weighed[] {
  const nearestOf = nearestOfEach(pool);
  const weighed = pool.map((evidence) => {
    const nearest = nearestOf(evidence);
    const customer = customerRatio(evidence, rivals.neighbours);
    const weight = customer * purchaseRatio(evidence) * timeRatio(evidence, nearest, rivals);
    return { evidence, isNearest: nearest === evidence, customer, weight };
  });
  const surest = Math.max(0, ...weighed.map(({ customer }) => customer));
  const nobody = 1 + boughtElsewhere * surest;
  const total = weighed.reduce((sum, { weight }) => sum + weight, nobody);
  return weighed.map(({ evidence, isNearest, weight }) => ({
    ...{ evidence, isNearest },
    confidence: weight / total,
  }));
}

/** Of each person behind the phones, as far as names tell them apart, the main order nearest in time before the sub-order. */
function nearestOfEach(pool: readonly LinkEvidence[]) {
  const person = ({ phone, name }: LinkEvidence) => `${phone === 'wrong_digit'} ${name}`;
  const before = pool.filter(({ days }) => days >= 0);
  const byPerson = Map.groupBy(
    before.toSorted((a, b) => a.days - b.days || (a.main_order_id < b.main_order_id ? -1 : 1)),
    person,
  );
  return (evidence: LinkEvidence) => byPerson.get(person(evidence))?.[0];
}

function timeRatio(
  { days, main_order_id, before_delivery, named }: LinkEvidence,
  nearest: LinkEvidence | undefined,
  { areUnlike }: Rivals,
): number {
  if (days < 0) return laterOdds;
  const delivery = before_delivery ? beforeDeliveryOdds : 1;
  if (named || nearest === undefined || nearest.main_order_id === main_order_id)
    return ageDensity(days) * delivery;
  const isUnlike = areUnlike(main_order_id, nearest.main_order_id);
  return (ageDensity(days) * delivery) / (isUnlike ? nearestOdds.unlike : nearestOdds.alike);
}

function customerRatio({ phone, name, place }: LinkEvidence, neighbours: number): number {
  const isStranger = phone === 'wrong_digit' || phone === 'crowded_phone';
  const identity = isStranger ? strangers : household;
  const among = phone === 'wrong_digit' ? Math.max(1, neighbours) : 1;
  return (customerOdds[phone] * identity.name[name] * identity.place[place]) / among;
}

function purchaseRatio({ product, amount, named, same_reference }: LinkEvidence): number {
  return (
    productOdds[product] *
    amountOdds[amount] *
    (named ? namedOdds : 1) *
    (same_reference ? sameReferenceOdds : 1)
  );
}

/**
 * How often products come back at this age, against the year's average: 60 % of
 * them by an exponential of 45 days, the rest evenly over the year.
 */
function ageDensity(days: number): number {
  return (0.6 * 365 * Math.exp(-days / 45)) / 45 + 0.4;
}
