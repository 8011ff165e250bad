import { afterAll, beforeAll, expect, test } from 'vitest';
import { findings } from '../care/lab.ts';
import { startAnotherApi } from '../support/another-api.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Reply, type Staff, signIn } from '../support/staff.ts';

let platform: Platform;
let another: Awaited<ReturnType<typeof startAnotherApi>>;
let agents: Staff[];
let hubs: Staff[];
let managers: Staff[];
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 5 });
  another = await startAnotherApi(platform);
  const atBoth = (role: 'agent' | 'hub' | 'manager') =>
    Promise.all([platform, another].map(({ url }) => signIn(url, role)));
  [agents, hubs, managers] = await Promise.all([atBoth('agent'), atBoth('hub'), atBoth('manager')]);
});
afterAll(async () => {
  await another.stop();
  await platform.stop();
});

const broughtIn = (action_type: string) => ({
  ...{ action_type, return_method: 'walk_in', service_reason: 'It stopped' },
  ...{ customer_phone: '01012345678', product_sku: 'BL-500' },
});
/** The same said by each of them, ten times at once. */
const tenTimes = (people: readonly Staff[], say: (who: Staff, nth: number) => Promise<Reply>) =>
  Promise.all(Array.from({ length: 10 }, (_, nth) => people.map((who) => say(who, nth))).flat());
const statusesOf = (replies: readonly Reply[]) => [...new Set(replies.map(({ status }) => status))];

test('one key that comes to two processes at once opens one case', async () => {
  const key = { 'idempotency-key': 'both at once' };
  const replies = await tenTimes(agents, (agent) =>
    agent.send('POST', '/service-actions', broughtIn('maintenance'), key),
  );
  expect(statusesOf(replies).toSorted()).toEqual([200, 201]);
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  const [row] = await platform.sql`select count(*)::int as n from service_actions`;
  expect(row?.n).toBe(1);
});

test('what comes to two processes at once is each answered, and each recorded once', async () => {
  const { action_id: id } = await (agents[0] as Staff).open(broughtIn('maintenance'));
  const replies = await tenTimes(agents, (agent, nth) =>
    agent.send('PUT', `/service-actions/${id}`, { priority: nth % 2 ? 'low' : 'high' }),
  );
  expect(statusesOf(replies)).toEqual([200]);
  const { events } = await (agents[1] as Staff).look(id);
  expect(events.filter(({ event }) => event === 'edited')).toHaveLength(replies.length);
});

test('of people who act at once in two processes one wins, and the others hear what changed', async () => {
  const { action_id: id } = await (agents[0] as Staff).open(broughtIn('return_refund'));
  const scans = await tenTimes(hubs, (hub) =>
    hub.send('POST', '/service-actions/hub-scan', { tracking_number: `HV-${id}` }),
  );
  expect(statusesOf(scans)).toEqual([200]);
  const first = scans.filter(({ data }) => (data as { scan: { first: boolean } }).scan.first);
  expect(first).toHaveLength(1);
  await (hubs[1] as Staff).act('/hub-inspection', findings(id, 'refund'));
  const refund = { amount: 749.5, method: 'instapay', reference: 'IP-1' };
  const paid = await tenTimes(managers, (manager) =>
    manager.send('POST', `/service-actions/${id}/refund`, { refund }),
  );
  expect(paid.filter(({ status }) => status === 200)).toHaveLength(1);
  const others = paid.filter(({ status }) => status !== 200);
  expect([...new Set(others.map(({ code }) => code))]).toEqual(['ACT_NOT_ALLOWED']);
  expect(others[0]?.error).toMatch(/completed/);
  const { events } = await (agents[0] as Staff).look(id);
  expect(events.filter(({ event }) => event === 'refund_paid')).toHaveLength(1);
});
