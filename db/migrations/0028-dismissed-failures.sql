-- Who looked at a failure and took it off the list; it stays on record, and is counted further.
alter table sync_failures
  add column dismissed_at timestamptz,
  add column dismissed_by int references users,
  add constraint dismissed_by_somebody check ((dismissed_at is null) = (dismissed_by is null));
