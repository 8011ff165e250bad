import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { startApi } from '../api/support.ts';
import { startCourier } from '../support/stand-in.ts';
import { startWorkers } from '../support/workers.ts';

const engineTimeoutMs = 1_500;
let api: Awaited<ReturnType<typeof startApi>>;
let bosta: Awaited<ReturnType<typeof startCourier>>;
beforeAll(async () => {
  [api, bosta] = await Promise.all([
    startApi({ engineTimeoutMs }),
    startCourier({ deliveries: 0 }),
  ]);
});
afterAll(async () => {
  await Promise.all([api.stop(), bosta.stop()]);
});

/** An open case, whose worker has gone. */
async function caseWithoutWorker(): Promise<string> {
  const { sql, temporal } = api;
  const { client, nativeConnection: connection } = temporal;
  await registerSearchAttributes(client);
  const workers = await startWorkers({ client, connection, sql, bosta: bosta.client });
  const agent = await api.as('agent');
  const opening = {
    ...{ action_type: 'maintenance', return_method: 'walk_in', service_reason: 'It stopped' },
    ...{ customer_phone: '01012345678', product_sku: 'BL-500' },
  };
  const opened = await agent('POST', '/api/service-actions', opening, { 'idempotency-key': 'one' });
  expect(opened.status).toBe(201);
  await workers.stop();
  return `/api/service-actions/${(opened.data as { action_id: number }).action_id}`;
}

test('while no worker answers, all who say something to one case at once hear so in the time that one waits', async () => {
  const [agent, path] = await Promise.all([api.as('agent'), caseWithoutWorker()]);
  const began = Date.now();
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => agent('PUT', path, { priority: 'high' })),
  );
  expect(replies.map(({ code }) => code)).toEqual(replies.map(() => 'CASE_ENGINE_UNAVAILABLE'));
  expect(Date.now() - began).toBeLessThan(3 * engineTimeoutMs);
});
