import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, viewed } from '../api/team.ts';
import { startUnattendedApi, type UnattendedApi } from '../api/unattended.ts';
import { until } from '../support/until.ts';

let api: UnattendedApi;
beforeAll(async () => {
  api = await startUnattendedApi();
});
afterAll(() => api.stop());

/** A case whose product has just been scanned, and whose worker has gone since. */
async function scannedCase(): Promise<number> {
  const workers = await api.startWorkers();
  const [agent, hub] = await Promise.all([api.as('agent'), api.as('hub')]);
  const opening = {
    ...{ action_type: 'maintenance', return_method: 'walk_in', service_reason: 'It stopped' },
    ...{ customer_phone: '01012345678', product_sku: 'BL-500' },
  };
  const opened = await agent('POST', cases, opening, { 'idempotency-key': 'one' });
  const { action_id } = viewed.parse(opened.data);
  await hub('POST', `${cases}/hub-scan`, { tracking_number: `HV-${action_id}` });
  await workers.stop();
  return action_id;
}

test('what a draft says in words stays, though the inspection ends before the draft is heard', async () => {
  const [action_id, hub] = await Promise.all([scannedCase(), api.as('hub')]);
  const sent = (findings: object) =>
    hub('POST', `${cases}/hub-inspection`, { action_id, ...findings }, { prefer: 'respond-async' });
  const words = {
    visible_damage: ['cracked base'],
    missing_parts: ['lid'],
    notes: 'Smells of smoke',
  };
  await sent({ draft: true, ...words });
  await sent({ draft: true, missing_parts: [] });
  await sent({
    ...{ product_condition: 'fair', functionality_test_result: 'not_working' },
    ...{ quality_score: 6, recommended_action: 'maintenance' },
  });
  const workers = await api.startWorkers();
  const inspected = await until('the inspection to end', async () => {
    const { data } = await hub('GET', `${cases}/${action_id}`);
    const { action_status, inspection } = viewed.parse(data);
    return action_status === 'hub_confirmed' && inspection;
  });
  expect(inspected).toMatchObject({ version: 3, ...words, missing_parts: [] });
  await workers.stop();
});
