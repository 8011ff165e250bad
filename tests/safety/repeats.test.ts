import { afterAll, beforeAll, expect, test } from 'vitest';
import { courierReport, signals, updates } from '../../workflows/contract.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { standing, standings } from '../support/case-states.ts';
import { findings } from '../support/cases.ts';
import { until } from '../support/until.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab();
});
afterAll(() => lab.stop());

type OpenCase = Awaited<ReturnType<CaseLab['open']>>;
const count = async (aCase: OpenCase, wanted: string) =>
  (await aCase.events()).filter((event) => event === wanted).length;

/** What a hub does once, each with its id, as a device would repeat it. */
async function scanAndInspect(aCase: OpenCase) {
  const { pickup } = await aCase.whenIn('return_ordered');
  const scan = { tracking_number: pickup?.tracking_number ?? '', message_id: 'scan' };
  const inspection = { ...findings, message_id: 'inspection' };
  const say = async () => [
    await aCase.handle.executeUpdate(updates.hub_scan, { args: [scan] }),
    await aCase.handle.executeUpdate(updates.hub_inspection, { args: [inspection] }),
  ];
  return { scan, inspection, say };
}

/** Brings the case into another run of its workflow, as a long history does. */
async function intoAnotherRun(aCase: OpenCase): Promise<void> {
  const runOf = async () => (await aCase.handle.describe()).runId;
  const before = await runOf();
  const filling = { tracking_number: 'none', state_code: 10, state_at: '2026-01-01T00:00:00Z' };
  for (let nth = 0; nth < 12; nth += 1) {
    const report = { ...filling, message_id: `filling ${nth}`, padding: 'x'.repeat(500_000) };
    await aCase.handle.signal(courierReport, report);
  }
  await until('another run', async () => (await runOf()) !== before, 30);
}

test('a history that has grown long goes on in another run, where the same messages are still the same', async () => {
  const aCase = await lab.open();
  const { scan, inspection, say } = await scanAndInspect(aCase);
  const first = await say();
  await intoAnotherRun(aCase);
  const [, repeated] = await say();
  expect(repeated).toEqual(first[1]);
  await aCase.handle.signal(signals.hub_scan, scan);
  await aCase.handle.signal(signals.hub_inspection, inspection);
  await aCase.handle.executeUpdate(updates.assign, { args: [{ technician: 6, by: 6 }] });
  expect(await aCase.events()).toEqual([
    ...['opened', 'pickup_ordered', 'scanned', 'inspected', 'assigned'],
  ]);
  expect((await aCase.look()).status).toBe('in_progress');
});

test('what was changed since stays changed when an older message comes once more', async () => {
  const aCase = await lab.open();
  await aCase.whenIn('return_ordered');
  const urgent = { priority: 'urgent', message_id: 'urgent' } as const;
  const first = await aCase.handle.executeUpdate(updates.edit, { args: [urgent] });
  await aCase.handle.executeUpdate(updates.edit, { args: [{ priority: 'low' }] });
  await intoAnotherRun(aCase);
  expect(await aCase.handle.executeUpdate(updates.edit, { args: [urgent] })).toEqual(first);
  expect((await aCase.look()).priority).toBe('low');
});

test('a case that waits for stock says so in another run too', async () => {
  await lab.sql`insert into stock_movements (sku, hub_id, grade, quantity, movement_type, reason, effect_key)
    select sku, hub_id, grade, -quantity, 'adjustment', 'counted', 'none is left'
    from stock_balances where sku = 'BL-500' and hub_id = 1 and grade = 'sound'`;
  const aCase = await lab.open({
    ...{ action_type: 'replace_full', product_sku: 'BL-500', return_method: 'walk_in' },
  });
  const scan = { tracking_number: `HV-${aCase.actionId}` };
  await aCase.handle.executeUpdate(updates.hub_scan, { args: [scan] });
  const inspection = { ...findings, recommended_action: 'replace_full' } as const;
  await aCase.handle.executeUpdate(updates.hub_inspection, { args: [inspection] });
  await aCase.whenItWaitsFor('stock');
  await intoAnotherRun(aCase);
  expect((await aCase.look()).waiting_for?.what).toBe('stock');
});

test('reminders go on in another run, and a wait of half a year stays a short history', async () => {
  const doubtful = standings.find(({ name }) => name === 'awaiting_review')?.way ?? [];
  const aCase = await lab.open({}, (fresh) => standing(fresh, doubtful));
  await lab.sleep('10 hours');
  await intoAnotherRun(aCase);
  await lab.sleep('180 days');
  const told = (await count(aCase, 'reminded')) + (await count(aCase, 'escalated'));
  expect(told).toBeGreaterThan(25);
  expect(told).toBeLessThan(40);
  expect((await aCase.handle.describe()).historyLength).toBeLessThan(600);
});
