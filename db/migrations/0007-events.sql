-- One append-only story of everything that happened, in one sequence. It feeds a
-- case's story, the live stream, the outbox and the audit. It carries ids, codes
-- and amounts: no names, phones, addresses or texts, so it never needs erasing.

create table events (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  action_id bigint references service_actions,
  order_id text,
  event text not null,
  from_status text,
  to_status text,
  by_user int references users,
  by_party text not null,
  data jsonb not null default '{}',
  message_id text,
  constraint told_once_per_message unique (message_id, event)
);
create index events_of_a_case on events (action_id, seq);
create index events_of_an_order on events (order_id, seq) where order_id is not null;
create trigger events_are_append_only before update or delete on events
  for each row execute function refuse_change();
