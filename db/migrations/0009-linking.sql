-- What linking remembers besides the links, what no link may break, and its runs over everything.

-- By what an order that has no sure main order yet is found when one arrives: the
-- tracking numbers that its texts name (`named:7001`), and the patterns of its phones
-- with a digit wrong (`slip:2010__345678`). Only of orders that wait for such.
create table family_clues (
  clue text not null,
  order_id text not null,
  primary key (clue, order_id)
);
create index clues_of_an_order on family_clues (order_id);

-- Phones that more orders share than one customer makes: a shop's own. They join nobody.
create table crowded_phones (
  phone text primary key,
  found_at timestamptz not null default now()
);

-- Each look at all families, started by a person.
create table family_runs (
  family_run_id bigint generated always as identity primary key,
  workflow_id text not null,
  run_id text not null constraint one_row_per_family_run unique,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  total int not null,
  evaluated int not null default 0,
  changed int not null default 0,
  error text
);

-- A typist's slip: one digit of a mobile wrong, or two neighbours swapped (domain/phone-likeness.ts).
create function is_one_slip_apart(a text, b text) returns boolean language sql immutable as $$
  select a ~ '^201\d{9}$' and b ~ '^201\d{9}$' and (
    (select count(*) from generate_series(4, 12) i where substr(a, i, 1) <> substr(b, i, 1)) = 1
    or exists (select from generate_series(4, 11) i where
      a = left(b, i - 1) || substr(b, i + 1, 1) || substr(b, i, 1) || substr(b, i + 2)))
$$;

-- Links join orders of one customer, at most a year apart. Our own reference on a
-- delivery needs neither: the case that made it knows whose it is.
create function refuse_unlawful_links() returns trigger language plpgsql as $$
declare
  broken text;
begin
  select case
      when abs(extract(epoch from sub.created_at - main.created_at)) > 365 * 86400
        then 'links_span_at_most_365_days'
      else 'links_join_one_customer' end
    into broken
    from changed_links link
      join orders main on main.id = link.main_order_id
      join orders sub on sub.id = link.sub_order_id
    where link.is_active and link.rule <> 'case_reference' and (
      abs(extract(epoch from sub.created_at - main.created_at)) > 365 * 86400
      or not coalesce(sub.receiver_phone in (main.receiver_phone, main.receiver_second_phone)
        or sub.receiver_second_phone in (main.receiver_phone, main.receiver_second_phone)
        or is_one_slip_apart(sub.receiver_phone, main.receiver_phone)
        or is_one_slip_apart(sub.receiver_second_phone, main.receiver_phone), false))
    limit 1;
  if broken is not null then
    raise exception using errcode = 'check_violation', constraint = broken,
      message = 'This link breaks ' || broken;
  end if;
  return null;
end $$;
create trigger links_are_lawful_when_made after insert on order_hierarchy_management
  referencing new table as changed_links for each statement execute function refuse_unlawful_links();
create trigger links_are_lawful_when_changed after update on order_hierarchy_management
  referencing new table as changed_links for each statement execute function refuse_unlawful_links();
