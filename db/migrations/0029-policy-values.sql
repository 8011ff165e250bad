-- A threshold that is not there is passed by nothing, and one that is a text fails where a case or
-- an order comes to it: both are refused where a policy is set. What was set before stays.
alter table policies
  add constraint policy_names_every_threshold check (
    policy -> 'review' ? 'max_score'
    and policy -> 'courier' ? 'max_return_exceptions'
    and policy -> 'fees' ?& '{labor, return_fee}'
    and policy -> 'classification' ?& '{sale_above, high_value_from, medium_from}'
    and policy -> 'customers' ?& '{problematic_return_rate, problematic_min_orders, vip_orders,
      vip_value, regular_orders, high_risk_return_rate, medium_risk_return_rate}'
    and policy -> 'limits' ? 'max_cod') not valid,
  add constraint policy_thresholds_are_numbers check (
    not jsonb_path_exists(policy, '$.*.* ? (@.type() != "number")')
    and not jsonb_path_exists(policy, '$.* ? (@.type() != "number" && @.type() != "object")')
    and not jsonb_path_exists(policy, '$.** ? (@ < 0)')) not valid,
  add constraint policy_confidence_is_a_share check (
    not jsonb_path_exists(policy, '$.linking.min_confidence ? (@ <= 0 || @ > 1)')) not valid;
