import { cairoDayEnd, cairoDayStart } from '../domain/cairo-time.ts';
import { deliveryTypes, statesOfReturned } from '../domain/delivery-state.ts';
import type { Piastres } from '../domain/money.ts';
import type {
  ActionStatus,
  BusinessCategory,
  CodCategory,
  CustomerSegment,
  DeliveryCategory,
  HierarchyStatus,
  ServiceType,
} from '../domain/vocabulary.ts';
import type { Fragment, Sql } from './client.ts';
import { hasPhone, isCalled, isFoundBy } from './order-search.ts';
import { folded, idsOf, spellingsOf } from './places.ts';

/** What an order list can be narrowed by. Everything that is given must hold. */
type Filters = {
  /** Bosta's code, or a name in either language. */
  state: string;
  /** As the state. */
  order_type: string;
  cod_min: Piastres;
  cod_max: Piastres;
  cod_category: CodCategory;
  business_category: BusinessCategory;
  delivery_category: DeliveryCategory;
  service_type: ServiceType;
  hierarchy_status: HierarchyStatus;
  has_returns: boolean;
  has_service_actions: boolean;
  /** `pending`: an open case whose hub confirmation is still to come (domain.md, "Pending orders"); else a case in this status. */
  service_status: 'pending' | ActionStatus;
  has_product_desc: boolean;
  customer_segment: CustomerSegment;
  /** In either language, as people spell it; so are the next two. */
  city: string;
  zone: string;
  district: string;
  /** Canonical. The second phone counts too. */
  phone: string;
  tracking: string;
  search: string;
  sla_exceeded: boolean;
  /** Days in Cairo, both of them within. */
  date_from: string;
  date_to: string;
  attempts_min: number;
};
export type OrderFilter = { [F in keyof Filters]?: Filters[F] | undefined };

/** The conditions on the order `o` of a row that a filter makes. */
export function orderConditions(sql: Sql, filter: OrderFilter): Fragment {
  const given = Object.keys(conditions).filter(isFilter);
  return sql`true ${given.map((name) => conditionOf(sql, filter, name))}`;
}

function isFilter(name: string): name is keyof Filters {
  return Object.hasOwn(conditions, name);
}

function conditionOf<F extends keyof Filters>(sql: Sql, filter: OrderFilter, name: F): Fragment {
  const value = filter[name];
  return value === undefined ? sql`` : sql`and ${conditions[name](sql, value)}`;
}

type Condition<T> = (sql: Sql, value: T) => Fragment;
const conditions: { [F in keyof Filters]: Condition<Filters[F]> } = {
  state: (sql, given) => isCalled(sql, 'state', given),
  order_type: (sql, given) => isCalled(sql, 'order_type', given),
  cod_min: (sql, least) => sql`o.cod >= ${least}`,
  cod_max: (sql, most) => sql`o.cod <= ${most}`,
  cod_category: equal('cod_category'),
  business_category: equal('business_category'),
  delivery_category: equal('delivery_category'),
  service_type: equal('service_type'),
  hierarchy_status: equal('hierarchy_status'),
  has_returns: (sql, has) => holds(sql, has, isReturnedSale(sql)),
  has_service_actions: (sql, has) => holds(sql, has, hasCase(sql, sql`true`)),
  service_status: (sql, status) => hasCase(sql, isInStatus(sql, status)),
  has_product_desc: (sql, has) =>
    holds(sql, has, sql`coalesce(o.specs_description, o.return_description) is not null`),
  customer_segment: (sql, segment) =>
    sql`exists (select from customers c where c.phone = o.receiver_phone and c.segment = ${segment})`,
  city: isPlace('city'),
  zone: isPlace('zone'),
  district: isPlace('district'),
  phone: hasPhone,
  tracking: equal('tracking_number'),
  search: isFoundBy,
  sla_exceeded: (sql, is) =>
    holds(
      sql,
      is,
      sql`coalesce(o.order_sla_exceeded, false) or coalesce(o.e2e_sla_exceeded, false)`,
    ),
  date_from: (sql, day) => sql`o.created_at >= ${cairoDayStart(day)}`,
  date_to: (sql, day) => sql`o.created_at < ${cairoDayEnd(day)}`,
  attempts_min: (sql, least) => sql`coalesce(o.attempts_count, 0) >= ${least}`,
};

function equal(column: string): Condition<string> {
  return (sql, value) => sql`${sql(`o.${column}`)} = ${value}`;
}

/** A condition that is never null, or its opposite: compared with a value, Postgres would not join by it. */
function holds(sql: Sql, is: boolean, condition: Fragment): Fragment {
  return is ? sql`(${condition})` : sql`not (${condition})`;
}

/** By `isReturnedSale` in domain/customer.ts, in SQL: a sale that came back undelivered, or to which a return or refund is linked (domain.md, "A returned sale"). */
function isReturnedSale(sql: Sql): Fragment {
  const { return_to_origin, send } = deliveryTypes;
  return sql`(not o.created_by_system and (
    coalesce(o.order_type_code = ${return_to_origin}, false)
    or coalesce(o.order_type_code = ${send} and o.state_code = any(${[...statesOfReturned]}), false)
    or (o.service_type = 'main' and exists (
      select from order_hierarchy_management l join orders sub on sub.id = l.sub_order_id
      where l.main_order_id = o.id and l.is_active and case
        when sub.created_by_system then exists (
          select from case_deliveries d join service_actions a using (action_id)
          where d.tracking_number = sub.tracking_number and d.purpose = 'pickup'
            and a.action_type = 'return_refund')
        else sub.service_type = 'return' end))))`;
}

function hasCase(sql: Sql, condition: Fragment): Fragment {
  return sql`exists (select from service_actions a where a.main_order_id = o.id and ${condition})`;
}

function isInStatus(sql: Sql, status: Filters['service_status']): Fragment {
  return status === 'pending'
    ? sql`a.completed_at is null and a.hub_confirmation_status not in ('confirmed', 'rejected')`
    : sql`a.action_status = ${status}`;
}

/** By Bosta's id of it, or by a name that it has or had. */
function isPlace(kind: 'city' | 'zone' | 'district'): Condition<string> {
  return (sql, given) => {
    const spellings = spellingsOf(sql, kind, given);
    const named = (column: string) =>
      sql`${folded(sql, sql`${sql(`o.dropoff_${kind}_${column}`)}`)} = any(${spellings})`;
    const hasId = sql`${sql(`o.dropoff_${kind}_id`)} = any(${idsOf(sql, kind, given)})`;
    return sql`(${hasId} or ${named('name')} or ${named('name_ar')})`;
  };
}
