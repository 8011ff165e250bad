import type { Difference } from '../domain/difference.ts';
import type { AnySql } from './client.ts';
import { differences } from './differences.ts';

/** Finds confirmations, inspections and reviews that do not agree with what their case knows of them. */
export async function checkHub(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'hub',
      sql`select action_id, case when h.action_id is null then 'was scanned, and has no confirmation'
          else 'its confirmation (' || h.confirmation_status || ') is not what the case knows' end as problem
        from service_actions a left join hub_confirmation_workflow h using (action_id)
        where a.state ->> 'scan' is not null and (h.action_id is null
          or (h.confirmation_status, h.product_condition, h.quality_score, h.recommended_action,
            h.team_leader_decision) is distinct from
          (a.hub_confirmation_status, a.state -> 'inspection' ->> 'product_condition',
            (a.state -> 'inspection' ->> 'quality_score')::int,
            a.state -> 'inspection' ->> 'recommended_action', a.state -> 'review' ->> 'decision'))`,
    ),
    differences(
      'hub',
      sql`select action_id, 'is ' || hub_confirmation_status || ' at the hub, and was '
          || case when state ->> 'scan' is null then 'not ' else '' end || 'scanned' as problem
        from service_actions
        where (hub_confirmation_status = 'pending') <> (state ->> 'scan' is null)`,
    ),
    differences(
      'hub',
      sql`select a.action_id, 'its inspection ' || coalesce(i.version::text, '(none)')
          || ' is not the one that the case knows' as problem
        from service_actions a left join lateral (select * from inspections i
          where i.action_id = a.action_id order by version desc limit 1) i on true
        where (i.version, i.is_draft, i.product_condition, i.functionality_test_result,
            i.quality_score, i.recommended_action, i.recommended_priority, i.inspected_by)
          is distinct from ((a.state -> 'inspection' ->> 'version')::int,
            (a.state -> 'inspection' ->> 'is_draft')::boolean,
            a.state -> 'inspection' ->> 'product_condition',
            a.state -> 'inspection' ->> 'functionality_test_result',
            (a.state -> 'inspection' ->> 'quality_score')::int,
            a.state -> 'inspection' ->> 'recommended_action',
            a.state -> 'inspection' ->> 'recommended_priority',
            (a.state -> 'inspection' ->> 'inspected_by')::int)`,
    ),
    differences(
      'hub',
      sql`select a.action_id, 'its review ' || coalesce('(' || r.decision || ')', '(none)')
          || ' is not the one that the case knows' as problem
        from service_actions a left join lateral (select * from case_reviews r
          where r.action_id = a.action_id order by review_id desc limit 1) r on true
        where (r.decision, r.decided_by) is distinct from
          (a.state -> 'review' ->> 'decision', (a.state -> 'review' ->> 'by')::int)`,
    ),
  ]);
  return found.flat();
}
