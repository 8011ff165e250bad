import { afterAll, beforeAll, expect, test } from 'vitest';
import { findings, openCase } from '../care/lab.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Staff, signInAll } from '../support/staff.ts';
import { until } from '../support/until.ts';

let platform: Platform;
let agent: Staff;
let hub: Staff;
let technician: Staff;
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 20 });
  [agent, hub, technician] = await signInAll(platform.url, 'agent', 'hub', 'technician');
});
afterAll(() => platform.stop());

/** A case whose product is served, and on its way to the customer; gives the number of the delivery. */
async function onItsWay(action_type: string, service: object): Promise<[number, string]> {
  const { action_id: id } = await openCase(agent, action_type);
  const { return_tracking_number } = await agent.whenIn(id, 'return_ordered');
  await hub.act('/hub-scan', { tracking_number: return_tracking_number });
  await hub.act('/hub-inspection', findings(id, action_type));
  await technician.act(`/${id}/execute`, service);
  const { delivery_tracking_number } = await agent.whenIn(id, 'shipping_back');
  return [id, delivery_tracking_number ?? ''];
}

async function lose(id: number, number: string): Promise<void> {
  await platform.bosta.move(number, 100);
  await until('its agent to be asked', async () => {
    const { waiting_for } = await agent.look(id);
    return waiting_for?.what === 'delivery_decision';
  });
}

const scan = (tracking_number: string) =>
  hub.send('POST', '/service-actions/hub-scan', { tracking_number });

test('a replacement that was lost and is found, when another was sent, stands in the story of its case, and the hub hears what it is', async () => {
  const [id, first] = await onItsWay('replace_full', { product_sku: 'BL-500' });
  await lose(id, first);
  await agent.act(`/${id}/delivery-decision`, { decision: 'resend' });
  const second = await until('another one to be sent', async () => {
    const { delivery_tracking_number } = await agent.look(id);
    return delivery_tracking_number === first ? undefined : (delivery_tracking_number ?? undefined);
  });

  await platform.bosta.move(first, 46);
  const told = await until('the case to hear of it', async () => {
    const { events, ...aCase } = await agent.look(id);
    return events.some(({ event }) => event === 'lost_and_found') && aCase;
  });
  expect(told).toMatchObject({ notices: [{ code: 'LOST_AND_FOUND' }] });
  const expected = {
    ...{ status: 404, code: 'PARCEL_UNEXPECTED' },
    error: expect.stringMatching(`^${first} is what HV-${id} .+ it is for the stock`),
  };
  expect(await scan(first)).toMatchObject(expected);
  expect(await scan(second)).toMatchObject({ status: 200, data: { scan: { first: false } } });

  await platform.bosta.move(second, 45);
  await agent.whenIn(id, 'completed');
  expect(await scan(first)).toMatchObject(expected);
  expect(
    await platform.sql`select confirmation_status from hub_confirmation_workflow
    where action_id is null and return_tracking_number = ${first}`,
  ).toHaveLength(1);
});

test("a customer's product that comes to the hub after its case took it for lost is no old scan", async () => {
  const [id, number] = await onItsWay('maintenance', { outcome: 'repaired' });
  await lose(id, number);
  await agent.act(`/${id}/delivery-decision`, { decision: 'close' });
  expect(await scan(number)).toMatchObject({
    ...{ status: 404, code: 'PARCEL_UNEXPECTED' },
    error: expect.stringContaining('open a case for it'),
  });
});
