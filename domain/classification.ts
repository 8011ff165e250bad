import { deliveryStateName, deliveryTypes, isDelivered, isSettled } from './delivery-state.ts';
import type { Piastres } from './money.ts';
import type { CaseOfDelivery, Classification } from './order.ts';
import type { BostaOrder } from './order-columns.ts';
import type { Policy } from './policy.ts';
import type { BusinessCategory, CodCategory, DeliveryCategory, ServiceType } from './vocabulary.ts';

type Facts = Pick<BostaOrder, 'order_type_code' | 'state_code' | 'cod'>;

/** What is known of an order besides its own facts: the case that made it, or that takes it as its return. */
type ClassificationContext = { case_of?: CaseOfDelivery | undefined };

const deliveryCategoryOf: Record<BusinessCategory, DeliveryCategory> = {
  'Real Sales Order': 'sales',
  'Maintenance Order': 'maintenance',
  'Service Order': 'service',
  'Refund Order': 'refund',
  'Operational Order': 'operational',
};

/**
 * Classifies a delivery; the first rule that matches wins, and its number and
 * reason are kept (domain.md, "Classification"). An amount that is not known is
 * never taken for zero: it stays operational until it is.
 */
export function classify(
  facts: Facts,
  context: ClassificationContext,
  policy: Policy,
): Classification {
  const { order_type_code: type, state_code: state, cod } = facts;
  const { case_of } = context;
  const result = (rule: number, reason: string, service: ServiceType, category: BusinessCategory) =>
    classification(rule, reason, service, category, cod, policy);

  if (case_of?.purpose !== undefined)
    return result(
      0,
      `made by case ${case_of.action_id} (${case_of.purpose})`,
      'service',
      'Service Order',
    );
  if (type === deliveryTypes.customer_return)
    return case_of?.is_refund
      ? result(1, `customer return of refund case ${case_of.action_id}`, 'return', 'Refund Order')
      : result(1, 'customer return pickup', 'return', 'Service Order');
  if (type === deliveryTypes.exchange) return result(2, 'exchange', 'service', 'Service Order');
  if (type === deliveryTypes.return_to_origin)
    return result(2, 'refused delivery on its way back', 'operational', 'Operational Order');
  if (cod !== null && cod < 0) return result(3, 'negative amount', 'return', 'Refund Order');
  if (isDelivered(state) && cod !== null) return delivered(cod, policy, result);
  return {
    ...result(5, openReason(facts), 'operational', 'Operational Order'),
    is_provisional: !isSettled(state) || cod === null,
  };
}

type Result = (
  rule: number,
  reason: string,
  service: ServiceType,
  category: BusinessCategory,
) => Classification;

function delivered(cod: Piastres, policy: Policy, result: Result): Classification {
  if (cod > policy.classification.sale_above)
    return result(4, 'delivered with the amount of a sale', 'main', 'Real Sales Order');
  return cod > 0
    ? result(4, 'delivered with a small amount', 'maintenance', 'Maintenance Order')
    : result(4, 'delivered without an amount', 'service', 'Service Order');
}

function openReason({ state_code, cod }: Facts): string {
  if (state_code === null) return 'state not known';
  if (isDelivered(state_code) && cod === null) return 'delivered, amount not known';
  return `not delivered: ${deliveryStateName(state_code) ?? 'unknown state'} (${state_code})`;
}

function classification(
  rule: number,
  reason: string,
  service_type: ServiceType,
  business_category: BusinessCategory,
  cod: Piastres | null,
  policy: Policy,
): Classification {
  const isBelowMain = service_type !== 'main' && service_type !== 'operational';
  return {
    service_type,
    business_category,
    delivery_category: deliveryCategoryOf[business_category],
    cod_category: cod === null ? null : codCategory(cod, policy),
    order_level: isBelowMain ? 1 : 0,
    classification_rule: rule,
    classification_reason: reason,
    is_provisional: false,
  };
}

/** `High Value` from 1,000 EGP, `Medium` from 500, `Low` above 0, `Zero`, `Refund` below 0, by the policy's amounts. */
export function codCategory(cod: Piastres, policy: Policy): CodCategory {
  const { high_value_from, medium_from } = policy.classification;
  if (cod < 0) return 'Refund';
  if (cod === 0) return 'Zero';
  if (cod >= high_value_from) return 'High Value';
  return cod >= medium_from ? 'Medium' : 'Low';
}
