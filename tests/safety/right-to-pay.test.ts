import { afterAll, beforeAll, expect, test } from 'vitest';
import { serviceCaseId, signals } from '../../workflows/contract.ts';
import { startUnattendedApi, type UnattendedApi } from '../api/unattended.ts';
import { findings } from '../care/lab.ts';

let api: UnattendedApi;
beforeAll(async () => {
  api = await startUnattendedApi();
});
afterAll(() => api.stop());

/** A refund that waits for its review. */
async function doubtfulRefund(): Promise<number> {
  const [agent, hub] = await Promise.all([api.as('agent'), api.as('hub')]);
  const opening = {
    ...{ action_type: 'return_refund', return_method: 'walk_in', service_reason: 'Too loud' },
    ...{ customer_phone: '01012345678', product_sku: 'BL-500' },
  };
  const at = '/api/service-actions';
  const { data } = await agent('POST', at, opening, { 'idempotency-key': 'one' });
  const { action_id: id } = data as { action_id: number };
  await hub('POST', `${at}/hub-scan`, { tracking_number: `HV-${id}` });
  const doubtful = { ...findings(id, 'refund'), quality_score: 2 };
  expect(await hub('POST', `${at}/hub-inspection`, doubtful)).toMatchObject({
    data: { action_status: 'awaiting_review' },
  });
  return id;
}

test('whoever may not pay a refund pays none that is approved while his request is on its way', async () => {
  const before = await api.startWorkers();
  const id = await doubtfulRefund();
  await before.stop();
  const technician = await api.as('technician');
  const handle = api.temporal.client.workflow.getHandle(serviceCaseId(id));
  await handle.signal(signals.team_leader_decision, { decision: 'approved' });
  const refund = { amount: 500, method: 'wallet', reference: 'W-1' };
  const asked = technician('POST', `/api/service-actions/${id}/execute`, { refund });
  const workers = await api.startWorkers();
  expect(await asked).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect(await api.sql`select status from refunds where status = 'paid'`).toEqual([]);
  await workers.stop();
}, 60_000);
