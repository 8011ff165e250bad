-- A policy is set by SQL. One that the rest cannot live by is refused there and then: links over
-- more days than a link may span, or a reminder that is due at once, for ever. Those that were
-- set before stay, since cases keep them.
alter table policies
  add constraint policy_is_whole check (
    policy ?& '{review, waits, courier, fees, classification, linking, customers, limits,
      warranty_months, low_stock_at}'
    and policy -> 'waits' ?& '{pickup_not_collected_hours, not_at_hub_hours, review_hours,
      bench_idle_hours, refund_hours, delivery_hours}') not valid,
  add constraint policy_waits_take_time check (not jsonb_path_exists(policy,
    '$.waits.* ? (@.type() != "number" || @ <= 0)')) not valid,
  add constraint policy_links_within_365_days check (not jsonb_path_exists(policy,
    '$.linking.within_days ? (@.type() != "number" || @ <= 0 || @ > 365)')) not valid;

-- A case keeps the policy that it opened with.
create trigger policies_are_append_only before update or delete on policies
  for each row execute function refuse_change();
