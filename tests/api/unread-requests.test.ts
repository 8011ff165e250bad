import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Api, startApi } from './support.ts';

let api: Api;
let port: number;
beforeAll(async () => {
  api = await startApi();
  port = Number(new URL(await api.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => api.stop());

const refusal = z.strictObject({
  ...{ success: z.literal(false), timestamp: z.iso.datetime() },
  ...{ error: z.string(), code: z.string() },
});

/** What comes back for these bytes: the status, and the envelope. */
async function sent(bytes: string) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
  return { status: Number(head.split(' ')[1]), ...refusal.parse(JSON.parse(body)) };
}

test.each([
  ['no HTTP', 'hello\r\n\r\n'],
  ['Arabic letters as they are', 'GET /api/orders?search=منى HTTP/1.1\r\nHost: hvar\r\n\r\n'],
])('what cannot be read has the envelope of every refusal: %s', async (_, bytes) => {
  expect(await sent(bytes)).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
});

test('what is too long for a request is told so', async () => {
  const search = 'x'.repeat(20_000);
  const reply = await sent(`GET /api/orders?search=${search} HTTP/1.1\r\nHost: hvar\r\n\r\n`);
  expect(reply).toMatchObject({ status: 431, code: 'HEADERS_TOO_LARGE' });
  expect(reply.error).toContain('longer than 16 kB');
});
