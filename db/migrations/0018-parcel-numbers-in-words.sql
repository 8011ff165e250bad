-- Tracking numbers that something is written onto ("AWB2034325281", "R2034325281", "2034325281-1"),
-- or that are parted by hyphens or points: domain/link-evidence.ts reads the same.
create or replace function names_parcel_of(naming orders, named orders) returns boolean language sql stable as $$
  select coalesce(named.tracking_number = any (regexp_split_to_array(
    text || ' ' || joined || ' ' || regexp_replace(text || ' ' || joined, '\D+', ' ', 'g'),
    '[^A-Za-z0-9_-]+')), false)
  from translate(concat_ws(' | ', naming.notes, naming.product_name, naming.business_reference),
    '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789') text,
    regexp_replace(text, '(\d)[ .-](?=\d)', '\1', 'g') joined
$$;
