import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { demoPassword } from '../../dev/demo-data.ts';
import { type Api, startApi } from './support.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const login = (email: string, password: string) =>
  api.anybody('POST', '/api/auth/login', { email, password });
const session = z.object({ token: z.string(), expires_at: z.iso.datetime() });
const withToken = (token: string) => ({ authorization: `Bearer ${token}` });

test('who signs in gets a token, which says who that is until they sign out', async () => {
  const { status, data } = await login('Leader@HVAR.local', demoPassword);
  expect(status).toBe(200);
  expect(data).toMatchObject({ user: { email: 'leader@hvar.local', role: 'leader' } });
  const { token, expires_at } = session.parse(data);
  expect(Date.parse(expires_at)).toBeGreaterThan(Date.now() + 11 * 3_600_000);

  const me = await api.anybody('GET', '/api/auth/me', undefined, withToken(token));
  expect(me.data).toMatchObject({ role: 'leader' });
  await api.anybody('POST', '/api/auth/logout', undefined, withToken(token));
  const after = await api.anybody('GET', '/api/auth/me', undefined, withToken(token));
  expect(after).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
});

test('the database keeps no token that could sign anybody in', async () => {
  const { data } = await login('agent@hvar.local', demoPassword);
  const { token } = session.parse(data);
  const rows = await api.sql`select encode(token_hash, 'escape') as stored from sessions`;
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('a wrong password and an unknown e-mail get the same answer', async () => {
  const wrong = await login('agent@hvar.local', 'guessed');
  const unknown = await login('nobody@hvar.local', 'guessed');
  expect(wrong).toMatchObject({ status: 401, code: 'CREDENTIALS_WRONG' });
  expect(unknown.error).toBe(wrong.error);
});

test('an account that is closed signs nobody in, and its tokens end', async () => {
  const { data } = await login('technician@hvar.local', demoPassword);
  const { token } = session.parse(data);
  await api.sql`update users set is_active = false where email = 'technician@hvar.local'`;
  expect((await login('technician@hvar.local', demoPassword)).status).toBe(401);
  const me = await api.anybody('GET', '/api/auth/me', undefined, withToken(token));
  expect(me.status).toBe(401);
  await api.sql`update users set is_active = true where email = 'technician@hvar.local'`;
});

test('guessing is slowed down, for one account from one address', async () => {
  const guesses = await Promise.all(
    Array.from({ length: 31 }, (_, i) => login('manager@hvar.local', `guess ${i}`)),
  );
  expect(guesses.at(-1)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
  expect((await login('hub@hvar.local', demoPassword)).status).toBe(200);
});

describe('401 and 403 come before 404 and 400', () => {
  test.each([
    ['GET', '/api/orders?nobody_knows=1'],
    ['GET', '/api/service-actions/not-a-number'],
    ['POST', '/api/service-actions'],
    ['DELETE', '/api/service-actions/999999'],
  ] as const)('without a token: %s %s', async (method, url) => {
    expect(await api.anybody(method, url)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  test.each([
    ['technician', 'POST', '/api/service-actions'],
    ['agent', 'POST', '/api/service-actions/hub-scan'],
    ['hub', 'POST', '/api/service-actions/999999/team-leader-review'],
    ['agent', 'POST', '/api/service-actions/999999/refund'],
    ['hub', 'DELETE', '/api/service-actions/abc'],
    ['technician', 'POST', '/api/sync'],
  ] as const)('a %s: %s %s', async (role, method, url) => {
    const send = await api.as(role);
    const reply = await send(method, url, { nobody_knows: 1 });
    expect(reply).toMatchObject({ status: 403, code: 'FORBIDDEN', details: { role } });
  });
});
