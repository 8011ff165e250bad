-- Lists show the newest order first and those without a time last: an index in this
-- very order, or Postgres sorts all orders for each page (seconds, of a million).
drop index orders_by_creation;
create index orders_by_creation on orders (created_at desc nulls last, id desc);
