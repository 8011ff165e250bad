-- One more way in which two orders are one customer's (docs/families.md): the one names the shop's
-- own number of the other ("#10023-R", "مرتجع طلب ١٠٠٢٣"), whatever phone either stands under.
-- A look at all orders (`detect`) finds what stood before.

-- The number in a sale's reference: "10023" of "store:#10023"; one of four digits may be a year, where
-- there is a longer one. domain/named-numbers.ts reads the same.
create function shop_number(reference text) returns text language sql immutable parallel safe as $$
  select coalesce(
    substring(translate(reference, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789')
      from '.*(?<![0-9])([0-9]{5,20})(?![0-9])'),
    substring(translate(reference, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789')
      from '.*(?<![0-9])([0-9]{4})(?![0-9])'))
$$;

create index sales_by_shop_number on orders (shop_number(business_reference))
  where service_type = 'main' and business_reference is not null;

create function names_sale_of(naming orders, named orders) returns boolean language sql stable as $$
  select coalesce(
    translate(concat_ws(' | ', naming.notes, naming.business_reference),
      '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789')
    ~ ('(?<![0-9])' || shop_number(named.business_reference) || '(?![0-9])'), false)
$$;

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
        or are_one_customers(sub, main)
        or names_parcel_of(sub, main)
        or names_sale_of(sub, main)))
    limit 1;
  if broken is not null then
    raise exception using errcode = 'check_violation', constraint = broken,
      message = 'This link breaks ' || broken;
  end if;
  return null;
end $$;
