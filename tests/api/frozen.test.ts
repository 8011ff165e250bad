import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { connect, type Sql } from '../../db/client.ts';
import { demoPassword } from '../../dev/demo-data.ts';
import { type Line, startLine } from '../support/line.ts';
import { until } from '../support/until.ts';
import { type Api, type Requester, requester, startApi, webhookSecret } from './support.ts';

let api: Api;
/** Shorter than the silence after which a connection is given up. */
const answerTimeoutMs = 3_000;
/** Between the API and Postgres. */
let line: Line;
let sql: Sql;
let app: FastifyInstance;
let anybody: Requester;
let agent: Requester;
beforeAll(async () => {
  api = await startApi();
  const { token } = await signedIn(api.anybody);
  const url = new URL(api.url);
  line = await startLine(Number(url.port));
  url.port = String(line.port);
  sql = connect(url.href, { patience: 'answer' });
  const settings = { ...api.settings, answerTimeoutMs };
  app = await buildApp({ sql, settings, temporal: api.temporal.client });
  anybody = requester(app, { 'x-hvar-webhook-secret': webhookSecret });
  agent = requester(app, { authorization: `Bearer ${token}` });
});
afterEach(() => line.goOn());
afterAll(async () => {
  await app.close();
  await sql.end({ timeout: 1 });
  await line.stop();
  await api.stop();
});

const credentials = { email: 'agent@hvar.local', password: demoPassword };
const signedIn = async (send: Requester) =>
  (await send('POST', '/api/auth/login', credentials)).data as { token: string };

/** How long something took, in seconds, and what came of it. */
async function timed<T>(work: Promise<T>): Promise<{ seconds: number; answer: T }> {
  const started = Date.now();
  const answer = await work;
  return { seconds: (Date.now() - started) / 1_000, answer };
}

/** Everything that somebody may ask, by more people at once than the API has connections. */
const askAll = () =>
  Promise.all(
    Array.from({ length: 8 }, (_, nth) => [
      timed(agent('GET', '/api/customers/01012345678')),
      timed(agent('GET', `/api/service-actions/${nth}`)),
      timed(agent('GET', '/api/orders?limit=1')),
      timed(anybody('POST', '/api/webhooks/bosta', { trackingNumber: String(nth), state: 45 })),
    ]).flat(),
  );

test.each(['freeze', 'cut'] as const)(
  'while the database stands still (%s) everybody is answered in time, and goes on when it does',
  async (stop) => {
    expect((await agent('GET', '/api/orders')).status).toBe(200);
    line[stop]();
    const asking = askAll();
    await until('the status to say so', async () => {
      const { details } = await anybody('GET', '/api/status');
      return details?.database === false;
    });
    for (let look = 0; look < 3; look++) {
      const { seconds, answer } = await timed(anybody('GET', '/api/status'));
      expect(answer).toMatchObject({
        status: 503,
        code: 'NOT_READY',
        details: { database: false },
      });
      expect(seconds).toBeLessThan(3);
    }
    for (const { seconds, answer } of await asking) {
      expect(answer).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
      expect(seconds).toBeLessThan(5);
    }
    // Who comes later too.
    const { seconds, answer } = await timed(agent('GET', '/api/orders'));
    expect(answer).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect(seconds).toBeLessThan(5);

    line.goOn();
    await until('the API to answer', async () => {
      const replies = (await askAll()).map((asked) => asked.answer.status);
      return replies.every((status) => status === 200 || status === 404);
    });
    const { details } = await anybody('GET', '/api/status');
    expect(details).toMatchObject({ database: true });
  },
  90_000,
);
