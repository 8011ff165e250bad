import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchUpCases, recoverCases } from '../../activities/recovery.ts';
import { buildApp } from '../../api/app.ts';
import { checkMessages } from '../../db/check-messages.ts';
import { openSession } from '../../db/sessions.ts';
import { accountOf } from '../../db/users.ts';
import { freePorts } from '../../dev/ports.ts';
import { requester } from '../api/support.ts';
import { cases, viewed } from '../api/team.ts';
import { startUnattendedApi, type UnattendedApi } from '../api/unattended.ts';
import { until } from '../support/until.ts';
import { loseWorkflow } from './lab.ts';

const forget = { prefer: 'respond-async' };
const findings = {
  ...{ product_condition: 'good', functionality_test_result: 'working', quality_score: 8 },
  recommended_action: 'maintenance',
};

let api: UnattendedApi;
beforeAll(async () => {
  api = await startUnattendedApi();
});
afterAll(() => api.stop());

/** A case whose customer brings the product, and whose worker has gone since. */
async function openedCase(): Promise<number> {
  const workers = await api.startWorkers();
  const agent = await api.as('agent');
  const opening = {
    ...{ action_type: 'maintenance', return_method: 'walk_in', service_reason: 'It stopped' },
    ...{ customer_phone: '01012345678', product_sku: 'BL-500' },
  };
  const opened = await agent('POST', cases, opening, { 'idempotency-key': randomUUID() });
  await workers.stop();
  return viewed.parse(opened.data).action_id;
}

/** Sends requests as the hub to an API that does not reach Temporal. */
async function whileTemporalIsAway(ask: (send: ReturnType<typeof requester>) => Promise<void>) {
  const [port = 0] = await freePorts(1);
  const connection = Connection.lazy({ address: `127.0.0.1:${port}` });
  const { sql, settings } = api;
  const deps = { sql, settings: { ...settings, engineTimeoutMs: 500 } };
  const app = await buildApp({ ...deps, temporal: new Client({ connection }) });
  const account = await accountOf(sql, 'hub@hvar.local');
  const { token } = await openSession(sql, account?.user_id ?? 0);
  await ask(requester(app, { authorization: `Bearer ${token}` })).finally(() => app.close());
  await connection.close();
}

async function becomes(id: number, status: string): Promise<void> {
  const agent = await api.as('agent');
  await until(`case ${id} to be ${status}`, async () => {
    const { data } = await agent('GET', `${cases}/${id}`);
    return viewed.parse(data).action_status === status;
  });
}

const deps = () => ({ sql: api.sql, temporal: api.temporal.client });

test('what a device says while Temporal is away is taken, and heard in its order', async () => {
  const id = await openedCase();
  await whileTemporalIsAway(async (hub) => {
    const scan = { tracking_number: `HV-${id}` };
    expect((await hub('POST', `${cases}/hub-scan`, scan, forget)).status).toBe(202);
  });
  await api.sql`update posted_messages set posted_at = now() - interval '1 hour'`;
  const notTold = expect.stringMatching(/^was not told of hub_scan/);
  expect(await checkMessages(api.sql)).toMatchObject([{ action_id: id, problem: notTold }]);
  const hub = await api.as('hub');
  await hub('POST', `${cases}/hub-inspection`, { action_id: id, ...findings }, forget);
  const workers = await api.startWorkers();
  await becomes(id, 'hub_confirmed');
  expect(await checkMessages(api.sql)).toEqual([]);
  await workers.stop();
});

test('and before what somebody says to its case who waits', async () => {
  const id = await openedCase();
  await whileTemporalIsAway(async (hub) => {
    await hub('POST', `${cases}/hub-scan`, { tracking_number: `HV-${id}` }, forget);
  });
  const [workers, hub] = await Promise.all([api.startWorkers(), api.as('hub')]);
  const inspected = await hub('POST', `${cases}/hub-inspection`, { action_id: id, ...findings });
  expect(inspected).toMatchObject({ status: 200, data: { action_status: 'hub_confirmed' } });
  await workers.stop();
});

test('and though nobody says anything more to its case', async () => {
  const id = await openedCase();
  await whileTemporalIsAway(async (hub) => {
    await hub('POST', `${cases}/hub-scan`, { tracking_number: `HV-${id}` }, forget);
  });
  const workers = await api.startWorkers();
  await catchUpCases(deps());
  await becomes(id, 'return_received');
  await workers.stop();
});

test('what a device said, and Temporal lost before it was heard, a recovery tells again', async () => {
  const id = await openedCase();
  const hub = await api.as('hub');
  const scan = { tracking_number: `HV-${id}` };
  expect((await hub('POST', `${cases}/hub-scan`, scan, forget)).status).toBe(202);
  await loseWorkflow(api.temporal.client, id);
  const workers = await api.startWorkers();
  await until('Temporal to have lost it', async () => (await recoverCases(deps())).opened > 0);
  await becomes(id, 'return_received');
  await workers.stop();
});
