-- Products, parts, and how many of each stand where. A balance is never edited:
-- it is the sum of its movements, kept in step by a trigger.

create table catalogue_items (
  sku text primary key,
  type text not null constraint item_type_is_known check (type in ('product', 'part')),
  name text not null,
  name_ar text not null,
  part_type text,
  product_sku text references catalogue_items,
  unit_cost bigint not null constraint unit_cost_not_negative check (unit_cost >= 0),
  warranty_months int,
  minimum_stock int,
  is_active boolean not null default true,
  constraint parts_belong_to_a_product check ((type = 'part') = (product_sku is not null))
);
create index parts_of_a_product on catalogue_items (product_sku);

create table stock_balances (
  sku text not null references catalogue_items,
  hub_id int not null references hubs,
  grade text not null constraint grade_is_known check (grade in ('sound', 'damaged')),
  -- What a sale that loses a race would break; lessons.md 30.
  quantity int not null default 0 constraint stock_never_negative check (quantity >= 0),
  reserved int not null default 0
    constraint reserved_stock_exists check (reserved between 0 and quantity),
  primary key (sku, hub_id, grade)
);

create table stock_movements (
  movement_id bigint generated always as identity primary key,
  sku text not null references catalogue_items,
  hub_id int not null references hubs,
  grade text not null constraint movement_grade_is_known check (grade in ('sound', 'damaged')),
  quantity int not null constraint a_movement_moves check (quantity <> 0),
  movement_type text not null constraint movement_type_is_known check (movement_type in
    ('purchase', 'repair_use', 'sent_to_customer', 'returned_by_customer', 'adjustment', 'transfer')),
  action_id bigint,
  reason text,
  -- Made from the case and the step: a step done again moves nothing twice.
  effect_key text not null constraint moved_once_per_step unique,
  created_by int references users,
  created_at timestamptz not null default now(),
  constraint adjustments_have_a_reason check (movement_type <> 'adjustment' or reason is not null)
);
create index movements_of_a_case on stock_movements (action_id);

create table stock_reservations (
  reservation_id bigint generated always as identity primary key,
  sku text not null references catalogue_items,
  hub_id int not null references hubs,
  quantity int not null constraint a_reservation_holds check (quantity > 0),
  action_id bigint not null,
  status text not null default 'held'
    constraint reservation_status_is_known check (status in ('held', 'consumed', 'released')),
  effect_key text not null constraint reserved_once_per_step unique,
  created_at timestamptz not null default now()
);
create index reservations_of_a_case on stock_reservations (action_id);

create function move_stock() returns trigger language plpgsql as $$
begin
  -- The row is made at 0 first: an insert's own check would refuse a sale before it sees the balance.
  insert into stock_balances (sku, hub_id, grade) values (new.sku, new.hub_id, new.grade)
    on conflict do nothing;
  update stock_balances set quantity = quantity + new.quantity
    where sku = new.sku and hub_id = new.hub_id and grade = new.grade;
  return new;
end $$;
create trigger movements_change_balances after insert on stock_movements
  for each row execute function move_stock();

create function hold_stock() returns trigger language plpgsql as $$
begin
  insert into stock_balances (sku, hub_id, grade) values (new.sku, new.hub_id, 'sound')
    on conflict do nothing;
  update stock_balances
    set reserved = reserved
      + case when new.status = 'held' then new.quantity else 0 end
      - case when tg_op = 'UPDATE' and old.status = 'held' then old.quantity else 0 end
    where sku = new.sku and hub_id = new.hub_id and grade = 'sound';
  return new;
end $$;
create trigger reservations_change_balances after insert or update on stock_reservations
  for each row execute function hold_stock();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger movements_are_append_only before update or delete on stock_movements
  for each row execute function refuse_change();
