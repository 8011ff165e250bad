-- What devices said to cases without waiting (Prefer: respond-async): stored before it
-- is passed on, so that it is not lost where Temporal is away, or loses its database.
-- Ids, codes, amounts and decisions alone: words are in case_notes.
create table posted_messages (
  -- As the case records it (case_messages).
  message_id text primary key,
  action_id bigint not null references service_actions,
  act text not null,
  said jsonb not null,
  posted_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz
);
create index messages_to_pass_on on posted_messages (action_id, posted_at) where sent_at is null;
create index posted_messages_of_a_case on posted_messages (action_id);
