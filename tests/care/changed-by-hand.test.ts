import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkBosta } from '../../activities/check-bosta.ts';
import { checkRecords } from '../../activities/check-records.ts';
import type { AnySql } from '../../db/client.ts';
import type { CheckedArea } from '../../domain/difference.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Staff, signInAll } from '../support/staff.ts';
import { until } from '../support/until.ts';
import { findings, openCase } from './lab.ts';

let platform: Platform;
let agent: Staff;
let hub: Staff;
let manager: Staff;
/** Cases by what they are about: two that are over, one that lies at the bench, one that is on its way back. */
const ids = { replaced: 0, refunded: 0, confirmed: 0, sent: 0 };
type Case = keyof typeof ids;

beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 20 });
  [agent, hub, manager] = await signInAll(platform.url, 'agent', 'hub', 'manager');
  ids.replaced = await atTheBench('replace_full', 'replace_full');
  await manager.act(`/${ids.replaced}/execute`, { product_sku: 'BL-500', serial_number: 'SN-1' });
  const { delivery_tracking_number } = await agent.whenIn(ids.replaced, 'shipping_back');
  await platform.bosta.move(delivery_tracking_number ?? '', 45);
  ids.refunded = await atTheBench('return_refund', 'refund');
  const refund = { amount: 500, method: 'wallet', reference: 'W-1' };
  await manager.act(`/${ids.refunded}/refund`, { refund });
  ids.confirmed = await atTheBench('replace_full', 'replace_full');
  ids.sent = await atTheBench('maintenance', 'maintenance');
  const parts = [{ sku: 'BL-500-MOTOR', quantity: 1 }];
  await manager.act(`/${ids.sent}/execute`, { outcome: 'repaired', parts, labor_cost: 10 });
  await agent.whenIn(ids.sent, 'shipping_back');
  await agent.whenIn(ids.replaced, 'completed');
  await until('all to agree', async () => (await found(platform.sql)).length === 0);
}, 60_000);
afterAll(() => platform.stop());

async function atTheBench(type: string, recommended: string): Promise<number> {
  const { action_id: id } = await openCase(agent, type);
  const { return_tracking_number } = await agent.whenIn(id, 'return_ordered');
  await platform.bosta.move(return_tracking_number ?? '', 24);
  await agent.whenIn(id, 'return_in_transit');
  await hub.act('/hub-scan', { tracking_number: return_tracking_number });
  await hub.act('/hub-inspection', findings(id, recommended));
  return id;
}

async function found(sql: AnySql) {
  const { temporal, bosta } = platform;
  return [
    ...(await checkRecords({ sql, temporal })),
    ...(await checkBosta({ sql, bosta: bosta.client }, 500)),
  ];
}

/** The areas and cases of which a check tells once this is done, in a transaction that comes to nothing. */
async function foundAfter(harm: string): Promise<string[]> {
  class Undo extends Error {}
  let told: string[] = [];
  await platform.sql
    .begin(async (tx) => {
      await tx.unsafe(harm);
      const differences = await found(tx);
      told = differences.map(({ area, action_id }) => `${area} ${action_id}`);
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  return told;
}

const row = (set: string) => `update service_actions set ${set} where action_id = $id`;
const anotherPolicy =
  'insert into policies (policy) select policy from policies order by version limit 1';
const moved = (type: string, quantity: number) =>
  `insert into stock_movements (sku, hub_id, grade, quantity, movement_type, action_id, effect_key)
    values ('BL-500', 1, 'sound', ${quantity}, '${type}', $id, 'by hand')`;
const pastTrigger = (table: string, harm: string) =>
  `alter table ${table} disable trigger user; ${harm}; alter table ${table} enable trigger user`;

test.each<[what: string, area: CheckedArea, aCase: Case, harm: string]>([
  ['the number of a return', 'case', 'sent', row("return_tracking_number = '7001'")],
  ['the number of a delivery', 'case', 'sent', row("delivery_tracking_number = '7001'")],
  ['the number of a return, which is gone', 'case', 'sent', row('return_tracking_number = null')],
  ['a state that says no status any more', 'case', 'sent', row("state = state - 'status'")],
  [
    'a closed case that waits for who knows what',
    ...(['case', 'replaced'] as const),
    row(`state = state || '{"waiting": {}}', created_at = created_at - interval '1 hour'`),
  ],
  [
    'an event that says no status any more',
    ...(['event', 'sent'] as const),
    pastTrigger(
      'events',
      'update events set to_status = null where seq = (select max(seq) from events where action_id = $id)',
    ),
  ],
  [
    'what a message was answered, which is gone',
    ...(['message', 'sent'] as const),
    `update case_messages set outcome = '{}' where action_id = $id and act = 'hub_scan'`,
  ],
  [
    'the condition in which the hub found a product',
    ...(['hub', 'sent'] as const),
    "update inspections set product_condition = 'damaged' where action_id = $id",
  ],
  [
    'what a case costs, in its sum too',
    'case',
    'sent',
    row('fees = 1, actual_cost = actual_cost - fees + 1'),
  ],
  ['whether the customer pays', 'case', 'confirmed', row("action_subtype = 'paid'")],
  ['the product of a case', 'case', 'confirmed', row("product_sku = 'BL-1000'")],
  [
    'a step, with its message, that left the status as it was',
    ...(['case', 'sent'] as const),
    pastTrigger(
      'events',
      `with gone as (delete from events where action_id = $id and event = 'repaired' returning message_id)
        delete from case_messages where message_id in (select message_id from gone)`,
    ),
  ],
  [
    'what a message was answered',
    ...(['message', 'sent'] as const),
    `update case_messages set outcome = outcome || '{"event": "refused"}'
      where action_id = $id and act = 'hub_scan'`,
  ],
  [
    'a report of the courier that the case did not hear',
    ...(['message', 'sent'] as const),
    `insert into courier_reports (message_id, action_id, report, sent_at)
      select 'unheard', action_id, jsonb_build_object('message_id', 'unheard', 'state_code', 41,
        'tracking_number', delivery_tracking_number, 'exceptions', 0,
        'state_at', '2999-01-01T00:00:00.000Z'), now() - interval '1 hour'
      from service_actions where action_id = $id`,
  ],
  [
    'a report of the courier that the case heard, and that is gone',
    ...(['message', 'sent'] as const),
    `delete from courier_reports where action_id = $id and report ->> 'state_code' = '24'`,
  ],
  [
    'a report of the courier that is gone before the case heard it',
    ...(['message', 'sent'] as const),
    `update orders set state_code = 41 where tracking_number =
      (select delivery_tracking_number from service_actions where action_id = $id)`,
  ],
  [
    'the policy of a case',
    'case',
    'sent',
    `${anotherPolicy}; ${row('policy_version = (select max(version) from policies)')}`,
  ],
  [
    'a confirmation of the hub',
    ...(['hub', 'sent'] as const),
    'delete from hub_confirmation_workflow where action_id = $id',
  ],
  ['how far the hub is', 'hub', 'sent', row("hub_confirmation_status = 'pending'")],
  [
    'the score of an inspection',
    ...(['hub', 'sent'] as const),
    'update inspections set quality_score = 1 where action_id = $id',
  ],
  [
    'a review that nobody made',
    ...(['hub', 'sent'] as const),
    `insert into case_reviews (action_id, decision, decided_at, message_id)
      values ($id, 'approved', now(), 'by hand')`,
  ],
  [
    'a product that was taken in a second time',
    'stock',
    'replaced',
    moved('returned_by_customer', 1),
  ],
  [
    'a product that was not taken in',
    ...(['stock', 'replaced'] as const),
    pastTrigger(
      'stock_movements',
      "delete from stock_movements where action_id = $id and movement_type = 'returned_by_customer'",
    ),
  ],
  [
    'a second replacement, on the case too',
    ...(['stock', 'replaced'] as const),
    `${moved('sent_to_customer', -1)}; insert into case_parts
      (action_id, sku, quantity, unit_cost, effect_key, used_at)
      values ($id, 'BL-500', 1, 0, 'by hand', now())`,
  ],
  [
    'a product that is set aside for a repair',
    ...(['stock', 'sent'] as const),
    `insert into stock_reservations (sku, hub_id, quantity, action_id, effect_key)
      values ('BL-500', 1, 1, $id, 'by hand')`,
  ],
  [
    'a second product that is set aside',
    ...(['stock', 'confirmed'] as const),
    `insert into stock_reservations (sku, hub_id, quantity, action_id, effect_key)
      values ('BL-500', 1, 1, $id, 'by hand')`,
  ],
  [
    'a product that was set aside, and is said to be sent',
    ...(['stock', 'confirmed'] as const),
    "update stock_reservations set status = 'consumed' where action_id = $id",
  ],
  [
    'a product that was set aside, and that nobody let go',
    ...(['stock', 'confirmed'] as const),
    "update stock_reservations set status = 'released' where action_id = $id",
  ],
  [
    'the serial number of what was sent',
    ...(['stock', 'replaced'] as const),
    "update case_items set replacement_serial_number = 'SN-2' where action_id = $id",
  ],
  [
    'how a refund was paid',
    ...(['refund', 'refunded'] as const),
    "update refunds set method = 'instapay' where action_id = $id",
  ],
  [
    'who paid a refund',
    ...(['refund', 'refunded'] as const),
    'update refunds set paid_by = created_by from service_actions a where a.action_id = $id and refunds.action_id = $id',
  ],
  [
    'a refund of a repair',
    ...(['refund', 'sent'] as const),
    "insert into refunds (action_id, status, requested_at) values ($id, 'requested', now())",
  ],
  [
    'a delivery that a case asks for no more, and never heard of',
    ...(['delivery', 'sent'] as const),
    `insert into case_deliveries (reference, action_id, purpose) values ('HV-$id-W9', $id, 'way_back')`,
  ],
  [
    'what a delivery is to collect',
    ...(['delivery', 'sent'] as const),
    "update case_deliveries set cod = 99 where action_id = $id and purpose = 'way_back'",
  ],
  [
    'what a device said, and its case never heard',
    ...(['message', 'sent'] as const),
    `insert into posted_messages (message_id, action_id, act, said, posted_at, sent_at)
      values ('unheard', $id, 'hub_inspection', '{}', now(), now() - interval '1 hour')`,
  ],
  [
    'what a replacement has collected that was delivered',
    ...(['cash', 'replaced'] as const),
    "update case_deliveries set cod = 99 where action_id = $id and purpose = 'replacement'",
  ],
  [
    'what a delivery is for',
    ...(['delivery', 'sent'] as const),
    "update case_deliveries set purpose = 'home' where action_id = $id and purpose = 'way_back'",
  ],
  [
    'a part that a repair took, which is in stock again',
    ...(['stock', 'sent'] as const),
    `${pastTrigger('stock_movements', 'delete from stock_movements where action_id = $id')};
      update stock_balances set quantity = quantity + 1
        where sku = 'BL-500-MOTOR' and hub_id = 1 and grade = 'sound';
      ${row('actual_cost = labor_cost + fees')};
      delete from case_parts where action_id = $id`,
  ],
  [
    'the labour of a repair, in its sum and its state too',
    ...(['case', 'sent'] as const),
    row(`labor_cost = 0, actual_cost = actual_cost - labor_cost,
      state = state || '{"labor_cost": 0}'`),
  ],
  [
    'when a case was closed',
    ...(['case', 'replaced'] as const),
    row("completed_at = completed_at + interval '3 days'"),
  ],
])('a check finds by hand changed: %s', async (_, area, aCase, harm) => {
  const id = `${ids[aCase]}`;
  expect(await foundAfter(harm.replaceAll('$id', id))).toContain(`${area} ${id}`);
});
