-- One more way in which two orders are one customer's (docs/families.md): the texts of the one
-- name the tracking number of the other. Who has a new phone, or has the shop write its own, is
-- known by it; whether the name and the place agree is weighed where links are found.

-- The tracking numbers that a text may name, in Latin digits, also with the spaces that people put
-- into long ones left out: domain/link-evidence.ts reads the same.
create function names_parcel_of(naming orders, named orders) returns boolean language sql stable as $$
  select coalesce(named.tracking_number = any (regexp_split_to_array(
    text || ' ' || regexp_replace(text, '(\d) (?=\d)', '\1', 'g'), '[^A-Za-z0-9_-]+')), false)
  from translate(concat_ws(' | ', naming.notes, naming.product_name, naming.business_reference),
    '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789') text
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
        or names_parcel_of(sub, main)))
    limit 1;
  if broken is not null then
    raise exception using errcode = 'check_violation', constraint = broken,
      message = 'This link breaks ' || broken;
  end if;
  return null;
end $$;
