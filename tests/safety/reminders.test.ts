import { afterAll, beforeAll, expect, test } from 'vitest';
import { updates } from '../../workflows/contract.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { findings } from '../support/cases.ts';
import { until } from '../support/until.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab();
});
afterAll(() => lab.stop());

test('a case that waits for stock reminds of the stock, not of its technician', async () => {
  await lab.sql`insert into stock_movements (sku, hub_id, grade, quantity, movement_type, reason, effect_key)
    select sku, hub_id, grade, -quantity, 'adjustment', 'for the test', gen_random_uuid()
    from stock_balances where sku = 'BL-500' and hub_id = 1 and grade = 'sound' and quantity > 0`;
  const aCase = await lab.open({
    ...{ action_type: 'replace_full', product_sku: 'BL-500', return_method: 'walk_in' },
  });
  const { handle, actionId } = aCase;
  await handle.executeUpdate(updates.hub_scan, { args: [{ tracking_number: `HV-${actionId}` }] });
  const found = { ...findings, recommended_action: 'replace_full' } as const;
  await handle.executeUpdate(updates.hub_inspection, { args: [found] });
  await lab.sleep('49 hours');
  const reminders = () => lab.sql<{ data: unknown }[]>`
    select data from events where action_id = ${actionId} and event = 'reminded'`;
  await until('the reminder', async () => (await reminders()).length > 0);
  expect((await reminders()).map(({ data }) => data)).toEqual([
    { what: 'stock', who: 'stock', deputy: 'manager', reminders: 1 },
  ]);
});
