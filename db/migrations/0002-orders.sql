-- Deliveries as Bosta tells them, what we conclude from them, and the payloads they came in.

create table orders (
  id text primary key,

  -- Bosta's columns: domain/order-columns.ts lists them, and a sync writes these
  -- and the machine's below, nothing else. Null is "not said or not readable".
  tracking_number text constraint one_order_per_tracking_number unique,
  business_reference text,
  unique_business_reference text,
  creation_source text,
  order_type_code int,
  order_type_value text,
  state_code int,
  state_value text,
  masked_state text,
  child_state text,
  state_at timestamptz,
  is_confirmed_delivery boolean,
  allow_open_package boolean,
  is_delayed boolean,
  exceptions jsonb,
  exception_code int,
  exception_reason text,

  -- Money in piastres.
  cod bigint,
  original_cod bigint,
  goods_amount bigint,
  shipment_fees bigint,
  payment_method text,
  bosta_fees bigint,
  bosta_fees_source text,
  shipping_fees bigint,
  vat bigint,
  opening_package_fees bigint,
  collection_fees bigint,
  insurance_fees bigint,
  promotion_discount_amount bigint,
  cash_cycle_total bigint,
  deposited_amount bigint,
  deposited_at timestamptz,
  cashout_transaction_id text,
  cashout_transaction_date timestamptz,
  next_cashout_date timestamptz,

  -- Phones in one canonical form beside the text that they came as.
  receiver_phone text,
  receiver_phone_raw text,
  receiver_second_phone text,
  receiver_second_phone_raw text,
  receiver_full_name text,
  receiver_first_name text,
  receiver_last_name text,
  receiver_email text,

  notes text,
  specs_package_type text,
  specs_size text,
  specs_weight double precision,
  specs_items_count int,
  specs_description text,
  product_name text,
  product_count int,
  return_package_type text,
  return_items_count int,
  return_description text,

  dropoff_city_name text,
  dropoff_city_name_ar text,
  dropoff_zone_name text,
  dropoff_zone_name_ar text,
  dropoff_district_name text,
  dropoff_district_name_ar text,
  dropoff_city_id text,
  dropoff_zone_id text,
  dropoff_district_id text,
  dropoff_first_line text,
  dropoff_second_line text,
  dropoff_building_number text,
  dropoff_floor text,
  dropoff_apartment text,
  dropoff_lat double precision,
  dropoff_lng double precision,
  is_bad_address boolean,
  pickup_city text,
  pickup_city_ar text,
  pickup_zone text,
  pickup_district text,
  pickup_district_id text,
  pickup_address text,
  pickup_second_line text,
  pickup_building_number text,
  pickup_floor text,
  pickup_apartment text,
  return_city text,
  return_district text,
  return_address text,
  delivery_lat double precision,
  delivery_lng double precision,

  star_name text,
  star_phone text,
  holder_name text,
  holder_phone text,

  created_at timestamptz,
  scheduled_at timestamptz,
  picked_up_at timestamptz,
  received_at_warehouse timestamptz,
  delivered_at timestamptz,
  returned_at timestamptz,
  delivery_promise_date date,
  latest_awb_print_date timestamptz,
  last_call_time timestamptz,
  bosta_updated_at timestamptz,
  attempts jsonb,
  attempts_count int,
  calls_count int,
  order_sla_timestamp timestamptz,
  order_sla_exceeded boolean,
  e2e_sla_timestamp timestamptz,
  e2e_sla_exceeded boolean,

  -- Concluded by the machine, again whenever the facts above change.
  business_category text not null constraint business_category_is_known check (business_category in
    ('Real Sales Order', 'Maintenance Order', 'Service Order', 'Refund Order', 'Operational Order')),
  cod_category text constraint cod_category_is_known
    check (cod_category in ('High Value', 'Medium', 'Low', 'Zero', 'Refund')),
  delivery_category text not null constraint delivery_category_is_known
    check (delivery_category in ('sales', 'maintenance', 'service', 'refund', 'operational')),
  service_type text not null constraint service_type_is_known
    check (service_type in ('main', 'maintenance', 'service', 'return', 'operational')),
  classification_rule int not null,
  classification_reason text not null,
  is_provisional boolean not null,
  original_order_id text references orders,
  order_level int not null default 0 constraint order_level_is_never_negative check (order_level >= 0),
  hierarchy_status text not null default 'unlinked' constraint hierarchy_status_is_known
    check (hierarchy_status in ('unlinked', 'main', 'sub', 'linked', 'pending_review')),
  hierarchy_detected_at timestamptz,
  last_state_change timestamptz,
  -- When the payload that last changed this row was read; an unchanged one writes nothing.
  last_synced timestamptz not null,
  -- The last try to read the whole delivery; a search item shows some two thirds of it.
  full_read_at timestamptz,
  created_by_system boolean not null default false,
  -- "column: raw value" of each field that could not be read.
  unreadable text[] not null default '{}',

  delivery_time_hours double precision generated always as
    (extract(epoch from delivered_at - scheduled_at) / 3600) virtual,
  creation_to_delivery_hours double precision generated always as
    (extract(epoch from delivered_at - created_at) / 3600) virtual
);
create index orders_of_a_phone on orders (receiver_phone);
create index orders_of_a_second_phone on orders (receiver_second_phone)
  where receiver_second_phone is not null;
create index orders_by_creation on orders (created_at, id);
create index orders_by_business_reference on orders (business_reference)
  where business_reference is not null;
create index orders_to_read_in_full on orders (last_synced)
  where full_read_at is null or full_read_at < last_synced;
create index orders_with_unreadable_fields on orders (last_synced) where unreadable <> '{}';

-- Apart from the row and compressed (zstd): in the row, writing is nine times slower.
-- Neither this table nor the timeline refers to orders by a foreign key: all three
-- are written in one transaction, by db/orders.ts alone, and the check of each row
-- would cost more than its writing.
create table order_payloads (
  order_id text not null,
  kind text not null constraint payload_kind_is_known check (kind in ('search', 'full')),
  payload bytea not null,
  -- Of the payload and of the version of its reader: the same again need not be read.
  payload_hash bytea not null,
  read_at timestamptz not null,
  primary key (order_id, kind)
);
-- It is compressed already: Postgres would try again in vain.
alter table order_payloads alter column payload set storage external;

create table timeline_events (
  order_id text not null,
  sequence_order int not null,
  tracking_number text,
  event_code int,
  event_value text,
  event_date timestamptz,
  is_done boolean not null,
  description text,
  next_action text,
  primary key (order_id, sequence_order)
);
