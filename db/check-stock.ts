import type { Difference } from '../domain/difference.ts';
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
      sql`select e.action_id, 'event ' || e.seq || ' (' || e.event || ') took ' || told.quantity || ' of '
          || told.sku || ', and ' || coalesce(p.quantity, 0) || ' are on the case' as problem
        from events e
          cross join lateral jsonb_to_recordset(e.data -> 'parts') told (sku text, quantity int)
          left join case_parts p on p.effect_key = e.message_id || '/' || told.sku
        where e.event in ('repaired', 'repair_failed') and p.quantity is distinct from told.quantity`,
    ),
    differences(
      'stock',
      sql`select e.action_id, 'event ' || e.seq || ' (replaced) has ' || count(m.movement_id)
          || ' products sent' as problem
        from events e left join stock_movements m on m.action_id = e.action_id
          and m.movement_type = 'sent_to_customer' and starts_with(m.effect_key, e.message_id || '/')
        where e.event = 'replaced' group by e.seq having count(m.movement_id) <> 1`,
    ),
    differences(
      'stock',
      sql`select m.action_id, 'movement ' || movement_id || ' (' || movement_type || ' of ' || sku
          || ') follows from no step' as problem
        from stock_movements m where m.action_id is not null
          and not exists (select from case_messages s where s.action_id = m.action_id
            and m.effect_key = s.message_id || '/' || m.movement_type || '/' || m.sku)`,
    ),
    differences(
      'stock',
      sql`select e.action_id, 'event ' || e.seq || ' (' || e.event || ') has '
          || count(m.movement_id) || ' products taken in' as problem
        from events e join service_actions a using (action_id)
          left join stock_movements m on m.action_id = e.action_id
            and m.movement_type = 'returned_by_customer' and starts_with(m.effect_key, e.message_id || '/')
        where e.event in ('replaced', 'refund_paid') and a.product_sku is not null
        group by e.seq having count(m.movement_id) <> 1`,
    ),
    differences(
      'stock',
      sql`select action_id, 'was sent serial number ' || coalesce(e.data ->> 'serial_number', '(none)')
          || ', and has ' || coalesce(replacement_serial_number, '(none)') as problem
        from events e join case_items i using (action_id)
        where e.event = 'replaced' and e.data ? 'serial_number' and item_no = 1
          and replacement_serial_number is distinct from e.data ->> 'serial_number'
          -- What is sent once more, or comes back, has another number or none.
          and not exists (select from events d where d.action_id = e.action_id and d.seq > e.seq
            and d.event = 'delivery_decided')`,
    ),
    checkReservations(sql),
  ]);
  return found.flat();
}

/** Finds products that are set aside for a case that sends none, or twice, and ones that were taken and not sent, or let go for nothing. */
async function checkReservations(sql: AnySql): Promise<Difference[]> {
  const found = await Promise.all([
    differences(
      'stock',
      sql`select action_id, r.sku || ' is set aside for it, and it sends none' as problem
        from stock_reservations r join service_actions a using (action_id)
        where r.status = 'held' and a.completed_at is null
          and (a.state ->> 'service', a.state -> 'waiting' ->> 'what')
            is distinct from ('replace_full', 'service')`,
    ),
    differences(
      'stock',
      sql`select action_id, count(*) || ' products are set aside for it' as problem
        from stock_reservations where status = 'held' group by action_id having count(*) > 1`,
    ),
    differences(
      'stock',
      sql`select action_id, r.sku || ' was set aside for it, taken, and not sent' as problem
        from stock_reservations r where r.status = 'consumed'
          and not exists (select from events e where e.action_id = r.action_id and e.event = 'replaced')`,
    ),
    differences(
      'stock',
      sql`select r.action_id, r.sku || ' was set aside for it, and let go by no step' as problem
        from stock_reservations r join events made on made.action_id = r.action_id
          and starts_with(r.effect_key, made.message_id || '/')
        where r.status = 'released' and not exists (select from events e
          where e.action_id = r.action_id and e.seq > made.seq
            and (e.event in ('cancelled', 'replaced') or (e.event = 'edited' and e.data ? 'hub_id')))`,
    ),
  ]);
  return found.flat();
}
