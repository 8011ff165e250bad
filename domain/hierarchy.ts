import { deliveryTypes } from './delivery-state.ts';
import { confidences } from './link-confidence.ts';
import { bringsNothing, evidenceOf, type LinkEvidence, phonesOf } from './link-evidence.ts';
import type { Piastres } from './money.ts';
import { fullName, type NameColumns, nameLikeness } from './name-likeness.ts';
import { isNamedIn } from './named-numbers.ts';
import type { CaseOfDelivery } from './order.ts';
import type { PlaceColumns } from './place-likeness.ts';
import type { Policy } from './policy.ts';
import { type ProductSigns, productLikeness } from './product-likeness.ts';
import type { DeliveryPurpose, RelationshipType, ServiceType } from './vocabulary.ts';
import { fetchedAt } from './way-back.ts';

/** What linking looks at in an order. */
export type FamilyOrder = NameColumns &
  PlaceColumns & {
    id: string;
    tracking_number: string | null;
    receiver_phone: string | null;
    receiver_second_phone: string | null;
    /** As they were typed, where they could not be read. */
    receiver_phone_raw: string | null;
    receiver_second_phone_raw: string | null;
    created_at: Date | null;
    scheduled_at: Date | null;
    picked_up_at: Date | null;
    delivered_at: Date | null;
    service_type: ServiceType;
    cod: Piastres | null;
    original_cod: Piastres | null;
    goods_amount: Piastres | null;
    product_name: string | null;
    /** What an exchange takes back; `product_name` is what it brings. */
    return_description: string | null;
    business_reference: string | null;
    notes: string | null;
    case_of?: CaseOfDelivery | undefined;
  };

/** What made a link: our own reference, a number in the texts, or the weight of the evidence. */
export const linkRules = [
  'case_reference',
  'tracking_in_notes',
  'nearest_main_before',
  'best_evidence',
  'wrong_digit',
  'later_main',
] as const;
export type LinkRule = (typeof linkRules)[number];

/** A link that the evidence speaks for, with the evidence. */
export type Candidate = {
  main_order_id: string;
  sub_order_id: string;
  relationship_type: RelationshipType;
  /** 0.00 to 1.00: how often links of this evidence are right. Only our own reference is certain. */
  confidence_score: number;
  rule: LinkRule;
  evidence: Record<string, string | number | boolean>;
};

/** What linking goes by besides the two orders. */
export type Linking = {
  policy: Policy;
  /** What a product's text says. */
  read: (text: string) => ProductSigns;
  /** Phones that so many orders share that they are nobody's: a shop's own number. */
  crowded: ReadonlySet<string>;
  /** The phones that stand beside a phone on any order: they are one customer's. */
  besides: (phone: string) => ReadonlySet<string>;
};

const purposeRelationships: Record<DeliveryPurpose, RelationshipType> = {
  pickup: 'pickup',
  way_back: 'way_back',
  replacement: 'replacement',
  home: 'way_back',
};

/** Only our own reference is certain. */
const cap = 0.99;
/** A main order after its sub-order is never enough for a link (domain.md, "Hierarchy"). */
const laterCap = 0.5;

/** Whether an order can belong to another: what we did after a sale, never a sale and nothing that is still open. */
export function canBeSub(order: FamilyOrder): boolean {
  return (
    order.case_of?.purpose !== undefined ||
    (order.service_type !== 'main' && order.service_type !== 'operational')
  );
}

/** Whether an order may have a main order at all: one that can be below another, or one of a case that was opened on another. */
export function mayBelong(order: FamilyOrder): boolean {
  return canBeSub(order) || order.case_of?.main_order_id !== undefined;
}

/** Whether evidence tells where an order belongs. A case's own delivery belongs to what the case was opened on, or to a product bought in a shop. */
export function isWeighed(order: FamilyOrder): boolean {
  return canBeSub(order) && order.case_of?.purpose === undefined;
}

/**
 * The main order that the evidence speaks for most, among `mains` (the customer's
 * sales, or any orders: others are passed over); undefined where there is none. The answer depends on
 * the orders alone, not on which of them came first.
 */
export function bestMain(
  sub: FamilyOrder,
  mains: readonly FamilyOrder[],
  linking: Linking,
): Candidate | undefined {
  const ofCase = mains.find((main) => main.id === sub.case_of?.main_order_id);
  if (ofCase && ofCase.id !== sub.id) return caseLink(sub, ofCase);
  if (!isWeighed(sub)) return undefined;
  const [best] = weigh(sub, mains, linking).toSorted(
    (a, b) =>
      b.confidence - a.confidence || (a.evidence.main_order_id < b.evidence.main_order_id ? -1 : 1),
  );
  return best && candidateOf(sub, best.evidence, best.confidence, best.isNearest);
}

/** The sales of the pickups and refunds that an order names: a way back ("تسليم بعد صيانة الشحنة 7003") is about the same. */
function meantByReturns(
  sub: FamilyOrder,
  mains: readonly FamilyOrder[],
  linking: Linking,
): Set<string> {
  const returns = mains.filter((main) => bringsNothing(main) && isNamedIn(sub, main));
  if (returns.length === 0) return new Set();
  const sales = mains.filter((main) => !bringsNothing(main));
  const { min_confidence } = linking.policy.linking;
  const found = returns.flatMap((one) => bestMain(one, sales, linking) ?? []);
  const sure = found.filter(({ confidence_score }) => confidence_score >= min_confidence);
  return new Set(sure.map(({ main_order_id }) => main_order_id));
}

function weigh(sub: FamilyOrder, mains: readonly FamilyOrder[], linking: Linking) {
  const meant = meantByReturns(sub, mains, linking);
  const fetched = fetchedAt(sub, mains, linking);
  const seen = mains.flatMap((main) => {
    const evidence = main.id === sub.id ? undefined : evidenceOf(sub, main, linking, fetched);
    if (!evidence) return [];
    const named = evidence.named || meant.has(main.id);
    return [{ main, evidence: { ...evidence, named } }];
  });
  const neighbours = seen.filter(({ evidence }) => evidence.phone === 'wrong_digit');
  const phoneOf = new Map(neighbours.map(({ main }) => [main.id, phonesOf(main)[0]]));
  const phones = new Set(phoneOf.values());
  const evidence = seen.map((one) => one.evidence);
  const mainOf = new Map(seen.map(({ main }) => [main.id, main]));
  const likenessOf = (main: string, other: string) => {
    const [left, right] = [mainOf.get(main)?.product_name, mainOf.get(other)?.product_name];
    if (!left || !right || left === right) return 'same';
    return productLikeness(linking.read(left), linking.read(right));
  };
  const areUnlike = (main: string, other: string) =>
    !['same', 'kind'].includes(likenessOf(main, other));
  const areTwoProducts = (main: string, other: string) =>
    ['model', 'other', 'similar', 'unlike', 'unclear'].includes(likenessOf(main, other));
  const areOneProduct = (main: string, other: string) =>
    Number(mainOf.get(main)?.cod) > 0 &&
    mainOf.get(main)?.cod === mainOf.get(other)?.cod &&
    !['model', 'other', 'similar'].includes(likenessOf(main, other));
  const nameOf = new Map(seen.map(({ main }) => [main.id, fullName(main)]));
  const areOfOneName = (main: string, other: string) =>
    ['same', 'like'].includes(nameLikeness(nameOf.get(main) ?? null, nameOf.get(other) ?? null));
  return confidences(
    evidence,
    {
      ...{ neighbours: phones.size, phoneOf: (id) => phoneOf.get(id) },
      ...{ areUnlike, areTwoProducts, areOneProduct, areOfOneName },
    },
    linking.policy,
  );
}

function caseLink(sub: FamilyOrder, main: FamilyOrder): Candidate {
  return {
    main_order_id: main.id,
    sub_order_id: sub.id,
    relationship_type: relationshipOf(sub),
    confidence_score: 1,
    rule: 'case_reference',
    evidence: { action_id: sub.case_of?.action_id ?? 0, reference: sub.business_reference ?? '' },
  };
}

function candidateOf(
  sub: FamilyOrder,
  evidence: LinkEvidence,
  confidence: number,
  isNearest: boolean,
): Candidate {
  const { main_order_id, ...seen } = evidence;
  const limit = evidence.later ? laterCap : cap;
  return {
    main_order_id,
    sub_order_id: sub.id,
    relationship_type: relationshipOf(sub),
    // Downwards: a link is never shown surer than it is, and 0.7999 is below 0.80.
    confidence_score: Math.floor(Math.min(confidence, limit) * 100) / 100,
    rule: ruleOf(evidence, isNearest),
    evidence: { ...seen, days: Math.round(evidence.days * 10) / 10 },
  };
}

function ruleOf({ later, named, phone }: LinkEvidence, isNearest: boolean): LinkRule {
  if (later) return 'later_main';
  if (named) return 'tracking_in_notes';
  if (phone === 'wrong_digit') return 'wrong_digit';
  return isNearest ? 'nearest_main_before' : 'best_evidence';
}

/** What an order is to its main order, by its own kind. */
export function relationshipOf(
  sub: Pick<FamilyOrder, 'case_of' | 'order_type_code' | 'service_type'>,
): RelationshipType {
  if (sub.case_of?.purpose !== undefined) return purposeRelationships[sub.case_of.purpose];
  if (sub.order_type_code === deliveryTypes.exchange) return 'exchange';
  if (sub.service_type === 'maintenance') return 'maintenance';
  return sub.service_type === 'return' ? 'return' : 'service';
}
