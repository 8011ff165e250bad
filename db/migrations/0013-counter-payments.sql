-- Cash that the hub takes from a customer who fetches a paid repair: what the courier
-- would have collected (case_deliveries.cod).
create table counter_payments (
  action_id bigint constraint paid_once_at_the_counter primary key references service_actions,
  amount bigint not null,
  due bigint not null,
  received_by int references users,
  received_at timestamptz not null,
  -- Nothing is handed over for less than it costs, and nobody pays more.
  constraint cash_is_what_is_due check (amount = due)
);
