-- Why a delivery could not be taken in, in a word that people are told in their language, and how it
-- was read: a search that is taken in says nothing of a full read that was not.
alter table sync_failures add column cause text not null default 'refused_value'
  constraint failure_cause_is_known
    check (cause in ('unidentifiable', 'too_deep', 'refused_value', 'program_error'));
alter table sync_failures alter column cause drop default;
update sync_failures set cause = case
  when reason like 'The delivery has neither%' or reason like 'A delivery must be%' then 'unidentifiable'
  when reason like 'The delivery is nested%' then 'too_deep'
  else 'refused_value' end;

-- Of those before it is not known: any later success is theirs.
alter table sync_failures add column kind text not null default 'search'
  constraint failed_payload_kind_is_known check (kind in ('search', 'full'));
alter table sync_failures alter column kind drop default;

-- The payload's own hash, without the version of the reader: what another reader fails at
-- too is the same failure.
delete from sync_failures f using sync_failures later
  where substring(later.payload_hash for 32) = substring(f.payload_hash for 32)
    and (later.last_seen_at, later.payload_hash) > (f.last_seen_at, f.payload_hash);
update sync_failures set payload_hash = substring(payload_hash for 32);
