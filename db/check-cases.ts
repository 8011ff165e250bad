import type { Difference } from '../domain/difference.ts';
import { lawfulTransitions } from '../domain/transitions.ts';
import type { AnySql } from './client.ts';
import { differences } from './differences.ts';

/** Finds cases whose row does not agree with the state in it, with its costs, or with its last event. */
export async function checkCases(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'case',
      sql`select action_id, 'the row says ' || action_status || ', its state '
          || coalesce(state ->> 'status', 'nothing') as problem
        from service_actions where action_status is distinct from state ->> 'status'`,
    ),
    differences(
      'case',
      sql`select action_id, 'priority, hub, technician or return method differ from its state' as problem
        from service_actions where (priority, hub_id, assigned_technician, return_method) is distinct from
          (state ->> 'priority', (state ->> 'hub_id')::int, (state ->> 'technician')::int,
            state ->> 'return_method')`,
    ),
    differences(
      'case',
      sql`select action_id, 'type, product, order, costs or tracking numbers differ from its state' as problem
        from service_actions where (action_type, action_subtype, product_sku, main_order_id) is distinct from
          (state ->> 'action_type', state ->> 'action_subtype', state ->> 'product_sku',
            state ->> 'main_order_id')
          or (labor_cost, fees) is distinct from
            ((state ->> 'labor_cost')::bigint, (state ->> 'fees')::bigint)
          -- The row keeps the number of a pickup or delivery that the state has let go.
          or return_tracking_number is distinct from
            coalesce(nullif(state -> 'pickup' ->> 'tracking_number', ''), return_tracking_number)
          or delivery_tracking_number is distinct from
            coalesce(nullif(state -> 'delivery' ->> 'tracking_number', ''), delivery_tracking_number)`,
    ),
    differences(
      'case',
      sql`select action_id, 'has taken ' || (state ->> 'steps') || ' steps, and ' || count(seq)
          || ' are told' as problem
        from service_actions a left join events e using (action_id)
        group by a.action_id having (state ->> 'steps')::int > count(seq)`,
    ),
    differences(
      'case',
      sql`select action_id, case when completed_at is null then 'open, but it waits for nobody'
          else 'closed, but it waits for ' || coalesce(state -> 'waiting' ->> 'what', 'something') end as problem
        from service_actions where (completed_at is null) = (state ->> 'waiting' is null)
          and created_at < now() - interval '1 minute'`,
    ),
    differences(
      'case',
      sql`select action_id, 'keeps policy ' || policy_version || ', and opened with '
          || (data ->> 'policy_version') as problem
        from service_actions join events using (action_id)
        where event = 'opened' and policy_version <> (data ->> 'policy_version')::int`,
    ),
    differences(
      'case',
      sql`select action_id, 'costs ' || actual_cost || ' piastres, but its parts, labour and fees '
          || (labor_cost + fees + parts) as problem
        from service_actions left join lateral (select coalesce(sum(quantity * unit_cost), 0) as parts
          from case_parts p where p.action_id = service_actions.action_id) used on true
        where actual_cost <> labor_cost + fees + parts`,
    ),
    differences(
      'case',
      sql`select action_id, 'has labour of ' || a.labor_cost || ' piastres, and its last repair left it '
          || last.labor_cost as problem
        from service_actions a join lateral (select (data ->> 'labor_cost')::bigint as labor_cost
          from events e where e.action_id = a.action_id and event in ('repaired', 'repair_failed')
          order by seq desc limit 1) last on true
        where a.labor_cost <> last.labor_cost`,
    ),
    differences(
      'case',
      sql`select action_id, 'is ' || action_status || coalesce(' since ' || completed_at, '')
          || ', but its last event left it ' || coalesce(to_status, 'nothing') || ' at ' || at as problem
        from service_actions a join lateral (select to_status, at from events e
          where e.action_id = a.action_id order by seq desc limit 1) last on true
        where action_status is distinct from to_status or completed_at <> at`,
    ),
  ]);
  return found.flat();
}

/** Finds events that do not follow from the one before, or change the status as no step may. */
export function checkEvents(sql: AnySql): Promise<Difference[]> {
  const from = lawfulTransitions.map(([status]) => status);
  const to = lawfulTransitions.map(([, status]) => status);
  return differences(
    'event',
    sql`with story as (
        select action_id, seq, event, from_status, to_status,
          lag(to_status) over (partition by action_id order by seq) as before
        from events where action_id is not null),
      lawful as (select * from unnest(${from}::text[], ${to}::text[]) as pair (from_status, to_status))
      select action_id, 'event ' || seq || ' (' || event || ') leads to ' || coalesce(to_status, 'nothing')
          || ' out of ' || coalesce(from_status, 'nothing')
          || ', after ' || coalesce(before, 'nothing') as problem
      from story left join lawful using (from_status, to_status)
      where from_status is distinct from before
        or (before is null) <> (event = 'opened')
        or (before is not null and lawful.to_status is null)`,
  );
}
