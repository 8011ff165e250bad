import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../db/client.ts';
import { findings } from '../care/lab.ts';
import { startAnotherApi } from '../support/another-api.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Reply, type Staff, signIn } from '../support/staff.ts';
import { until } from '../support/until.ts';

let platform: Platform;
/** A process of its own, with the connections that the API has. */
let api: Awaited<ReturnType<typeof startAnotherApi>>;
let agent: Staff;
let hub: Staff;
let technician: Staff;
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 5 });
  api = await startAnotherApi(platform);
  const staff = (['agent', 'hub', 'technician'] as const).map((role) => signIn(api.url, role));
  [agent, hub, technician] = (await Promise.all(staff)) as [Staff, Staff, Staff];
});
afterAll(async () => {
  await api.stop();
  await platform.stop();
});

/** Somebody holds on to something at a console; gives what lets go of it. */
async function hold(what: string): Promise<() => Promise<void>> {
  const console = connect(platform.databaseUrl, { max: 1 });
  onTestFinished(() => console.end({ timeout: 1 }));
  const session = await console.reserve();
  await session.unsafe(`begin; ${what}`);
  return async () => {
    await session`rollback`;
    session.release();
  };
}

const broughtIn = async (action_type: string) => {
  const { action_id } = await agent.open({
    ...{ action_type, return_method: 'walk_in', service_reason: 'It stopped' },
    ...{ customer_phone: '01012345678', product_sku: 'BL-500' },
  });
  return action_id;
};
const scanned = (id: number) => hub.act('/hub-scan', { tracking_number: `HV-${id}` });

test('a case whose row somebody holds stops alone, and each who speaks to it hears what to do', async () => {
  const [held, free] = [await broughtIn('maintenance'), await broughtIn('maintenance')];
  const letGo = await hold(`select from service_actions where action_id = ${held} for update`);
  const edit = (nth: number) =>
    agent.send(
      'PUT',
      `/service-actions/${held}`,
      { notes: `note ${nth}` },
      { 'idempotency-key': `edit ${nth}` },
    );
  const edits = Array.from({ length: 15 }, (_, nth) => nth);
  const waiting = Promise.all(edits.map(edit));

  await scanned(free);
  const { action_status } = await hub.act('/hub-inspection', findings(free, 'maintenance'));
  expect(action_status).toBe('hub_confirmed');
  const refused = await waiting;
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
  expect(refused[0]).toMatchObject({
    code: 'DATABASE_BUSY',
    error: expect.stringContaining('try again'),
  });

  await letGo();
  const taken: Reply[] = await Promise.all(edits.map(edit));
  expect(new Set(taken.map(({ status }) => status))).toEqual(new Set([200]));
  const { events } = await agent.look(held);
  expect(events.filter(({ event }) => event === 'edited')).toHaveLength(edits.length);
}, 60_000);

test('cases that need the same product wait while its stock is held, and others go on', async () => {
  const replacing = await Promise.all(Array.from({ length: 12 }, () => broughtIn('replace_full')));
  for (const id of replacing) await scanned(id);
  const free = await broughtIn('return_refund');
  const letGo = await hold(`select from stock_balances where sku = 'BL-500' for update`);
  const inspect = (id: number) =>
    hub.send('POST', '/service-actions/hub-inspection', findings(id, 'replace_full'), {
      'idempotency-key': `inspection ${id}`,
    });
  const waiting = Promise.all(replacing.map(inspect));

  await scanned(free);
  await hub.act('/hub-inspection', findings(free, 'refund'));
  expect(new Set((await waiting).map(({ status }) => status))).toEqual(new Set([503]));

  await letGo();
  await until(
    'each of them to go on',
    async () => (await Promise.all(replacing.map(inspect))).every(({ status }) => status === 200),
    40,
  );
  const rows = await platform.sql`select action_id from stock_reservations where status = 'held'`;
  expect(rows.map((row) => row.action_id).toSorted()).toEqual(replacing.toSorted());
  for (const id of replacing) {
    const { events } = await technician.look(id);
    expect(events.filter(({ event }) => event === 'inspected')).toHaveLength(1);
  }
}, 120_000);
