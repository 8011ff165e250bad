-- Which product of the catalogue an order's text names, and how surely; null where it names none.
alter table orders add column product_sku text;
alter table orders add column product_match_confidence double precision
  constraint product_match_confidence_is_a_share check (product_match_confidence between 0 and 1);
create index orders_of_a_product on orders (product_sku) where product_sku is not null;

-- When Bosta changed what the payload says: an older one never takes a newer one's place.
alter table order_payloads add column changed_at timestamptz;

-- How far a file of deliveries has been taken in, so that an import that was cut off goes on there.
create table file_imports (
  -- Of the file's size and beginning: it may be moved and renamed.
  fingerprint text primary key,
  -- Bytes and lines that are taken in for good.
  byte_offset bigint not null,
  line int not null,
  read int not null,
  changed int not null,
  failed int not null,
  updated_at timestamptz not null default now(),
  finished_at timestamptz
);
