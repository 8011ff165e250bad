import type { Difference } from '../domain/difference.ts';
import { idOfOrder } from './checked-deliveries.ts';
import type { AnySql } from './client.ts';
import { differences } from './differences.ts';

/** Finds balances that are not the sum of their movements and holds, and cases whose parts and movements differ. */
export async function checkStock(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'stock',
      sql`select null::bigint as action_id, sku || ' (' || grade || ', hub ' || hub_id || '): balance '
          || coalesce(b.quantity, 0) || ', movements ' || coalesce(m.quantity, 0) as problem
        from stock_balances b full join (select sku, hub_id, grade, sum(quantity) as quantity
          from stock_movements group by sku, hub_id, grade) m using (sku, hub_id, grade)
        where coalesce(b.quantity, 0) <> coalesce(m.quantity, 0)`,
    ),
    differences(
      'stock',
      sql`select null::bigint as action_id, sku || ' (hub ' || hub_id || '): ' || coalesce(b.reserved, 0)
          || ' reserved, ' || coalesce(r.quantity, 0) || ' held' as problem
        from (select * from stock_balances where grade = 'sound') b
          full join (select sku, hub_id, sum(quantity) as quantity
            from stock_reservations where status = 'held' group by sku, hub_id) r using (sku, hub_id)
        where coalesce(b.reserved, 0) <> coalesce(r.quantity, 0)`,
    ),
    differences(
      'stock',
      sql`select action_id, 'is closed and still holds ' || r.quantity || ' of ' || r.sku as problem
        from stock_reservations r join service_actions a using (action_id)
        where r.status = 'held' and a.completed_at is not null`,
    ),
    differences(
      'stock',
      sql`select action_id, sku || ': ' || coalesce(p.quantity, 0) || ' on the case, '
          || coalesce(m.quantity, 0) || ' out of stock' as problem
        from (select action_id, sku, sum(quantity) as quantity from case_parts group by action_id, sku) p
          full join (select action_id, sku, -sum(quantity) as quantity from stock_movements
            where movement_type in ('repair_use', 'sent_to_customer') and action_id is not null
            group by action_id, sku) m using (action_id, sku)
        where coalesce(p.quantity, 0) <> coalesce(m.quantity, 0)`,
    ),
    differences(
      'stock',
      sql`select e.action_id, 'event ' || e.seq || ' (replaced) has ' || count(m.movement_id)
          || ' products sent' as problem
        from events e left join stock_movements m on m.action_id = e.action_id
          and m.movement_type = 'sent_to_customer' and starts_with(m.effect_key, e.message_id || '/')
        where e.event = 'replaced' group by e.seq having count(m.movement_id) <> 1`,
    ),
  ]);
  return found.flat();
}

/** Finds refunds that were not paid exactly once with one event of the same amount, and ones that a closed case still asks for. */
export async function checkRefunds(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'refund',
      sql`select action_id, 'refund ' || coalesce(r.status, 'missing') || ' of ' || coalesce(r.amount, 0)
          || ' piastres, and ' || coalesce(e.times, 0) || ' payments of ' || coalesce(e.amount, 0) as problem
        from refunds r full join (select action_id, count(*) as times,
            sum((data ->> 'amount')::bigint) as amount
          from events where event = 'refund_paid' group by action_id) e using (action_id)
        where (coalesce(r.status, '') = 'paid') <> (coalesce(e.times, 0) = 1)
          or (r.status = 'paid' and r.amount <> e.amount)`,
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
  ]);
  return found.flat();
}

/** Finds paid repairs that were handed over, and whose cash is not on record with the amount of their event. */
export function checkCash(sql: AnySql): Promise<Difference[]> {
  return differences(
    'cash',
    sql`select action_id, 'took ' || coalesce(p.amount, 0) || ' piastres at the counter, its event says '
        || coalesce(e.data ->> 'cash_received', 'nothing') as problem
      from counter_payments p full join (select action_id, data from events
        where event = 'handed_over' and data ? 'cash_received') e using (action_id)
      where p.amount is distinct from (e.data ->> 'cash_received')::bigint`,
  );
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
      sql`select d.action_id, d.reference || ' was made, and ordered by ' || count(e.seq) || ' events' as problem
        from case_deliveries d left join events e on e.action_id = d.action_id
          and e.event in ('pickup_ordered', 'delivery_ordered') and e.data ->> 'reference' = d.reference
        where d.tracking_number is not null group by d.reference having count(e.seq) <> 1`,
    ),
    differences(
      'delivery',
      sql`select action_id, d.reference || ' was asked for and never confirmed' as problem
        from case_deliveries d join service_actions a using (action_id)
        where d.tracking_number is null and a.completed_at is not null
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
