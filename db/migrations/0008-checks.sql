-- What the nightly comparison of all records found (docs/operations.md).
create table check_runs (
  check_run_id bigint generated always as identity primary key,
  run_id text not null constraint one_row_per_check_run unique,
  started_at timestamptz not null,
  finished_at timestamptz not null default now(),
  found int not null,
  differences jsonb not null
);
