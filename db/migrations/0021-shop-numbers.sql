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

-- The rule of links asks this: by either of its numbers an order is named.
alter function names_parcel_of(orders, orders) rename to names_tracking_number_of;
create function names_parcel_of(naming orders, named orders) returns boolean language sql stable as $$
  select names_tracking_number_of(naming, named) or names_sale_of(naming, named)
$$;
