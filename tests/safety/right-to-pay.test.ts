import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { serviceCaseId, signals } from '../../workflows/contract.ts';
import { type Api, startApi } from '../api/support.ts';
import { findings } from '../care/lab.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { startWorkers } from '../support/workers.ts';

let api: Api;
let bosta: Courier;
beforeAll(async () => {
  [api, bosta] = await Promise.all([startApi(), startCourier({ deliveries: 0 })]);
  await registerSearchAttributes(api.temporal.client);
});
afterAll(async () => {
  await Promise.all([api.stop(), bosta.stop()]);
});

function ourWorkers() {
  const { client, nativeConnection: connection } = api.temporal;
  return startWorkers({ client, connection, sql: api.sql, bosta: bosta.client });
}

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
  const before = await ourWorkers();
  const id = await doubtfulRefund();
  await before.stop();
  const technician = await api.as('technician');
  const handle = api.temporal.client.workflow.getHandle(serviceCaseId(id));
  await handle.signal(signals.team_leader_decision, { decision: 'approved' });
  const refund = { amount: 500, method: 'wallet', reference: 'W-1' };
  const asked = technician('POST', `/api/service-actions/${id}/execute`, { refund });
  const workers = await ourWorkers();
  expect(await asked).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect(await api.sql`select status from refunds where status = 'paid'`).toEqual([]);
  await workers.stop();
}, 60_000);
