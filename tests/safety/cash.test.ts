import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCash } from '../../db/check-effects.ts';
import { findings } from '../care/lab.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Staff, signInAll } from '../support/staff.ts';
import { until } from '../support/until.ts';

let platform: Platform;
let agent: Staff;
let hub: Staff;
let technician: Staff;
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 5 });
  [agent, hub, technician] = await signInAll(platform.url, 'agent', 'hub', 'technician');
});
afterAll(() => platform.stop());

/** A case that waits for its repair. */
async function atTheBench(action_subtype: 'paid' | 'warranty'): Promise<number> {
  const { action_id: id } = await agent.open({
    ...{ action_type: 'maintenance', action_subtype, return_method: 'walk_in' },
    ...{ customer_phone: '01012345678', product_sku: 'BL-500', service_reason: 'It stopped' },
  });
  await hub.act('/hub-scan', { tracking_number: `HV-${id}` });
  await hub.act('/hub-inspection', findings(id, 'maintenance'));
  return id;
}

const parts = [{ sku: 'BL-500-MOTOR', quantity: 1 }];

/** A case whose repair, for a part and 60 EGP of labour, waits for the customer at the counter. */
async function repaired(action_subtype: 'paid' | 'warranty'): Promise<number> {
  const id = await atTheBench(action_subtype);
  await technician.act(`/${id}/execute`, { outcome: 'repaired', parts, labor_cost: 60 });
  await until('the customer to be waited for', async () => {
    const { waiting_for } = await agent.look(id);
    return waiting_for?.what === 'fetching';
  });
  return id;
}
const handOver = (id: number, body: object, key?: string) =>
  hub.send(
    ...(['POST', `/service-actions/${id}/hand-over`, body] as const),
    key ? { 'idempotency-key': key } : {},
  );
const paymentsOf = (id: number) =>
  platform.sql`select amount from counter_payments where action_id = ${id}`;

test('a paid repair is handed over for what it has cost, which is on record once', async () => {
  const id = await repaired('paid');
  const { due = 0, total } = (await agent.look(id)).costs;
  expect([due, due > 60]).toEqual([total, true]);
  for (const body of [{}, { cash_received: due - 1 }, { cash_received: due + 0.01 }]) {
    expect(await handOver(id, body)).toMatchObject({ status: 409, code: 'CASH_DUE' });
  }
  expect(await paymentsOf(id)).toEqual([]);
  const paid = { cash_received: due };
  const replies = await Promise.all([1, 2, 3].map(() => handOver(id, paid, 'at the counter')));
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await handOver(id, paid)).toMatchObject({ status: 409, code: 'ACT_NOT_ALLOWED' });
  const { action_status, costs, events } = await agent.look(id);
  expect([action_status, costs.due]).toEqual(['completed', 0]);
  expect(events.filter(({ event }) => event === 'handed_over')).toMatchObject([
    { by: 'hub@hvar.local', data: { purpose: 'way_back', cash_received: due } },
  ]);
  expect(await paymentsOf(id)).toEqual([{ amount: due * 100 }]);
});

test('one under warranty is handed over for nothing, and no cash is taken for it', async () => {
  const id = await repaired('warranty');
  expect((await agent.look(id)).costs.due).toBe(0);
  expect(await handOver(id, { cash_received: 10 })).toMatchObject({
    ...{ status: 400, code: 'MESSAGE_UNUSABLE' },
  });
  expect((await handOver(id, {})).status).toBe(200);
  expect(await paymentsOf(id)).toEqual([]);
});

test.each(['repaired', 'failed'])(
  'a paid repair (%s) may not cost more than Bosta collects: 30,000 EGP with its parts',
  async (outcome) => {
    const id = await atTheBench('paid');
    const [{ cost } = { cost: 0 }] = await platform.sql<{ cost: number }[]>`
      select unit_cost / 100 as cost from catalogue_items where sku = 'BL-500-MOTOR'`;
    const withLabor = (labor_cost: number) =>
      technician.send('POST', `/service-actions/${id}/execute`, { outcome, parts, labor_cost });
    const refused = await withLabor(30_000.01 - cost);
    expect(refused).toMatchObject({ status: 400, code: 'MESSAGE_UNUSABLE' });
    expect(refused.error).toBe(
      'The customer pays for this repair, and Bosta collects at most 30000.00 EGP: with all parts, labour and fees the case would cost 30000.01 EGP. Lower labor_cost, or take other parts.',
    );
    const { costs, action_status } = await agent.look(id);
    expect([action_status, costs.total]).toEqual(['hub_confirmed', 0]);
    expect((await withLabor(30_000 - cost)).status).toBe(200);
    expect((await agent.look(id)).costs.total).toBe(30_000);
  },
);

test('a repair under warranty may cost more: nobody collects it', async () => {
  const id = await atTheBench('warranty');
  await technician.act(`/${id}/execute`, { outcome: 'repaired', labor_cost: 50_000 });
  expect((await agent.look(id)).costs.total).toBe(50_000);
});

test('cash that is missing from the record is found by the check', async () => {
  expect(await checkCash(platform.sql)).toEqual([]);
  await platform.sql`delete from counter_payments`;
  expect(await checkCash(platform.sql)).toMatchObject([{ area: 'cash' }]);
});
