-- Bosta's ids of orders of which the tracking number alone was known first. Those stand under their
-- number for good: cases, links, events and open workflows name them by it.
create table order_ids (
  bosta_id text primary key,
  order_id text not null constraint one_id_of_bosta_per_order unique
);
