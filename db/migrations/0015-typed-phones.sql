-- Two more ways in which orders are one customer's (docs/families.md): a phone of either stands
-- together with one of the other on a third order, and a slip of a typist in either's second
-- phone, or one that leaves a digit out or puts one in, so that no phone can be read.
-- A look at all orders (`detect`) finds what stood before.

-- Broken mobiles, as they are typed at home: domain/phone-likeness.ts tells which.
create function typed_mobile(phone text, raw text) returns text language sql immutable as $$
  select case when phone ~ '^201\d{9}$' or phone ~ '^2015\d{7}$' then '0' || substr(phone, 3)
    when phone is null then regexp_replace(regexp_replace(
      translate(raw, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'), '\D', '', 'g'),
      '^(00)?20?(?=1)|^(?=1[0125]\d{7}(\d\d)?$)', '0') end
$$;

create function is_one_letter_apart(a text, b text) returns boolean language sql immutable as $$
  select case length(a) - length(b)
    when 1 then exists (select from generate_series(1, length(a)) i
      where left(a, i - 1) || substr(a, i + 1) = b)
    when -1 then exists (select from generate_series(1, length(b)) i
      where left(b, i - 1) || substr(b, i + 1) = a)
    when 0 then exists (select from generate_series(1, length(a)) i
      where left(a, i - 1) || substr(b, i, 1) || substr(a, i + 1) = b
        or left(a, i - 1) || substr(a, i + 1, 1) || substr(a, i, 1) || substr(a, i + 2) = b)
    else false end
$$;

-- Asked only where two orders share no phone.
create function are_one_customers(a orders, b orders) returns boolean language plpgsql stable as $$
begin
  return exists (select
    from (values (a.receiver_phone, a.receiver_phone_raw),
        (a.receiver_second_phone, a.receiver_second_phone_raw)) one (phone, raw),
      (values (b.receiver_phone, b.receiver_phone_raw),
        (b.receiver_second_phone, b.receiver_second_phone_raw)) other (phone, raw)
    where (one.phone ~ '^201\d{9}$' or other.phone ~ '^201\d{9}$')
      and is_one_letter_apart(typed_mobile(one.phone, one.raw), typed_mobile(other.phone, other.raw)))
  or exists (select from orders third
    where third.receiver_phone in (a.receiver_phone, a.receiver_second_phone)
      and third.receiver_second_phone in (b.receiver_phone, b.receiver_second_phone))
  or exists (select from orders third
    where third.receiver_phone in (b.receiver_phone, b.receiver_second_phone)
      and third.receiver_second_phone in (a.receiver_phone, a.receiver_second_phone));
end $$;

create or replace function refuse_unlawful_links() returns trigger language plpgsql as $$
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
      or not (coalesce(sub.receiver_phone in (main.receiver_phone, main.receiver_second_phone), false)
        or coalesce(sub.receiver_second_phone in (main.receiver_phone, main.receiver_second_phone),
          false)
        or are_one_customers(sub, main)))
    limit 1;
  if broken is not null then
    raise exception using errcode = 'check_violation', constraint = broken,
      message = 'This link breaks ' || broken;
  end if;
  return null;
end $$;
drop function is_one_slip_apart;

-- What leads from a phone with a slip to the sales that have it as their second one: the phones
-- one slip away are many, and asked for among the first phones alone.
insert into family_clues (clue, order_id)
  select 'sale:' || overlay(receiver_second_phone placing '___' from first_digit for 3), id
  from orders cross join (values (4), (6), (8), (10)) windows (first_digit)
  where service_type = 'main' and receiver_second_phone ~ '^201[0125]\d{8}$'
    and receiver_second_phone not in (select phone from crowded_phones);
