import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkBosta } from '../../activities/check-bosta.ts';
import { checkRecords } from '../../activities/check-records.ts';
import type { Difference } from '../../domain/difference.ts';
import type { careForCases, nightlyCheck } from '../../workflows/care.ts';
import { serviceCaseId, taskQueues } from '../../workflows/contract.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Staff, signInAll } from '../support/staff.ts';
import { until } from '../support/until.ts';
import { findings, openCase } from './lab.ts';

let platform: Platform;
let agent: Staff;
let hub: Staff;
let manager: Staff;
let repaired: number;
let refunded: number;
let open: number;

/** A repair and a refund that ended well, and a case under way: all that a check compares. */
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 40, deliveries: 20 });
  [agent, hub, manager] = await signInAll(platform.url, 'agent', 'hub', 'manager');
  [repaired, refunded, open] = await Promise.all([
    atTheBench('maintenance', 'maintenance'),
    atTheBench('return_refund', 'refund'),
    atTheBench('maintenance', 'maintenance'),
  ]);
  const parts = [{ sku: 'BL-500-MOTOR', quantity: 1 }];
  await manager.act(`/${repaired}/execute`, { outcome: 'repaired', parts, labor_cost: 10 });
  const refund = { amount: 500, method: 'wallet', reference: 'W-1' };
  await manager.act(`/${refunded}/refund`, { refund });
  await agent.whenIn(repaired, 'completed');
});
afterAll(() => platform.stop());

async function atTheBench(type: string, recommended: string): Promise<number> {
  const { action_id: id } = await openCase(agent, type);
  const { return_tracking_number } = await agent.whenIn(id, 'return_in_transit');
  await hub.act('/hub-scan', { tracking_number: return_tracking_number });
  await hub.act('/hub-inspection', findings(id, recommended));
  return id;
}

async function check(): Promise<Difference[]> {
  const { sql, bosta } = platform;
  return [
    ...(await checkRecords(platform)),
    ...(await checkBosta({ sql, bosta: bosta.client }, 500)),
  ];
}

/** What a check finds once `harm` is done, and that it finds nothing more when that is undone. */
async function harmed(harm: string, undo: string): Promise<Difference[]> {
  const { sql } = platform;
  await sql.unsafe(harm);
  const found = await check();
  await sql.unsafe(undo);
  expect(await check()).toEqual([]);
  return found;
}

const refundOf = (amount: number) =>
  `update refunds set amount = ${amount} where action_id = ${refunded}`;

test('a platform that was left alone agrees with itself and with Bosta', async () => {
  await until('all to be told', async () => (await check()).length === 0);
});

test('the nightly check keeps what it found, and the care of each minute finds nothing to do', async () => {
  const { workflow } = platform.temporal;
  const taskQueue = taskQueues.ingest;
  const check = { workflowId: 'check', taskQueue };
  expect(await workflow.execute<typeof nightlyCheck>('nightlyCheck', check)).toBe(0);
  expect(await platform.sql`select found, differences from check_runs`).toEqual([
    { found: 0, differences: [] },
  ]);
  const care = { workflowId: 'care', taskQueue };
  await workflow.execute<typeof careForCases>('careForCases', care);
});

test('a balance that somebody edited is found', async () => {
  const edit = (by: number) =>
    `update stock_balances set quantity = quantity + ${by} where sku = 'BL-500-MOTOR' and grade = 'sound'`;
  expect(await harmed(edit(1), edit(-1))).toMatchObject([{ area: 'stock', action_id: null }]);
});

test('a refund of another amount than was paid is found', async () => {
  expect(await harmed(refundOf(1), refundOf(50_000))).toMatchObject([
    { area: 'refund', action_id: refunded },
  ]);
});

test('a status that was mended by hand is found, with the event that contradicts it', async () => {
  const set = (status: string) =>
    `update service_actions set action_status = '${status}' where action_id = ${open}`;
  const found = await harmed(set('completed'), set('hub_confirmed'));
  expect(found.map(({ area, action_id }) => [area, action_id])).toEqual([
    ['case', open],
    ['case', open],
  ]);
});

test('a costly part that no movement took out of stock is found', async () => {
  const found = await harmed(
    `insert into case_parts (action_id, sku, quantity, unit_cost, effect_key, used_at)
      values (${open}, 'BL-500-MOTOR', 1, 0, 'by-hand', now())`,
    `delete from case_parts where effect_key = 'by-hand'`,
  );
  expect(found).toMatchObject([{ area: 'stock', action_id: open }]);
});

test('a second delivery under the same reference is found at Bosta', async () => {
  const [made] = await platform.sql<{ reference: string; tracking_number: string }[]>`
    select reference, tracking_number from case_deliveries where action_id = ${repaired} and purpose = 'way_back'`;
  const found = await harmed(
    `update case_deliveries set tracking_number = 'another', delivery_id = 'not-' || delivery_id
      where reference = '${made?.reference}'`,
    `update case_deliveries set tracking_number = '${made?.tracking_number}',
      delivery_id = substr(delivery_id, 5) where reference = '${made?.reference}'`,
  );
  expect(found.map(({ problem }) => problem)).toContainEqual(
    expect.stringContaining('stands at Bosta a second time'),
  );
});

test('a delivery to which Bosta has given another number since is the one that its case made', async () => {
  const { sql } = platform;
  const [made] = await sql<{ tracking_number: string }[]>`
    select tracking_number from case_deliveries where action_id = ${repaired} and purpose = 'way_back'`;
  const knownAs = async (number: string | undefined) => {
    await sql`update case_deliveries set tracking_number = ${number ?? ''}
      where action_id = ${repaired} and purpose = 'way_back'`;
    await sql`update service_actions set delivery_tracking_number = ${number ?? ''},
      state = jsonb_set(state, '{delivery,tracking_number}', to_jsonb(${number ?? ''}::text))
      where action_id = ${repaired}`;
  };
  await knownAs('the-first-one');
  const found = await check();
  await knownAs(made?.tracking_number);
  expect(found).toEqual([]);
});

test('a change at Bosta that never came is found, once the syncs have had their time', async () => {
  const { sql, bosta } = platform;
  const [made] = await sql<{ tracking_number: string }[]>`
    select tracking_number from case_deliveries where action_id = ${repaired} and purpose = 'way_back'`;
  const set = (code: number) => sql`update orders set state_code = ${code}
    where tracking_number = ${made?.tracking_number ?? ''}`;
  const checkIn = (minutes: number) =>
    checkBosta({ sql, bosta: bosta.client }, 500, new Date(Date.now() + minutes * 60_000));
  await set(41);
  expect(await checkIn(0)).toEqual([]);
  expect(await checkIn(16)).toMatchObject([
    {
      action_id: repaired,
      problem: expect.stringContaining('in state 45 at Bosta, and in 41 here'),
    },
  ]);
  await set(45);
  expect(await checkIn(16)).toEqual([]);
});

test('an event that does not follow from the one before is found', async () => {
  await platform.sql`insert into events (at, action_id, event, from_status, to_status, by_party, message_id)
    values (now(), ${refunded}, 'reopened', 'completed', 'requested', 'system', 'by-hand')`;
  const found = await check();
  expect(new Set(found.map(({ area }) => area))).toEqual(new Set(['event', 'case', 'message']));
});

test('an open case without a workflow is found', async () => {
  await platform.temporal.workflow.getHandle(serviceCaseId(open)).terminate('by hand');
  expect(await check()).toContainEqual({
    ...{ area: 'workflow', action_id: open },
    problem: 'is open, and has no open workflow',
  });
});
