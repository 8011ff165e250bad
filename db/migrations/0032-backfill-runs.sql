-- How far a backfill has come. Its parts read at once, so each keeps its own figures.
create table backfill_runs (
  backfill_run_id bigint generated always as identity primary key,
  workflow_id text not null,
  -- Its run's id in Temporal: starting twice by a retry is starting once.
  run_id text not null constraint one_row_per_backfill unique,
  -- The days that were asked for, as instants; null where there was no bound.
  changed_from timestamptz,
  changed_to timestamptz,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  error text
);

create table backfill_parts (
  backfill_run_id bigint not null references backfill_runs,
  part int not null,
  pages int not null,
  read int not null,
  changed int not null,
  failed int not null,
  primary key (backfill_run_id, part)
);
