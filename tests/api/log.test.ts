import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { createLog } from '../../api/log.ts';
import { connect } from '../../db/client.ts';
import { openSession } from '../../db/sessions.ts';
import { demoPassword } from '../../dev/demo-data.ts';
import { until } from '../support/until.ts';
import { type Api, requester, startApi } from './support.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** Where the lines of a log go. */
function lineSink() {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, sink };
}

test('no personal data, no credentials and no query are in the logs', async () => {
  const { lines, sink } = lineSink();
  const { sql, settings, temporal } = api;
  const app = await buildApp(
    { sql, settings, temporal: temporal.client },
    createLog('trace', sink),
  );
  const { token } = await openSession(sql, 1);
  const send = requester(app, { authorization: `Bearer ${token}` });
  const body = { email: 'agent@hvar.local', password: demoPassword };
  await send('POST', '/api/auth/login', body);
  await send('GET', '/api/customers/01012345678');
  await send('GET', '/api/nothing-here/01012345678');
  await send('GET', '/api/orders?city=Zagazig&nobody_knows=01012345678');
  await sql`alter table customers rename to customers_away`;
  expect((await send('GET', '/api/customers/01012345678')).status).toBe(500);
  await app.close();

  const log = lines.join('');
  expect(log).toContain('/api/customers/:phone');
  expect(log).toContain('42P01');
  for (const secret of [
    '1012345678',
    'agent@',
    demoPassword,
    token,
    'Zagazig',
    'customers where',
  ]) {
    expect(log).not.toContain(secret);
  }
});

test('an answer that comes when its request has been answered for it is logged without the path', async () => {
  const { lines, sink } = lineSink();
  const sql = connect(api.url, { patience: 'command' });
  const app = await buildApp(
    { sql, settings: { ...api.settings, answerTimeoutMs: 500 }, temporal: api.temporal.client },
    createLog('info', sink),
  );
  const { token } = await openSession(sql, 1);
  const send = requester(app, { authorization: `Bearer ${token}` });
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`lock table orders`;
  const late = await send('GET', '/api/orders?phone=01012345678');
  expect(late).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
  await holder`commit`;
  holder.release();
  await until('the late answer', async () => lines.join('').includes('FST_ERR_REP_ALREADY_SENT'));
  expect(lines.join('')).not.toContain('1012345678');
  await app.close();
  await sql.end();
});
