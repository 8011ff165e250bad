-- A clue that comes from a phone keeps it: who asks by a pattern compares phones, and need not
-- look at the orders for that (db/family-clues.ts). Clues of numbers have none.
alter table family_clues add column phone text not null default '';
alter table family_clues drop constraint family_clues_pkey;
alter table family_clues add primary key (clue, order_id, phone);

-- A whole mobile gives the clue where it fits the pattern. What was typed with a digit too few or too
-- many may be of any clue of its order: who compares it finds nothing, until the order is looked at again.
with without as (
  delete from family_clues where clue ~ '^(slip|sale):' returning clue, order_id
)
insert into family_clues (clue, order_id, phone)
  select distinct clue, order_id, coalesce(phone, typed_mobile(null, raw))
  from without join orders o on o.id = order_id
    cross join lateral (values (o.receiver_phone, o.receiver_phone_raw),
      (o.receiver_second_phone, o.receiver_second_phone_raw)) of_order (phone, raw)
  where phone like substr(clue, length('slip:') + 1) or length(phone) <> 12
    or (phone is null and raw is not null);
