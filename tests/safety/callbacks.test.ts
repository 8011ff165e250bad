import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bostaDetailsId,
  bostaSyncId,
  serviceCaseId,
  taskQueues,
} from '../../workflows/contract.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Staff, signInAll } from '../support/staff.ts';
import { until } from '../support/until.ts';

let platform: Platform;
let agent: Staff;
let manager: Staff;
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 20, lateMs: 300 });
  [agent, manager] = await signInAll(platform.url, 'agent', 'manager');
});
afterAll(() => platform.stop());

async function orderedPickup(): Promise<{ id: number; number: string }> {
  const { action_id: id } = await agent.open({
    ...{ action_type: 'maintenance', service_reason: 'It stopped', product_sku: 'BL-500' },
    ...{ customer_phone: '01012345678', customer_name: 'Mona Hassan' },
    pickup_address: { city: 'Cairo', district: 'New Cairo', first_line: '12 Ninety Street' },
  });
  const { return_tracking_number } = await agent.whenIn(id, 'return_ordered');
  return { id, number: return_tracking_number ?? '' };
}

const statesOf = async (id: number) => {
  const rows = await platform.sql<{ code: number }[]>`
    select (data ->> 'state_code')::int as code from events
    where action_id = ${id} and event = 'courier_reported' order by seq`;
  return rows.map(({ code }) => code);
};

const callbacksWorkedOff = (number: string) =>
  until('the callbacks to be worked off', async () => {
    const [row] = await platform.sql<{ all: number; done: number }[]>`
      select count(*)::int as all, count(processed_at)::int as done
      from bosta_callbacks where tracking_number = ${number}`;
    return row !== undefined && row.all > 0 && row.done === row.all;
  });

/** Each sync tells cases too: the ones before are over. */
const nothingElseReads = async () => {
  await platform.temporal.workflow.getHandle(bostaSyncId).result();
  await platform.temporal.workflow.getHandle(bostaDetailsId).result();
};

/** What a Schedule starts every minute. */
const careOfOneMinute = () =>
  platform.temporal.workflow.execute('careForCases', {
    ...{ taskQueue: taskQueues.ingest, workflowId: 'care-in-a-test' },
  });

describe('a callback is a hint, whatever becomes of it', () => {
  test.each(['doubled', 'late', 'reversed'])(
    '%s: the case goes on, and hears each state once',
    async (kind) => {
      const { id, number } = await orderedPickup();
      await platform.bosta.fault({ operation: 'callback', kind, times: 1 });
      await platform.bosta.move(number, 22);
      await platform.bosta.move(number, 23);
      await agent.whenIn(id, 'return_in_transit');
      await platform.bosta.move(number, 24);
      await until('24', async () => (await statesOf(id)).includes(24));
      const states = await statesOf(id);
      expect(new Set(states).size).toBe(states.length);
      expect(states).toEqual(states.toSorted((a, b) => a - b));
    },
  );

  test('lost: the next sync tells the case', async () => {
    const { id, number } = await orderedPickup();
    await platform.bosta.fault({ operation: 'callback', kind: 'lost', times: 1 });
    await platform.bosta.move(number, 23);
    await manager.send('POST', '/sync', {});
    await agent.whenIn(id, 'return_in_transit');
    expect(await statesOf(id)).toEqual([23]);
  });
});

test('a courier who misses the customer four times in a row is noticed, with nothing between', async () => {
  const { id, number } = await orderedPickup();
  for (const exceptions of [1, 2, 3, 4]) {
    await platform.bosta.move(number, 47);
    await until(`${exceptions} exceptions`, async () => (await statesOf(id)).length === exceptions);
  }
  const { waiting_for, action_status } = await agent.look(id);
  expect([action_status, waiting_for?.what]).toEqual(['return_ordered', 'return_decision']);
});

test('what the courier did while nothing ran that could hear it, is told within a minute of the case going on', async () => {
  const { id, number } = await orderedPickup();
  await nothingElseReads();
  await platform.temporal.workflow.getHandle(serviceCaseId(id)).terminate('by mistake');
  await platform.bosta.move(number, 23);
  await callbacksWorkedOff(number);
  await agent.send('PUT', `/service-actions/${id}`, { priority: 'high' });
  expect(await statesOf(id)).toEqual([]);
  await careOfOneMinute();
  await agent.whenIn(id, 'return_in_transit');
  expect(await statesOf(id)).toEqual([23]);
});

test('where Bosta limits the rate, a callback is read back when Bosta asks for it, not before', async () => {
  const { id, number } = await orderedPickup();
  await platform.bosta.fault({ operation: 'read', kind: 'rate_limit', times: 50 });
  await platform.bosta.move(number, 23);
  const [put] = await until('the callback to be put off', () =>
    platform.sql<{ seconds: number }[]>`
      select extract(epoch from next_attempt_at - received_at)::float8 as seconds
      from bosta_callbacks where tracking_number = ${number} and last_error is not null`.then(
      (rows) => rows.length === 1 && rows,
    ),
  );
  await platform.bosta.clearFaults();
  // The stand-in asks for two seconds, the first try of our own would be after one.
  expect(put?.seconds).toBeGreaterThan(2);
  await agent.whenIn(id, 'return_in_transit');
});

describe('a callback that is not to be believed', () => {
  const call = (body: object, secret: string) =>
    fetch(`${platform.url}/api/webhooks/bosta`, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json', 'x-hvar-webhook-secret': secret },
    });
  const secret = 'the-secret-of-the-tests';

  test('with a wrong secret changes nothing', async () => {
    const { id, number } = await orderedPickup();
    await platform.bosta.fault({ operation: 'callback', kind: 'lost', times: 1 });
    await platform.bosta.move(number, 23);
    const answer = await call({ trackingNumber: number, state: 23 }, 'another');
    expect(answer.status).toBe(401);
    expect((await call({ trackingNumber: number, state: 23 }, secret)).status).toBe(200);
    await agent.whenIn(id, 'return_in_transit');
  });

  test('of a state that Bosta itself does not confirm changes nothing, nor does one of an unknown delivery', async () => {
    const { id, number } = await orderedPickup();
    const before = await agent.look(id);
    expect((await call({ trackingNumber: '99999999', state: 45 }, secret)).status).toBe(200);
    expect((await call({ trackingNumber: number, state: 46 }, secret)).status).toBe(200);
    await callbacksWorkedOff(number);
    expect((await agent.look(id)).action_status).toBe(before.action_status);
    expect(await statesOf(id)).toEqual([]);
  });
});
