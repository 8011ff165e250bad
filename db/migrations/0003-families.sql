-- Customers, and the families of orders: which sub-order belongs to which main order.

create table customers (
  phone text primary key,
  name text,
  second_phone text,
  email text,
  city text,
  city_ar text,
  zone text,
  -- Figures by domain/customer.ts, made again from all orders whenever one changes.
  order_count int not null default 0,
  delivered_count int not null default 0,
  returned_count int not null default 0,
  maintenance_count int not null default 0,
  service_count int not null default 0,
  delivered_value bigint not null default 0,
  return_rate double precision not null default 0 constraint return_rate_is_a_percentage
    check (return_rate between 0 and 100),
  segment text not null default 'new' constraint segment_is_known
    check (segment in ('vip', 'regular', 'new', 'problematic')),
  risk text not null default 'low' constraint risk_is_known check (risk in ('high', 'medium', 'low')),
  first_order_at timestamptz,
  last_order_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index customers_by_second_phone on customers (second_phone) where second_phone is not null;

create table order_hierarchy_management (
  hierarchy_id bigint generated always as identity primary key,
  main_order_id text not null references orders,
  sub_order_id text not null references orders,
  main_tracking_number text,
  sub_tracking_number text,
  main_customer_phone text,
  relationship_type text not null constraint relationship_type_is_known check (relationship_type in
    ('maintenance', 'service', 'return', 'replacement', 'exchange', 'pickup', 'way_back')),
  confidence_score numeric(3, 2) not null constraint confidence_is_a_share
    check (confidence_score between 0 and 1),
  rule text not null,
  evidence jsonb not null,
  -- 'auto_sync', or who linked by hand: a hand-made link is never undone by the machine.
  linked_by text not null,
  linked_at timestamptz not null default now(),
  is_active boolean not null,
  -- A candidate below the policy's threshold: no link before a person agrees.
  is_pending_review boolean not null default false,
  ended_by text,
  ended_at timestamptz,
  constraint an_order_is_not_its_own_main check (main_order_id <> sub_order_id),
  constraint a_candidate_is_no_link check (not (is_active and is_pending_review)),
  constraint an_ended_link_says_who check ((ended_at is null) = (ended_by is null)
    and (ended_at is null) = (is_active or is_pending_review))
);
create unique index one_main_order_per_sub_order on order_hierarchy_management (sub_order_id)
  where is_active;
create unique index one_candidate_per_sub_order on order_hierarchy_management (sub_order_id)
  where is_pending_review;
create index links_of_a_main_order on order_hierarchy_management (main_order_id);
create index links_of_a_sub_order on order_hierarchy_management (sub_order_id);

-- Families have no cycles, whoever links: a sub-order is never above its own main order.
create function refuse_cycle_of_orders() returns trigger language plpgsql as $$
begin
  if exists (
    with recursive above as (
      select new.main_order_id as id
      union
      select link.main_order_id from order_hierarchy_management link
        join above on link.sub_order_id = above.id where link.is_active
    ) select from above where id = new.sub_order_id
  ) then
    raise exception using errcode = 'check_violation', constraint = 'families_have_no_cycles',
      message = 'This link would make an order its own ancestor';
  end if;
  return new;
end $$;
create constraint trigger families_have_no_cycles
  after insert or update of main_order_id, sub_order_id, is_active on order_hierarchy_management
  for each row when (new.is_active) execute function refuse_cycle_of_orders();
