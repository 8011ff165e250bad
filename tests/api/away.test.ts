import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { isAttended } from '../../api/attended.ts';
import type { Deps } from '../../api/deps.ts';
import { connect } from '../../db/client.ts';
import { freePorts } from '../../dev/ports.ts';
import { type Api, type Requester, requester, startApi, webhookSecret } from './support.ts';

let api: Api;
let nowhere: number;
beforeAll(async () => {
  [api, [nowhere = 0]] = await Promise.all([startApi(), freePorts(1)]);
});
afterAll(() => api.stop());

async function whileAway(deps: Partial<Deps>, ask: (send: Requester) => Promise<void>) {
  const { sql, settings, temporal } = api;
  const app = await buildApp({ sql, settings, temporal: temporal.client, ...deps });
  await ask(requester(app, { 'x-hvar-webhook-secret': webhookSecret })).finally(() => app.close());
}

test('without the database every answer is 503, and says no more than that', async () => {
  const sql = connect(`postgres://nobody@127.0.0.1:${nowhere}/nothing`);
  await whileAway({ sql }, async (send) => {
    const body = { email: 'agent@hvar.local', password: 'x' };
    const reply = await send('POST', '/api/auth/login', body);
    expect(reply).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect(reply.text).not.toContain('ECONNREFUSED');
    expect(await send('GET', '/api/status')).toMatchObject({
      ...{ status: 503, code: 'NOT_READY', details: { database: false } },
    });
  });
  await sql.end();
});

test('without Temporal a callback is stored and answered', async () => {
  const connection = Connection.lazy({ address: `127.0.0.1:${nowhere}` });
  await whileAway({ temporal: new Client({ connection }) }, async (send) => {
    const reply = await send('POST', '/api/webhooks/bosta', { trackingNumber: '8001', state: 45 });
    expect(reply.status).toBe(200);
  });
  await connection.close();
  const stored =
    await api.sql`select processed_at from bosta_callbacks where tracking_number = '8001'`;
  expect(stored).toEqual([{ processed_at: null }]);
});

test('without a worker the status says so', async () => {
  expect(await api.anybody('GET', '/api/status')).toMatchObject({
    ...{ status: 503, code: 'NOT_READY', details: { database: true, worker: false } },
  });
});

test('workers of another build than the current one count as none: they get no work', async () => {
  const { client } = api.temporal;
  const { namespace } = client.options;
  const taskQueue = { name: `builds-${Date.now()}` };
  const queue = await client.workflowService.describeTaskQueue({ namespace, taskQueue });
  const now = Date.now();
  const asked = (workerVersioningMode: number, buildId: string, secondsAgo = 1) => {
    const lastAccessTime = { seconds: Math.round(now / 1000) - secondsAgo };
    return { lastAccessTime, deploymentOptions: { workerVersioningMode, buildId } };
  };
  const isWorking = (current: string | null, ...pollers: object[]) =>
    isAttended(
      Object.assign(queue, {
        pollers,
        versioningInfo: { currentDeploymentVersion: current && { buildId: current } },
      }),
      now,
    );
  expect(isWorking('v2', asked(2, 'v1'))).toBe(false);
  expect(isWorking('v2', asked(2, 'v1'), asked(2, 'v2'))).toBe(true);
  expect(isWorking('v2', asked(2, 'v1'), asked(2, 'v2', 100))).toBe(false);
  expect(isWorking(null, asked(1, 'v1'))).toBe(true);
  expect(isWorking(null, asked(2, 'v1'))).toBe(false);
});
