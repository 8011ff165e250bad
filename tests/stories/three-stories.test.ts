import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signals } from '../../workflows/contract.ts';
import { recordHistory } from '../support/histories.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Staff, signIn } from '../support/staff.ts';
import { until } from '../support/until.ts';

let platform: Platform;
let agent: Staff;
let hub: Staff;
let leader: Staff;
let technician: Staff;
let manager: Staff;

beforeAll(async () => {
  platform = await startPlatform({ stepMs: 60, deliveries: 300 });
  [agent, hub, leader, technician, manager] = (await Promise.all(
    (['agent', 'hub', 'leader', 'technician', 'manager'] as const).map((role) =>
      signIn(platform.url, role),
    ),
  )) as [Staff, Staff, Staff, Staff, Staff];
});
afterAll(() => platform.stop());

const address = {
  city: 'Cairo',
  district: 'New Cairo',
  first_line: '12 شارع التسعين الشمالي',
  building_number: '12',
};

async function stockOf(sku: string): Promise<number> {
  const [row] = await platform.sql<{ quantity: number }[]>`
    select sum(quantity)::int as quantity from stock_balances where sku = ${sku} and grade = 'sound'`;
  return row?.quantity ?? 0;
}

test('a blender that stopped is repaired and comes back, with its cost against the order', async () => {
  const [sale] = await platform.sql<{ id: string; tracking_number: string; product_sku: string }[]>`
    select id, tracking_number from orders where service_type = 'main'
      and receiver_phone ~ '^201' and dropoff_district_name is not null order by created_at desc limit 1`;
  if (!sale) throw new Error('The stand-in has no sale');
  const opened = await agent.open({
    action_type: 'maintenance',
    action_subtype: 'warranty',
    main_order_id: sale.id,
    service_reason: 'الخلاط توقف عن العمل',
  });
  const id = opened.action_id;
  const returning = await agent.whenIn(id, 'return_in_transit');
  const scanned = await hub.act('/hub-scan', { tracking_number: returning.return_tracking_number });
  expect(scanned).toMatchObject({
    action_status: 'return_received',
    scan: { first: true },
    order: { id: sale.id },
  });

  const inspected = await hub.act('/hub-inspection', {
    action_id: id,
    product_condition: 'fair',
    functionality_test_result: 'not_working',
    quality_score: 6,
    visible_damage: ['scratched jug'],
    missing_parts: [],
    recommended_action: 'maintenance',
  });
  expect(inspected).toMatchObject({
    action_status: 'hub_confirmed',
    waiting_for: { who: 'technician' },
  });

  const [motor] = await platform.sql<{ sku: string; unit_cost: number }[]>`
    select sku, unit_cost from catalogue_items where part_type = 'motor' order by sku limit 1`;
  if (!motor) throw new Error('The catalogue has no motor');
  const before = await stockOf(motor.sku);
  await technician.act(`/${id}/execute`, {
    outcome: 'repaired',
    parts: [{ sku: motor.sku, quantity: 1 }],
    labor_cost: 60,
    notes: 'استبدال الموتور',
  });
  expect(await stockOf(motor.sku)).toBe(before - 1);

  const closed = await agent.whenIn(id, 'completed');
  expect(closed).toMatchObject({ waiting_for: null, allowed: [] });
  expect(closed.costs).toEqual({
    parts: motor.unit_cost / 100,
    labor: 60,
    fees: 25,
    total: motor.unit_cost / 100 + 85,
    due: 0,
  });
  const events = closed.events.map(({ event }) => event);
  expect(events.filter((event) => event !== 'courier_reported')).toEqual([
    ...[
      'opened',
      'pickup_ordered',
      'scanned',
      'inspected',
      'repaired',
      'delivery_ordered',
      'delivered',
    ],
  ]);

  const [recorded] = await platform.sql`
    select o.tracking_number, return_order_id = sub_order_id as came_by_it, confirmation_type
    from service_actions a join hub_confirmation_workflow using (action_id)
      left join orders o on o.id = a.sub_order_id where action_id = ${id}`;
  expect(recorded).toEqual({
    tracking_number: returning.return_tracking_number,
    came_by_it: true,
    confirmation_type: 'maintenance_verification',
  });

  const links = await until('the deliveries of the case to join the family', async () => {
    const { data } = await agent.get(`/orders/${sale.id}/sub-orders`);
    const mine = (data as { business_reference: string | null; confidence_score: number }[]).filter(
      (order) => order.business_reference?.startsWith(`HV-${id}-`),
    );
    return mine.length === 2 && mine;
  });
  expect(links.map(({ confidence_score }) => confidence_score)).toEqual([1, 1]);
  await recordHistory(platform.temporal, id, 'repair');
});

const defective = {
  action_type: 'maintenance',
  action_subtype: 'warranty',
  customer_phone: '٠١٠ ١٢٣٤ ٥٦٧٨',
  customer_name: 'منى حسن',
  service_reason: 'Arrived defective, bought in a shop',
  pickup_address: address,
};
const scoredTwo = {
  product_condition: 'damaged',
  functionality_test_result: 'not_working',
  quality_score: 2,
  visible_damage: ['cracked base'],
  missing_parts: [],
  recommended_action: 'replace_full',
} as const;

async function aProduct(): Promise<string> {
  const [product] = await platform.sql<{ sku: string }[]>`
    select sku from catalogue_items where type = 'product' order by sku limit 1`;
  if (!product) throw new Error('The catalogue is empty');
  return product.sku;
}

describe('a blender bought in a shop arrives defective and is replaced', () => {
  test('by people at the API: scored 2, the review is mandatory', async () => {
    const product_sku = await aProduct();
    const { action_id: id } = await agent.open({ ...defective, product_sku });
    const returning = await agent.whenIn(id, 'return_in_transit');
    await hub.act('/hub-scan', { tracking_number: returning.return_tracking_number });
    const inspected = await hub.act('/hub-inspection', { action_id: id, ...scoredTwo });
    expect(inspected).toMatchObject({
      action_status: 'awaiting_review',
      waiting_for: { who: 'leader' },
    });
    await until('the case to be found in Temporal by whom it waits for', async () => {
      const query = `ActionType = 'maintenance' and ActionStatus = 'awaiting_review' and WaitingFor = 'leader'`;
      for await (const found of platform.temporal.workflow.list({ query })) {
        if (found.workflowId === `service-case:${id}`) return true;
      }
      return false;
    });
    const approved = await leader.act(`/${id}/team-leader-review`, {
      decision: 'approved',
      approved_action: 'replace_full',
    });
    expect(approved.action_status).toBe('hub_confirmed');
    await technician.act(`/${id}/execute`, { product_sku, serial_number: 'SN-2' });
    const closed = await agent.whenIn(id, 'completed');
    expect(closed.waiting_for).toBeNull();
    await recordHistory(platform.temporal, id, 'replacement');
  });

  test('by signals alone, as devices send them', async () => {
    const product_sku = await aProduct();
    const { action_id: id } = await agent.open({ ...defective, product_sku });
    const returning = await agent.whenIn(id, 'return_in_transit');
    const handle = platform.temporal.workflow.getHandle(`service-case:${id}`);
    const tracking_number = returning.return_tracking_number ?? '';
    await handle.signal(signals.hub_scan, { tracking_number, message_id: 'scanner-7:1' });
    await handle.signal(signals.hub_scan, { tracking_number, message_id: 'scanner-7:1' });
    await agent.whenIn(id, 'return_received');
    await handle.signal(signals.execute, { product_sku });
    const { visible_damage: _, missing_parts: __, ...findings } = scoredTwo;
    await handle.signal(signals.hub_inspection, findings);
    await agent.whenIn(id, 'awaiting_review');
    await handle.signal(signals.team_leader_decision, {
      decision: 'approved',
      approved_action: 'replace_full',
    });
    await agent.whenIn(id, 'hub_confirmed');
    await handle.signal(signals.execute, { product_sku });
    const closed = await agent.whenIn(id, 'completed');
    const count = (name: string) => closed.events.filter(({ event }) => event === name).length;
    expect([count('scanned'), count('refused'), count('replaced')]).toEqual([1, 1, 1]);
    await recordHistory(platform.temporal, id, 'replacement-by-signals');
  });
});

test('a refund scored 8 goes on without review, and is paid once', async () => {
  const { action_id: id } = await agent.open({
    ...defective,
    action_type: 'return_refund',
    product_sku: await aProduct(),
  });
  const returning = await agent.whenIn(id, 'return_in_transit');
  await hub.act('/hub-scan', { tracking_number: returning.return_tracking_number });
  const inspected = await hub.act('/hub-inspection', {
    ...{
      action_id: id,
      product_condition: 'good',
      functionality_test_result: 'working',
      quality_score: 8,
    },
    ...{ visible_damage: [], missing_parts: [], recommended_action: 'refund' },
  });
  expect(inspected).toMatchObject({
    action_status: 'hub_confirmed',
    waiting_for: { who: 'manager' },
  });
  const refund = { refund: { amount: 749.5, method: 'instapay', reference: 'IP-20311' } };
  expect((await technician.send('POST', `/service-actions/${id}/refund`, refund)).status).toBe(403);

  const twice = await Promise.all(
    [1, 2].map(() => manager.send('POST', `/service-actions/${id}/refund`, refund)),
  );
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
  const closed = await agent.look(id);
  expect(closed).toMatchObject({
    action_status: 'completed',
    refund: { amount: 749.5, status: 'paid' },
  });
  const [paid] =
    await platform.sql`select count(*)::int as n from events where action_id = ${id} and event = 'refund_paid'`;
  expect(paid?.n).toBe(1);
  await recordHistory(platform.temporal, id, 'refund');
});
