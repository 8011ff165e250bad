import type { Difference } from '../domain/difference.ts';
import { idOfOrder } from './checked-deliveries.ts';
import type { AnySql } from './client.ts';
import { differences } from './differences.ts';

/** Finds refunds that were not paid exactly once with one event of the same amount and by the same person, and ones that a closed case still asks for. */
export async function checkRefunds(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'refund',
      sql`select action_id, 'refund ' || coalesce(r.status, 'missing') || ' of ' || coalesce(r.amount, 0)
          || ' piastres by ' || coalesce(r.paid_by::text, 'nobody') || ', and ' || coalesce(e.times, 0)
          || ' payments of ' || coalesce(e.amount, 0) || ' by ' || coalesce(e.by_user::text, 'nobody') as problem
        from refunds r full join (select action_id, count(*) as times,
            sum((data ->> 'amount')::bigint) as amount, min(data ->> 'method') as method,
            min(by_user) as by_user
          from events where event = 'refund_paid' group by action_id) e using (action_id)
        where (coalesce(r.status, '') = 'paid') <> (coalesce(e.times, 0) = 1)
          or (r.status = 'paid' and (r.amount, r.method, r.paid_by, r.approved_by)
            is distinct from (e.amount, e.method, e.by_user, e.by_user))`,
    ),
    differences(
      'refund',
      sql`select action_id, 'is closed and its refund is ' || r.status as problem
        from refunds r join service_actions a using (action_id)
        where a.completed_at is not null and r.status in ('requested', 'approved')`,
    ),
    differences(
      'refund',
      sql`select action_id, 'is to be refunded, but no refund is asked for' as problem
        from service_actions a where completed_at is null and state ->> 'service' = 'refund'
          and action_status in ('hub_confirmed', 'in_progress')
          and not exists (select from refunds r where r.action_id = a.action_id
            and r.status in ('requested', 'approved'))`,
    ),
    differences(
      'refund',
      sql`select action_id, 'is asked for a refund that nobody confirmed' as problem
        from refunds r join service_actions a using (action_id)
        where r.status in ('requested', 'approved') and a.completed_at is null
          and (coalesce(a.state ->> 'service', '') <> 'refund'
            or a.action_status not in ('hub_confirmed', 'in_progress'))`,
    ),
  ]);
  return found.flat();
}

/** Finds paid repairs that were handed over, and whose cash is not on record with the amount of their event; and deliveries that were not to collect what the customer pays. */
export async function checkCash(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'cash',
      sql`select action_id, 'took ' || coalesce(p.amount, 0) || ' piastres at the counter, which user '
          || coalesce(p.received_by::text, '(none)') || ' received, its event by '
          || coalesce(e.by_user::text, 'nobody') || ' says '
          || coalesce(e.data ->> 'cash_received', 'nothing') || ', and it costs ' || a.actual_cost as problem
        from counter_payments p full join (select action_id, data, by_user from events
          where event = 'handed_over' and data ? 'cash_received') e using (action_id)
          left join service_actions a using (action_id)
        where p.amount is distinct from (e.data ->> 'cash_received')::bigint
          or p.received_by is distinct from e.by_user or p.amount is distinct from a.actual_cost`,
    ),
    differences(
      'cash',
      sql`select action_id, reference || ' was to collect ' || cod || ' piastres, and the customer pays '
          || due as problem
        from (select d.*, case when purpose = 'way_back' and action_subtype = 'paid'
            then actual_cost else 0 end as due
          from case_deliveries d join service_actions using (action_id)) asked
        where cod <> due`,
    ),
  ]);
  return found.flat();
}

/** Finds deliveries of cases that were ordered twice, never confirmed, never heard of, or that Bosta has never shown. */
export async function checkDeliveries(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'delivery',
      sql`select a.action_id, 'its ' || leg.name || ' ' || (leg.value ->> 'reference')
          || ' is not among its deliveries' as problem
        from service_actions a cross join lateral
          (values ('pickup', state -> 'pickup'), ('delivery', state -> 'delivery')) as leg (name, value)
        where leg.value ->> 'reference' <> '' and not exists (select from case_deliveries d
          where d.action_id = a.action_id and d.reference = leg.value ->> 'reference'
            and d.tracking_number = leg.value ->> 'tracking_number')`,
    ),
    differences(
      'delivery',
      sql`select d.action_id, d.reference || ' was made (' || d.purpose || '), and ordered so by '
          || count(e.seq) || ' events' as problem
        from case_deliveries d left join events e on e.action_id = d.action_id
          and e.event in ('pickup_ordered', 'delivery_ordered')
          and (e.data ->> 'reference', e.data ->> 'purpose') = (d.reference, d.purpose)
        where d.tracking_number is not null group by d.reference having count(e.seq) <> 1`,
    ),
    differences(
      'delivery',
      sql`select action_id, d.reference || ' was asked for and never confirmed' as problem
        from case_deliveries d join service_actions a using (action_id)
        where d.tracking_number is null and (a.completed_at is not null
            or (a.state ->> 'to_send' is distinct from d.purpose
              and a.state ->> 'to_call_off' is distinct from d.reference))
          and not exists (select from events e where e.action_id = d.action_id
            and e.event in ('delivery_refused', 'delivery_not_needed')
            and e.data ->> 'purpose' = d.purpose)`,
    ),
    differences(
      'delivery',
      sql`select d.action_id, d.reference || ' (' || d.tracking_number || ') was never seen at Bosta' as problem
        from case_deliveries d
        where d.tracking_number is not null and ${idOfOrder(sql)} is null`,
    ),
  ]);
  return found.flat();
}
