import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { standingOf } from '../../activities/check-workflows.ts';
import { recoverCases } from '../../activities/recovery.ts';
import { tellOfStock } from '../../activities/stock-news.ts';
import { serviceCaseId } from '../../workflows/contract.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Staff, signIn } from '../support/staff.ts';
import { until } from '../support/until.ts';
import { findings, loseWorkflow, openCase } from './lab.ts';

let platform: Platform;
let agent: Staff;
let hub: Staff;
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 20 });
  [agent, hub] = await Promise.all([signIn(platform.url, 'agent'), signIn(platform.url, 'hub')]);
});
afterAll(() => platform.stop());

/** Leaves so many sound blenders at the hub. */
async function leave(quantity: number): Promise<void> {
  await platform.sql`
    insert into stock_movements (sku, hub_id, grade, quantity, movement_type, reason, effect_key)
    select sku, hub_id, grade, ${quantity} - quantity, 'adjustment', 'counted', gen_random_uuid()
    from stock_balances where sku = 'BL-500' and hub_id = 1 and grade = 'sound'`;
}

const details = z.object({ currentDetails: z.string() });

/** What the Temporal Web UI says of a case. */
async function detailsOf(id: number): Promise<string> {
  const handle = platform.temporal.workflow.getHandle(serviceCaseId(id));
  return details.parse(await handle.query('__temporal_workflow_metadata')).currentDetails;
}

async function isFoundBy(id: number, who: string): Promise<boolean> {
  const query = `WorkflowId = '${serviceCaseId(id)}' and WaitingFor = '${who}'`;
  return (await platform.temporal.workflow.count(query)).count === 1;
}

test('the Temporal Web UI tells that a case waits for stock, and that it does no more once there is some', async () => {
  await leave(0);
  const { action_id: id } = await openCase(agent, 'replace_full');
  const { return_tracking_number } = await agent.whenIn(id, 'return_ordered');
  await hub.act('/hub-scan', { tracking_number: return_tracking_number });
  await hub.act('/hub-inspection', findings(id, 'replace_full'));

  await until('it to be found among those that wait for stock', () => isFoundBy(id, 'stock'));
  expect(await detailsOf(id)).toMatch(/in stock at the hub since .+توفر المنتج البديل/s);
  expect(await tellOfStock(platform)).toBe(0);

  await leave(1);
  expect(await tellOfStock(platform)).toBe(1);
  await until('its technician to be waited for', () => isFoundBy(id, 'technician'));
  expect(await detailsOf(id)).toMatch(/Waiting for the technician since/);
  expect(await tellOfStock(platform)).toBe(0);

  await leave(0);
  expect(await tellOfStock(platform)).toBe(1);
  await until('stock to be waited for again', () => isFoundBy(id, 'stock'));
});

test('a case that is opened again from its record waits for stock as before', async () => {
  const { temporal } = platform;
  const { action_id: id } = await openCase(agent, 'replace_full');
  const { return_tracking_number } = await agent.whenIn(id, 'return_ordered');
  await hub.act('/hub-scan', { tracking_number: return_tracking_number });
  await hub.act('/hub-inspection', findings(id, 'replace_full'));
  await loseWorkflow(temporal, id);
  await until('it to be gone', async () => !(await standingOf(temporal, id)));

  await recoverCases(platform);
  await until('stock to be waited for again', () => isFoundBy(id, 'stock'));
});
