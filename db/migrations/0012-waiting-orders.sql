-- The orders that have no sure main order, with the first phones of sales that are one slip
-- of a typist away from their own: so that looking at one again need not look 90 phones up
-- again. A sale that comes near one later finds it by its clues (family_clues).
create table family_waiting (
  order_id text primary key,
  neighbours text[] not null
);
