import { deliveryTypes, isCalledOff, isReturnedUndelivered } from './delivery-state.ts';
import { type Piastres, sum } from './money.ts';
import type { Policy } from './policy.ts';
import type { CustomerRisk, CustomerSegment, ServiceType } from './vocabulary.ts';

/** What a customer's figures take from each order. */
export type CustomerOrder = {
  service_type: ServiceType;
  order_type_code: number | null;
  state_code: number | null;
  cod: Piastres | null;
  created_at: Date | null;
  created_by_system: boolean;
};

/** Whether a return or refund is linked to this sale. */
type HasReturn<O> = (order: O) => boolean;

type CustomerFigures = {
  order_count: number;
  delivered_count: number;
  returned_count: number;
  maintenance_count: number;
  service_count: number;
  /** What was delivered and kept, in piastres. */
  delivered_value: Piastres;
  /** Percent of the orders, 0-100. */
  return_rate: number;
  segment: CustomerSegment;
  risk: CustomerRisk;
  first_order_at: Date | null;
  last_order_at: Date | null;
};

/** A returned sale came back undelivered, or has a return linked to it; a good pickup is none (domain.md, "A returned sale"). */
function isReturnedSale<O extends CustomerOrder>(order: O, hasReturn: HasReturn<O>): boolean {
  if (order.created_by_system) return false;
  return (
    isReturnedUndelivered(order.order_type_code, order.state_code) ||
    (order.service_type === 'main' && hasReturn(order))
  );
}

/** Something that the customer ordered: no service of ours, no pickup, nothing called off. */
function isPurchase(order: CustomerOrder): boolean {
  const { service_type, order_type_code: type, state_code, created_by_system } = order;
  if (created_by_system || type === deliveryTypes.customer_return || isCalledOff(state_code))
    return false;
  return service_type === 'main' || service_type === 'operational';
}

/** A customer's figures from all of their orders: the one place where segment and risk are decided. */
export function customerFigures<O extends CustomerOrder>(
  orders: readonly O[],
  hasReturn: HasReturn<O>,
  policy: Policy,
): CustomerFigures {
  const isReturned = (order: O) => isReturnedSale(order, hasReturn);
  const purchases = orders.filter(isPurchase);
  const delivered = purchases.filter((order) => order.service_type === 'main');
  const returned_count = purchases.filter(isReturned).length;
  const kept = delivered.filter((order) => !isReturned(order));
  const delivered_value = sum(kept.flatMap((order) => order.cod ?? []));
  const return_rate = percent(returned_count, purchases.length);
  const times = purchases
    .flatMap((order) => order.created_at?.getTime() ?? [])
    .sort((a, b) => a - b);
  const count = (type: ServiceType) => orders.filter((order) => order.service_type === type).length;
  return {
    order_count: purchases.length,
    delivered_count: delivered.length,
    returned_count,
    maintenance_count: count('maintenance'),
    service_count: count('service'),
    delivered_value,
    return_rate,
    segment: customerSegment(
      { order_count: purchases.length, delivered_value, return_rate },
      policy,
    ),
    risk: customerRisk(return_rate, policy),
    first_order_at: dateOf(times[0]),
    last_order_at: dateOf(times.at(-1)),
  };
}

/** `problematic` before `vip` before `regular` before `new` (domain.md, "Customers"). */
export function customerSegment(
  figures: Pick<CustomerFigures, 'order_count' | 'delivered_value' | 'return_rate'>,
  { customers }: Policy,
): CustomerSegment {
  const { order_count, delivered_value, return_rate } = figures;
  if (
    return_rate >= customers.problematic_return_rate &&
    order_count >= customers.problematic_min_orders
  )
    return 'problematic';
  if (order_count >= customers.vip_orders || delivered_value >= customers.vip_value) return 'vip';
  return order_count >= customers.regular_orders ? 'regular' : 'new';
}

/** How likely another return is, by the share of returns so far, in percent. */
export function customerRisk(return_rate: number, { customers }: Policy): CustomerRisk {
  if (return_rate >= customers.high_risk_return_rate) return 'high';
  return return_rate >= customers.medium_risk_return_rate ? 'medium' : 'low';
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}

function dateOf(time: number | undefined): Date | null {
  return time === undefined ? null : new Date(time);
}
