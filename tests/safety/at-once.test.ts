import { afterAll, beforeAll, expect, test } from 'vitest';
import { serviceCaseId } from '../../workflows/contract.ts';
import { findings } from '../care/lab.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Reply, type Staff, signInAll } from '../support/staff.ts';

let platform: Platform;
let agent: Staff;
let hub: Staff;
let manager: Staff;
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 5 });
  [agent, hub, manager] = await signInAll(platform.url, 'agent', 'hub', 'manager');
});
afterAll(() => platform.stop());

async function broughtIn(action_type = 'maintenance'): Promise<number> {
  const { action_id } = await agent.open({
    ...{ action_type, return_method: 'walk_in', service_reason: 'It stopped' },
    ...{ customer_phone: '01012345678', product_sku: 'BL-500' },
  });
  return action_id;
}

const edit = (id: number, nth: number) =>
  agent.send('PUT', `/service-actions/${id}`, { priority: nth % 2 ? 'low' : 'high' });
const cancel = (id: number) =>
  agent.send('DELETE', `/service-actions/${id}`, { reason: 'It works again' });
const odd = (replies: Reply[]) => replies.filter(({ status }) => ![200, 409].includes(status));

test('forty messages at once are each answered, and each is recorded once', async () => {
  const id = await broughtIn();
  const replies = await Promise.all(Array.from({ length: 40 }, (_, nth) => edit(id, nth)));
  expect(odd(replies)).toEqual([]);
  const { events } = await agent.look(id);
  expect(events.filter(({ event }) => event === 'edited')).toHaveLength(40);
});

test('what is said while a case closes is answered, by what it did or by a refusal', async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await broughtIn();
    const edits = Array.from({ length: 10 }, (_, nth) => edit(id, nth));
    const replies = await Promise.all([...edits, cancel(id), ...edits, cancel(id)]);
    expect(odd(replies)).toEqual([]);
    const { action_status, events } = await agent.look(id);
    expect(action_status).toBe('cancelled');
    const kinds = events.map(({ event }) => event);
    expect(kinds.filter((event) => event === 'cancelled')).toHaveLength(1);
    expect(kinds.at(-1)).toBe('cancelled');
  }
});

test('a refund that ten people press at once is paid once', async () => {
  const id = await broughtIn('return_refund');
  await hub.act('/hub-scan', { tracking_number: `HV-${id}` });
  await hub.act('/hub-inspection', findings(id, 'refund'));
  const refund = { amount: 749.5, method: 'instapay', reference: 'IP-1' };
  const pay = () => manager.send('POST', `/service-actions/${id}/refund`, { refund });
  const replies = await Promise.all(Array.from({ length: 10 }, pay));
  expect(odd(replies)).toEqual([]);
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  const { events, refund: paid } = await agent.look(id);
  expect(events.filter(({ event }) => event === 'refund_paid')).toHaveLength(1);
  expect(paid).toMatchObject({ amount: 749.5, status: 'paid' });
});

test('a case whose workflow somebody terminated goes on with the next message', async () => {
  const id = await broughtIn();
  await platform.temporal.workflow.getHandle(serviceCaseId(id)).terminate('by mistake');
  const replies = await Promise.all([
    hub.send('POST', '/service-actions/hub-scan', { tracking_number: `HV-${id}` }),
    ...Array.from({ length: 5 }, (_, nth) => edit(id, nth)),
  ]);
  expect(odd(replies)).toEqual([]);
  expect((await agent.look(id)).action_status).toBe('return_received');
});
