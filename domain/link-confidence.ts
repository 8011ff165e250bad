import type { LinkEvidence } from './link-evidence.ts';
import {
  ageDensity,
  beforeDeliveryOdds,
  boughtElsewhere,
  customerRatio,
  fitOf,
  household,
  laterOdds,
  namedOdds,
  nearestOdds,
  ownPhones,
  purchaseRatio,
  tooOldDensity,
} from './link-odds.ts';
import type { Rivals } from './link-rivals.ts';
import type { NameLikeness } from './name-likeness.ts';
import type { PlaceLikeness } from './place-likeness.ts';
import type { Policy } from './policy.ts';
import { isAnother } from './product-agreement.ts';

/** One candidate with the share of all that could be which falls to it. */
export type Weighed = { evidence: LinkEvidence; confidence: number; isNearest: boolean };

/**
 * How sure each candidate is, 0 to 1. Together with three others they are all that
 * could be: a sale that is too old, something that the customer bought elsewhere, or
 * the phone is not the customer's. So two main orders that are alike share the
 * confidence, and nobody is certain. Who has a phone one digit away is asked only
 * where the phone itself, read rightly, leads to no link, or to somebody of another
 * name at another door.
 */
export function confidences(
  all: readonly LinkEvidence[],
  rivals: Rivals,
  policy: Policy,
): Weighed[] {
  const known = all.filter(({ phone, named }) => phone !== 'wrong_digit' || named);
  const found = share(known, rivals, policy);
  const isOurs = found.some((one) => isSure(one, policy) && !isStranger(one.evidence));
  return isOurs ? found : share(all, rivals, policy);
}

/** Whether all but the phone says that this is somebody else: then it may be mistyped, though somebody has it. */
export function isStranger({
  name,
  place,
}: Partial<Record<'name' | 'place', string | number | boolean>>): boolean {
  return (name === 'other' || name === 'family') && place !== 'same';
}

function isSure({ evidence, confidence }: Weighed, { linking }: Policy): boolean {
  return !evidence.later && confidence >= linking.min_confidence;
}

function share(all: readonly LinkEvidence[], rivals: Rivals, { linking }: Policy): Weighed[] {
  const pool = modelsToldApart(all, rivals);
  const nearer = nearerOfEach(pool, rivals);
  const isTooOld = ({ days }: LinkEvidence) => days > linking.within_days;
  const customers = customerRatios(pool, rivals);
  const ofPhone = Math.max(0, ...pool.filter(hasOwnPhone).map(customers));
  // Who is known by their own phone may have bought under a mistyped one as well as elsewhere.
  const mistypedSale = 1 + boughtElsewhere * ofPhone;
  const weighed = pool.map((evidence) => {
    const customer = customers(evidence);
    const mistyped = evidence.phone === 'wrong_digit' ? mistypedSale : 1;
    const between = nearer(evidence);
    const density = isTooOld(evidence) ? tooOldDensity : ageDensity(evidence.days);
    const time = evidence.later ? laterOdds : density * timeRatio(evidence, between, rivals);
    const weight = customer * mistyped * purchaseRatio(evidence) * time;
    return { evidence, isNearest: between.length === 0, customer, weight };
  });
  const surest = Math.max(0, ...weighed.map(({ customer }) => customer));
  const namesAnother = pool.some(isOfAnother);
  const nobody = 1 + (boughtElsewhere + (namesAnother ? namedOdds : 0)) * surest;
  const total = weighed.reduce((sum, { weight }) => sum + weight, nobody);
  return weighed
    .filter(({ evidence }) => !isTooOld(evidence))
    .map(({ evidence, isNearest, weight }) => ({
      ...{ evidence, isNearest },
      confidence: weight / total,
    }));
}

/** Where the sub-order names the very product of one sale it is about no sale of another: "خلاط كلاسيك" is of a kind with a turbo blender too. */
function modelsToldApart(
  pool: readonly LinkEvidence[],
  { areTwoProducts }: Rivals,
): readonly LinkEvidence[] {
  const meant = pool.filter(({ product }) => product === 'same');
  if (meant.length === 0) return pool;
  return pool.map((evidence) => {
    const { product, main_order_id } = evidence;
    // What is named by its number is meant, whatever its words say of the model.
    const isMeant = evidence.named || evidence.same_reference;
    const isVague = !isMeant && product !== 'same' && !isAnother.has(product);
    const areTwo = meant.some((one) => areTwoProducts(one.main_order_id, main_order_id));
    return isVague && areTwo ? { ...evidence, product: 'model' } : evidence;
  });
}

/** The parcel that the sub-order names is somebody else's. A shop's number may well be another shop's, or a ticket's. */
function isOfAnother({ phone, name, named }: LinkEvidence): boolean {
  return named && phone === 'none' && (isNameOfAnother.has(name) || name === 'unknown');
}

/** The main orders of the same person, as far as names tell, between each and the sub-order. Of two of one day neither is the nearer one. */
function nearerOfEach(pool: readonly LinkEvidence[], rivals: Rivals) {
  const personOf = personAmong(pool, rivals);
  const before = pool
    .filter(({ later }) => !later)
    .map((evidence) => ({ evidence, person: personOf(evidence) }));
  return (evidence: LinkEvidence): LinkEvidence[] => {
    const person = personOf(evidence);
    const since = evidence.later ? Infinity : evidence.days - oneDay;
    return before.flatMap((one) =>
      one.person === person && one.evidence.days <= since ? one.evidence : [],
    );
  };
}

const oneDay = 1;
const isNameOfAnother: ReadonlySet<NameLikeness> = new Set(['namesake', 'family', 'other']);

const ofOneHome: ReadonlySet<PlaceLikeness> = new Set(['same', 'district', 'city']);

function isOfVeryName(evidence: LinkEvidence): boolean {
  return hasOwnPhone(evidence) && (evidence.name === 'same' || evidence.name === 'like');
}

function hasOwnPhone({ phone }: LinkEvidence): boolean {
  return ownPhones.has(phone);
}

/**
 * Tells whose an order is: the customer's, as far as the name tells, or somebody's who shares a
 * phone. Who shares none is the customer only by name. Under one phone the first name is enough
 * (behind it stands the father's name now, the family's another time) where nobody bears the
 * very name, or who bears it is called both, or lives there too as far as both say: a household
 * has no two of one first name.
 */
function personAmong(pool: readonly LinkEvidence[], { areOfOneName }: Rivals) {
  const borne = pool.filter(isOfVeryName);
  const isBorneToo = ({ main_order_id, place }: LinkEvidence) =>
    borne.length === 0 ||
    ofOneHome.has(place) ||
    borne.some((one) => areOfOneName(one.main_order_id, main_order_id));
  return (evidence: LinkEvidence): string => {
    const { phone, name } = evidence;
    const isOwn = hasOwnPhone(evidence);
    const isCalledSo = name === 'namesake' && isOwn && isBorneToo(evidence);
    const isUnsaid = name === 'unknown' && phone === 'third_order';
    return `${isOwn} ${isUnsaid || (isNameOfAnother.has(name) && !isCalledSo)}`;
  };
}

function timeRatio(
  { main_order_id, product, amount, before_delivery, named, same_reference }: LinkEvidence,
  between: readonly LinkEvidence[],
  { areUnlike, areOneProduct }: Rivals,
): number {
  const time = before_delivery ? beforeDeliveryOdds : 1;
  // What is named by its number is meant, however many came since.
  if (named || same_reference || between.length === 0) return time;
  const isAsLikely = (one: LinkEvidence) => fitOf(one) >= fitOf({ product, amount });
  const isReplaced = between.some((one) =>
    isAsLikely(one)
      ? !areUnlike(main_order_id, one.main_order_id)
      : !isAnother.has(one.product) && areOneProduct(main_order_id, one.main_order_id),
  );
  // What was bought since and fits less speaks against all sales before it alike.
  const lessLikely = between.every(isAsLikely) ? 1 : nearestOdds.told_apart;
  if (isReplaced) return time / nearestOdds.alike / lessLikely;
  return time / (between.some(isAsLikely) ? nearestOdds.unlike : 1) / lessLikely;
}

/**
 * Of who has a phone one slip away it is asked once who it is, by the sale that tells it best;
 * which of their sales it is, the name and the place tell no better than under one phone.
 */
function customerRatios(pool: readonly LinkEvidence[], { neighbours, phoneOf }: Rivals) {
  const within = ({ name, place }: LinkEvidence) => household.name[name] * household.place[place];
  const near = pool.filter(({ phone }) => phone === 'wrong_digit');
  const groups = Map.groupBy(near, ({ main_order_id }) => phoneOf(main_order_id));
  return (evidence: LinkEvidence): number => {
    const group =
      evidence.phone === 'wrong_digit' ? groups.get(phoneOf(evidence.main_order_id)) : [];
    if (!group || group.length < 2) return customerRatio(evidence, neighbours);
    const surest = Math.max(...group.map((one) => customerRatio(one, neighbours)));
    return (surest * within(evidence)) / Math.max(...group.map(within));
  };
}
