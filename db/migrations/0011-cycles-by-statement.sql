-- Families have no cycles: checked once for each statement from now on, since a batch
-- makes hundreds of links, and a look upwards for each cost most of their writing.
drop trigger families_have_no_cycles on order_hierarchy_management;
drop function refuse_cycle_of_orders;

create function refuse_cycles_of_orders() returns trigger language plpgsql as $$
begin
  if exists (
    with recursive above as (
      select sub_order_id as started_at, main_order_id as id from changed_links where is_active
      union
      select above.started_at, link.main_order_id from order_hierarchy_management link
        join above on link.sub_order_id = above.id where link.is_active
    ) select from above where id = started_at
  ) then
    raise exception using errcode = 'check_violation', constraint = 'families_have_no_cycles',
      message = 'This link would make an order its own ancestor';
  end if;
  return null;
end $$;
create trigger families_have_no_cycles after insert on order_hierarchy_management
  referencing new table as changed_links for each statement
  execute function refuse_cycles_of_orders();
create trigger families_have_no_cycles_when_changed after update on order_hierarchy_management
  referencing new table as changed_links for each statement
  execute function refuse_cycles_of_orders();
