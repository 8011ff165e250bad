import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi } from './support.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

test('who asks while the API is closing, on a connection that it still has, is answered as ever', async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const address = api.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  const socket = connect(address.port, '127.0.0.1');
  const answers = text(socket);
  const credentials = JSON.stringify({ email: 'agent@hvar.local', password: 'guessed' });
  const underWay = once(api.app.server, 'request');
  socket.write(
    'POST /api/auth/login HTTP/1.1\r\nHost: hvar\r\nContent-Type: application/json\r\n' +
      `Content-Length: ${credentials.length}\r\n\r\n${credentials}`,
  );
  await underWay;
  const closed = api.app.close();
  socket.write('GET /api/auth/me HTTP/1.1\r\nHost: hvar\r\n\r\n');
  const told = await answers;
  expect(told).toContain('CREDENTIALS_WRONG');
  expect(told).toContain('UNAUTHENTICATED');
  await closed;
});
