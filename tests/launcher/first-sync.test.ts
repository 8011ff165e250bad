import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginSync, endSync, recordProgress } from '../../db/sync-runs.ts';
import { partEnvironment } from '../../dev/environment.ts';
import { firstSync } from '../../dev/first-sync.ts';
import { apiPart } from '../../dev/parts.ts';
import { loadSettings } from '../../dev/settings.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const secrets = {
  postgres_password: 'password',
  bosta_api_key: 'a-key-that-is-long-enough-for-bosta',
  bosta_webhook_secret: 'a-secret-of-its-own-long-enough',
};

/** Whether the launcher takes the API for started where its status answers this. */
async function isStarted(code: number, answer: object): Promise<boolean> {
  const server = createServer((_, response) => {
    response.writeHead(code).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const settings = loadSettings({ PORT: String(port) });
  try {
    return await apiPart(settings, partEnvironment({}, settings, secrets)).ready();
  } finally {
    server.close();
  }
}

test('a first sync that goes on does not keep the API from being started, a missing worker does', async () => {
  const seen = { database: true, worker: true, first_sync: false };
  expect(await isStarted(503, { details: seen })).toBe(true);
  expect(await isStarted(503, { details: { ...seen, worker: false } })).toBe(false);
  expect(await isStarted(200, { data: { ...seen, first_sync: true } })).toBe(true);
});

test('the first sync is waited for to its end, and how far it is is told', async () => {
  const { sql, url } = database;
  const run = { workflow_id: 'bosta-sync', run_id: 'first', is_full: true };
  const { sync_run_id } = await beginSync(sql, run, new Date());
  let read = 0;
  const waiting = firstSync(url, (so_far) => {
    read = so_far;
  });
  await recordProgress(sql, sync_run_id, { pages: 2, read: 400, changed: 400, failed: 0 });
  await until('the progress to be told', async () => read === 400);
  await endSync(sql, sync_run_id, { watermark: new Date(), error: null });
  await waiting;
});
