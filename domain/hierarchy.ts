import { deliveryTypes } from './delivery-state.ts';
import { confidences, type Weighed } from './link-confidence.ts';
import { bringsNothing, evidenceOf, type LinkEvidence } from './link-evidence.ts';
import { rivalsAmong } from './link-rivals.ts';
import type { Piastres } from './money.ts';
import type { NameColumns } from './name-likeness.ts';
import { type Mentions, mentionsIn } from './named-numbers.ts';
import type { CaseOfDelivery } from './order.ts';
import type { PlaceColumns } from './place-likeness.ts';
import type { Policy } from './policy.ts';
import type { ProductSigns } from './product-signs.ts';
import type { DeliveryPurpose, RelationshipType, ServiceType } from './vocabulary.ts';
import { otherHalfOf } from './way-back.ts';

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
type LinkRule =
  | 'case_reference'
  | 'tracking_in_notes'
  | 'nearest_main_before'
  | 'best_evidence'
  | 'wrong_digit'
  | 'later_main';

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
  /** Phones that so many orders share that they are nobody's, a shop's own, and numbers that so many name that they name none, by their clues. */
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
 * sales, or any orders: others are passed over); undefined where there is none. The
 * answer depends on the orders alone, not on which of them came first.
 */
export function bestMain(
  sub: FamilyOrder,
  mains: readonly FamilyOrder[],
  linking: Linking,
): Candidate | undefined {
  const ofCase = mains.find((main) => main.id === sub.case_of?.main_order_id);
  if (ofCase && ofCase.id !== sub.id) return caseLink(sub, ofCase);
  if (!isWeighed(sub)) return undefined;
  let best: Weighed | undefined;
  for (const one of weigh(sub, mains, linking))
    if (best === undefined || isSurer(one, best)) best = one;
  return best && candidateOf(sub, best);
}

/** The sales of the pickups and refunds that an order names: a way back ("تسليم بعد صيانة الشحنة 7003") is about the same. */
function meantByReturns(
  { names }: Mentions,
  mains: readonly FamilyOrder[],
  linking: Linking,
): ReadonlySet<string> {
  const returns = mains.filter((main) => bringsNothing(main) && names(main));
  if (returns.length === 0) return new Set();
  const sales = mains.filter((main) => !bringsNothing(main));
  const { min_confidence } = linking.policy.linking;
  const found = returns.flatMap((one) => bestMain(one, sales, linking) ?? []);
  const sure = found.filter(({ confidence_score }) => confidence_score >= min_confidence);
  return new Set(sure.map(({ main_order_id }) => main_order_id));
}

function isSurer(a: Weighed, b: Weighed): boolean {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return a.evidence.main_order_id < b.evidence.main_order_id;
}

function weigh(sub: FamilyOrder, mains: readonly FamilyOrder[], linking: Linking): Weighed[] {
  const own = mentionsIn(sub, linking.crowded);
  const meant = meantByReturns(own, mains, linking);
  const otherHalf = otherHalfOf(sub, mains, linking);
  const namesAny = mains.some((main) => own.names(main) || own.refersTo(main));
  // Half of a repair that names no order is about the one that its other half names.
  const mentions =
    otherHalf === undefined || namesAny ? own : mentionsIn(otherHalf, linking.crowded);
  const evidenceFor = evidenceOf(sub, linking, { mentions, meant, otherHalf });
  const mainOf = new Map<string, FamilyOrder>();
  const evidence: LinkEvidence[] = [];
  for (const main of mains) {
    const found = main.id === sub.id ? undefined : evidenceFor(main);
    if (found === undefined) continue;
    evidence.push(found);
    mainOf.set(main.id, main);
  }
  return confidences(evidence, rivalsAmong(evidence, mainOf, linking), linking.policy);
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

function candidateOf(sub: FamilyOrder, { evidence, confidence, isNearest }: Weighed): Candidate {
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
