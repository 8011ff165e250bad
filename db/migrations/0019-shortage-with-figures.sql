-- Whoever asks for more than there is hears of which item, how many there are and how
-- many of them are reserved: a check alone knows only that something fell short. What
-- other cases have reserved is not to be taken either; the checks stand behind this.
create or replace function move_stock() returns trigger language plpgsql as $$
declare
  balance stock_balances;
begin
  -- The row is made at 0 first: an insert's own check would refuse a sale before it sees the balance.
  insert into stock_balances (sku, hub_id, grade) values (new.sku, new.hub_id, new.grade)
    on conflict do nothing;
  update stock_balances set quantity = quantity + new.quantity
    where sku = new.sku and hub_id = new.hub_id and grade = new.grade
      and quantity + new.quantity >= reserved;
  if not found then
    select * into balance from stock_balances
      where sku = new.sku and hub_id = new.hub_id and grade = new.grade;
    raise check_violation using
      message = 'There is not enough of this in stock', constraint = 'stock_suffices',
      detail = json_build_object('sku', new.sku, 'wanted', -new.quantity,
        'quantity', balance.quantity, 'reserved', balance.reserved);
  end if;
  return new;
end $$;
