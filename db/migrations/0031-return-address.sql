-- Where a return is brought to, as completely as where it was fetched.
alter table orders
  add return_zone text,
  add return_second_line text,
  add return_building_number text,
  add return_floor text,
  add return_apartment text;
