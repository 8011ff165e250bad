-- What the ingest remembers of its own work, and Bosta's places.

-- Stored before it is answered; read back from Bosta before it is believed.
create table bosta_callbacks (
  callback_id bigint generated always as identity primary key,
  tracking_number text,
  -- json, not jsonb: kept to the letter, whatever is in it.
  raw json not null,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  attempts int not null default 0,
  next_attempt_at timestamptz not null default now(),
  given_up_at timestamptz,
  last_error text
);
create index callbacks_to_process on bosta_callbacks (next_attempt_at)
  where processed_at is null and given_up_at is null;

create table sync_runs (
  sync_run_id bigint generated always as identity primary key,
  workflow_id text not null,
  -- The first run's id in Temporal: starting twice by a retry is starting once.
  run_id text not null constraint one_row_per_sync_run unique,
  is_full boolean not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  pages int not null default 0,
  read int not null default 0,
  changed int not null default 0,
  failed int not null default 0,
  -- Everything that Bosta changed up to here has been read; set only where the run came to its end.
  watermark timestamptz,
  error text
);
create index sync_runs_that_finished on sync_runs (finished_at) where error is null;

-- What could not be taken in at all, with its payload, until a later try succeeds.
create table sync_failures (
  payload_hash bytea primary key,
  tracking_number text,
  page int,
  reason text not null,
  payload bytea not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  occurrences int not null default 1
);

-- What the courier did with a case's delivery, kept until the case's workflow has been told.
create table courier_reports (
  message_id text primary key,
  action_id bigint not null,
  report jsonb not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index courier_reports_to_send on courier_reports (created_at) where sent_at is null;

create table cities (
  city_id text primary key,
  code text,
  name text not null,
  name_ar text,
  alias text,
  pickup_available boolean,
  drop_off_available boolean,
  synced_at timestamptz not null
);

create table districts (
  district_id text primary key,
  city_id text not null references cities,
  zone_id text,
  zone_name text,
  zone_name_ar text,
  name text not null,
  name_ar text,
  pickup_available boolean,
  drop_off_available boolean,
  synced_at timestamptz not null
);
create index districts_of_a_city on districts (city_id);
