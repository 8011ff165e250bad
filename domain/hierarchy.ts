import { deliveryTypes } from './delivery-state.ts';
import { latinDigits } from './digits.ts';
import type { CaseOfDelivery } from './order.ts';
import type { Policy } from './policy.ts';
import { productAgreement } from './product-text.ts';
import type { DeliveryPurpose, RelationshipType, ServiceType } from './vocabulary.ts';

/** What linking looks at in an order. */
export type FamilyOrder = {
  id: string;
  tracking_number: string | null;
  receiver_phone: string | null;
  receiver_second_phone: string | null;
  created_at: Date | null;
  service_type: ServiceType;
  order_type_code: number | null;
  product_name: string | null;
  business_reference: string | null;
  notes: string | null;
  case_of?: CaseOfDelivery | undefined;
};

/** A link that the evidence speaks for, with the evidence. */
export type Candidate = {
  main_order_id: string;
  sub_order_id: string;
  relationship_type: RelationshipType;
  /** 0.00 to 1.00. */
  confidence_score: number;
  rule: 'case_reference' | 'tracking_in_notes' | 'nearest_main_before' | 'later_main';
  evidence: Record<string, string | number | boolean>;
};

const purposeRelationships: Record<DeliveryPurpose, RelationshipType> = {
  pickup: 'pickup',
  way_back: 'way_back',
  replacement: 'replacement',
  home: 'way_back',
};

/** What each agreement adds to the confidence. They add up to at most the cap: only our own reference is certain. */
const weights = {
  same_phone: 0.4,
  second_phone: 0.3,
  /** At the same day; falls to nothing at the policy's limit. */
  time: 0.25,
  same_product: 0.35,
  other_product: -0.15,
  unknown_product: 0.15,
  same_reference: 0.35,
  only_main_order: 0.1,
};
const cap = 0.99;
/** A main order after its sub-order is never enough for a link (domain.md, "Hierarchy"). */
const laterCap = 0.5;
const inNotes = 0.97;

/** Whether an order can belong to another: what we did after a sale, never a sale and nothing that is still open. */
export function canBeSub(order: FamilyOrder): boolean {
  return (
    order.case_of?.purpose !== undefined ||
    (order.service_type !== 'main' && order.service_type !== 'operational')
  );
}

/**
 * The main order that the evidence speaks for most, among `mains` (the customer's
 * sales, or any orders: others are passed over); undefined where there is none. The answer depends on
 * the orders alone, not on which of them came first.
 */
export function bestMain(
  sub: FamilyOrder,
  mains: readonly FamilyOrder[],
  policy: Policy,
): Candidate | undefined {
  const ofCase = mains.find((main) => main.id === sub.case_of?.main_order_id);
  if (ofCase && ofCase.id !== sub.id) return caseLink(sub, ofCase);
  if (!canBeSub(sub)) return undefined;
  const sales = mains.filter(
    (main) =>
      main.service_type === 'main' && main.id !== sub.id && phoneAgreement(sub, main) !== undefined,
  );
  const near = sales.filter((main) => isWithin(sub, main, policy));
  const candidates = near.map((main) => weigh(sub, main, near.length === 1, policy));
  return candidates.sort((a, b) => b.confidence_score - a.confidence_score || compareIds(a, b))[0];
}

function compareIds(a: Candidate, b: Candidate): number {
  return a.main_order_id < b.main_order_id ? -1 : 1;
}

function caseLink(sub: FamilyOrder, main: FamilyOrder): Candidate {
  return {
    main_order_id: main.id,
    sub_order_id: sub.id,
    relationship_type: relationship(sub),
    confidence_score: 1,
    rule: 'case_reference',
    evidence: { action_id: sub.case_of?.action_id ?? 0, reference: sub.business_reference ?? '' },
  };
}

function weigh(sub: FamilyOrder, main: FamilyOrder, isOnly: boolean, policy: Policy): Candidate {
  const days = daysBetween(main, sub) ?? 0;
  const product = agreementOf(sub, main);
  const phone = phoneAgreement(sub, main) ?? 'second_phone';
  const isNamed = isNamedInNotes(sub, main);
  const isSameReference =
    sub.business_reference !== null && sub.business_reference === main.business_reference;
  const score =
    weights[phone] +
    weights.time * (1 - Math.abs(days) / policy.linking.within_days) +
    productWeight(product) +
    (isSameReference ? weights.same_reference : 0) +
    (isOnly ? weights.only_main_order : 0);
  const limit = days < 0 ? laterCap : cap;
  return {
    main_order_id: main.id,
    sub_order_id: sub.id,
    relationship_type: relationship(sub),
    confidence_score: isNamed
      ? inNotes
      : Math.max(0, Math.round(Math.min(score, limit) * 100) / 100),
    rule: isNamed ? 'tracking_in_notes' : days < 0 ? 'later_main' : 'nearest_main_before',
    evidence: {
      phone,
      days: Math.round(days * 10) / 10,
      product: product === undefined ? 'unknown' : Math.round(product * 100) / 100,
      same_reference: isSameReference,
      only_main_order: isOnly,
    },
  };
}

function productWeight(agreement: number | undefined): number {
  if (agreement === undefined) return weights.unknown_product;
  return agreement > 0 ? weights.same_product * agreement : weights.other_product;
}

function agreementOf(a: FamilyOrder, b: FamilyOrder): number | undefined {
  if (a.product_name === null || b.product_name === null) return undefined;
  return productAgreement(a.product_name, b.product_name);
}

function phoneAgreement(a: FamilyOrder, b: FamilyOrder): 'same_phone' | 'second_phone' | undefined {
  if (a.receiver_phone !== null && a.receiver_phone === b.receiver_phone) return 'same_phone';
  return phonesOf(a).some((phone) => phonesOf(b).includes(phone)) ? 'second_phone' : undefined;
}

/** Both phones of an order, where it has them. */
export function phonesOf(
  order: Pick<FamilyOrder, 'receiver_phone' | 'receiver_second_phone'>,
): string[] {
  return [order.receiver_phone, order.receiver_second_phone].filter((phone) => phone !== null);
}

function isNamedInNotes(sub: FamilyOrder, main: FamilyOrder): boolean {
  if (sub.notes === null || main.tracking_number === null) return false;
  return latinDigits(sub.notes)
    .split(/[^\w-]+/)
    .includes(main.tracking_number);
}

/** Days from the main order to its sub-order; negative where the main order is the later one. */
function daysBetween(main: FamilyOrder, sub: FamilyOrder): number | undefined {
  if (main.created_at === null || sub.created_at === null) return undefined;
  return (sub.created_at.getTime() - main.created_at.getTime()) / 86_400_000;
}

function isWithin(sub: FamilyOrder, main: FamilyOrder, policy: Policy): boolean {
  const days = daysBetween(main, sub);
  return days !== undefined && Math.abs(days) <= policy.linking.within_days;
}

function relationship(sub: FamilyOrder): RelationshipType {
  if (sub.case_of?.purpose !== undefined) return purposeRelationships[sub.case_of.purpose];
  if (sub.order_type_code === deliveryTypes.exchange) return 'exchange';
  if (sub.service_type === 'maintenance') return 'maintenance';
  return sub.service_type === 'return' ? 'return' : 'service';
}

/** Whether linking `sub` below `main` would make an order its own ancestor. `mainOf` tells an order's main order. */
export function wouldCycle(
  sub: string,
  main: string,
  mainOf: (id: string) => string | undefined,
): boolean {
  const seen = new Set<string>();
  for (let id: string | undefined = main; id !== undefined && !seen.has(id); id = mainOf(id)) {
    if (id === sub) return true;
    seen.add(id);
  }
  return false;
}
