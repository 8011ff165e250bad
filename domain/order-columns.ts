import type { Piastres } from './money.ts';

/** How a column is read from a payload and kept in Postgres. */
type ColumnKind = 'text' | 'integer' | 'amount' | 'real' | 'boolean' | 'time' | 'day' | 'list';

/** One thing that went wrong on the way; times as ISO 8601, since the list is kept as JSON. */
export type DeliveryException = {
  code: number | null;
  reason: string | null;
  time: string | null;
  attempt_type: string | null;
};

/** One try of the courier; `state` 2 failed, 3 succeeded. */
export type DeliveryAttempt = {
  type: string | null;
  state: number | null;
  attempted_at: string | null;
  succeeded_at: string | null;
  exception_code: number | null;
  exception_reason: string | null;
  star_name: string | null;
};

/**
 * Bosta's columns of an order: the only ones that a payload can change. What we
 * conclude, and what people record, is kept elsewhere, so no sync can touch it.
 */
export const bostaColumns = {
  tracking_number: 'text',
  business_reference: 'text',
  unique_business_reference: 'text',
  creation_source: 'text',
  order_type_code: 'integer',
  order_type_value: 'text',
  state_code: 'integer',
  state_value: 'text',
  masked_state: 'text',
  child_state: 'text',
  state_at: 'time',
  is_confirmed_delivery: 'boolean',
  allow_open_package: 'boolean',
  is_delayed: 'boolean',
  exceptions: 'list',
  exception_code: 'integer',
  exception_reason: 'text',

  cod: 'amount',
  original_cod: 'amount',
  goods_amount: 'amount',
  shipment_fees: 'amount',
  payment_method: 'text',
  bosta_fees: 'amount',
  bosta_fees_source: 'text',
  shipping_fees: 'amount',
  vat: 'amount',
  opening_package_fees: 'amount',
  collection_fees: 'amount',
  insurance_fees: 'amount',
  promotion_discount_amount: 'amount',
  cash_cycle_total: 'amount',
  deposited_amount: 'amount',
  deposited_at: 'time',
  cashout_transaction_id: 'text',
  cashout_transaction_date: 'time',
  next_cashout_date: 'time',

  receiver_phone: 'text',
  receiver_phone_raw: 'text',
  receiver_second_phone: 'text',
  receiver_second_phone_raw: 'text',
  receiver_full_name: 'text',
  receiver_first_name: 'text',
  receiver_last_name: 'text',
  receiver_email: 'text',

  notes: 'text',
  specs_package_type: 'text',
  specs_size: 'text',
  specs_weight: 'real',
  specs_items_count: 'integer',
  specs_description: 'text',
  product_name: 'text',
  product_count: 'integer',
  return_package_type: 'text',
  return_items_count: 'integer',
  return_description: 'text',

  dropoff_city_name: 'text',
  dropoff_city_name_ar: 'text',
  dropoff_zone_name: 'text',
  dropoff_zone_name_ar: 'text',
  dropoff_district_name: 'text',
  dropoff_district_name_ar: 'text',
  dropoff_city_id: 'text',
  dropoff_zone_id: 'text',
  dropoff_district_id: 'text',
  dropoff_first_line: 'text',
  dropoff_second_line: 'text',
  dropoff_building_number: 'text',
  dropoff_floor: 'text',
  dropoff_apartment: 'text',
  dropoff_lat: 'real',
  dropoff_lng: 'real',
  is_bad_address: 'boolean',
  pickup_city: 'text',
  pickup_city_ar: 'text',
  pickup_zone: 'text',
  pickup_district: 'text',
  pickup_district_id: 'text',
  pickup_address: 'text',
  pickup_second_line: 'text',
  pickup_building_number: 'text',
  pickup_floor: 'text',
  pickup_apartment: 'text',
  return_city: 'text',
  return_zone: 'text',
  return_district: 'text',
  return_address: 'text',
  return_second_line: 'text',
  return_building_number: 'text',
  return_floor: 'text',
  return_apartment: 'text',
  delivery_lat: 'real',
  delivery_lng: 'real',

  star_name: 'text',
  star_phone: 'text',
  holder_name: 'text',
  holder_phone: 'text',

  created_at: 'time',
  scheduled_at: 'time',
  picked_up_at: 'time',
  received_at_warehouse: 'time',
  delivered_at: 'time',
  returned_at: 'time',
  delivery_promise_date: 'day',
  latest_awb_print_date: 'time',
  last_call_time: 'time',
  bosta_updated_at: 'time',
  attempts: 'list',
  attempts_count: 'integer',
  calls_count: 'integer',
  order_sla_timestamp: 'time',
  order_sla_exceeded: 'boolean',
  e2e_sla_timestamp: 'time',
  e2e_sla_exceeded: 'boolean',
} as const satisfies Record<string, ColumnKind>;

export type BostaColumn = keyof typeof bostaColumns;
export const bostaColumnNames = Object.keys(bostaColumns).filter(isBostaColumn);

type ValueOf = {
  text: string;
  integer: number;
  amount: Piastres;
  real: number;
  boolean: boolean;
  time: Date;
  /** `YYYY-MM-DD`, a day in Cairo. */
  day: string;
  list: readonly Record<string, unknown>[];
};

/** What Bosta said about one delivery; null where it said nothing that could be read. */
export type BostaOrder = { id: string } & {
  [C in BostaColumn]: ValueOf[(typeof bostaColumns)[C]] | null;
};

/** Whether the text names one of Bosta's columns. */
export function isBostaColumn(name: string): name is BostaColumn {
  return Object.hasOwn(bostaColumns, name);
}

/** An order of which nothing is known but its id, and its number where it has one. */
export function emptyOrder(id: string, tracking_number: string | null = null): BostaOrder {
  return { ...nothing, id, tracking_number };
}

const nothing = Object.fromEntries(bostaColumnNames.map((column) => [column, null])) as {
  [C in BostaColumn]: null;
};
