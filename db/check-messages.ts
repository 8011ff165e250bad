import type { Difference } from '../domain/difference.ts';
import { idOfOrder } from './checked-deliveries.ts';
import type { AnySql } from './client.ts';
import { differences } from './differences.ts';

/** Finds messages that left no event or several, events that no message made, and reports that no case was told. */
export async function checkMessages(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'message',
      sql`select m.action_id, 'message ' || m.message_id || ' has ' || count(e.seq) || ' events' as problem
        from case_messages m left join events e using (message_id)
        group by m.message_id having count(e.seq) <> 1`,
    ),
    differences(
      'message',
      sql`select m.action_id, 'message ' || m.message_id || ' was answered with '
          || coalesce(m.outcome ->> 'event', 'nothing') || ' ('
          || coalesce(m.outcome ->> 'status', 'no status') || '), and event '
          || e.seq || ' is ' || e.event || ' (' || coalesce(e.to_status, 'no status') || ')' as problem
        from case_messages m join events e using (message_id)
        where (m.outcome ->> 'event', m.outcome ->> 'status') is distinct from (e.event, e.to_status)`,
    ),
    differences(
      'message',
      sql`select e.action_id, 'event ' || e.seq || ' (' || e.event || ') has no message' as problem
        from events e left join case_messages m using (message_id)
        where e.action_id is not null and m.message_id is null`,
    ),
    differences(
      'message',
      sql`select r.action_id, 'was not told of ' || r.message_id as problem
        from courier_reports r join service_actions a using (action_id)
        where r.sent_at is null and a.completed_at is null and r.created_at < now() - interval '10 minutes'`,
    ),
    unheardPosts(sql),
    unheardReports(sql),
    lostReports(sql),
  ]);
  return found.flat();
}

/** What devices said and nobody passed on, or passed on in vain. A scan once more is answered and leaves no trace. */
function unheardPosts(sql: AnySql): Promise<Difference[]> {
  return differences(
    'message',
    sql`select p.action_id, case when p.sent_at is null then 'was not told of ' || p.act || ' ' || p.message_id
        else 'was told of ' || p.act || ' ' || p.message_id || ' and did not hear it' end as problem
      from posted_messages p join service_actions a using (action_id)
      where a.completed_at is null
        and coalesce(p.sent_at, p.posted_at) < now() - interval '10 minutes'
        and (p.sent_at is null or p.act <> 'hub_scan')
        and not exists (select from case_messages m where m.message_id = p.message_id)`,
  );
}

/** Reports that were told, and are newer than what the case knows. Of a delivery that has failed it hears no more. */
function unheardReports(sql: AnySql): Promise<Difference[]> {
  return differences(
    'message',
    sql`select a.action_id, 'was told of ' || r.message_id || ' and did not hear it' as problem
      from service_actions a
        cross join lateral (values (a.state -> 'pickup'), (a.state -> 'delivery')) legs (leg)
        join courier_reports r on r.action_id = a.action_id
          and r.report ->> 'tracking_number' = leg ->> 'tracking_number'
      where a.completed_at is null and r.sent_at < now() - interval '10 minutes'
        and r.report ->> 'state_code' <> '10'
        and (leg ->> 'state_at' is null or r.report ->> 'state_at' > leg ->> 'state_at')
        and not (leg ->> 'purpose' <> 'pickup' and (leg ->> 'has_failed')::boolean)`,
  );
}

/** Reports that a case heard, or that the state of its delivery must have made, and that are gone. */
async function lostReports(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'message',
      sql`select m.action_id, 'heard ' || message_id || ', which no report tells' as problem
        from case_messages m where act = 'courier_report'
          and starts_with(message_id, m.action_id || '/courier:')
          and not exists (select from courier_reports r where r.action_id = m.action_id
            and m.message_id = m.action_id || '/' || r.message_id)`,
    ),
    differences(
      'message',
      sql`select d.action_id, d.reference || ' is in state ' || o.state_code
          || ', which no report tells' as problem
        from case_deliveries d join orders o on o.id = ${idOfOrder(sql)}
        where d.tracking_number is not null and o.state_code is not null
          and not exists (select from courier_reports r
            where r.action_id = d.action_id and (r.report ->> 'state_code')::int = o.state_code
              and r.report ->> 'tracking_number' in (d.tracking_number, o.tracking_number))`,
    ),
  ]);
  return found.flat();
}
