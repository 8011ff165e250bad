import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi, webhookSecret } from './support.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const send = (body: string, headers = {}) =>
  api.anybody('POST', '/api/webhooks/bosta', body, {
    'x-hvar-webhook-secret': webhookSecret,
    'content-type': 'application/json',
    ...headers,
  });
const stored = () => api.sql`select tracking_number, raw from bosta_callbacks order by callback_id`;

test('a callback with the wrong secret, or none, leaves nothing behind', async () => {
  for (const secret of ['', 'wrong', `${webhookSecret}x`]) {
    const reply = await send('{"trackingNumber": 1}', { 'x-hvar-webhook-secret': secret });
    expect(reply).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  }
  expect(await stored()).toEqual([]);
});

test('only a body that is no JSON is refused', async () => {
  for (const body of ['', '{', 'trackingNumber=1']) {
    expect(await send(body)).toMatchObject({ status: 400, code: 'INVALID_JSON' });
  }
  expect(await stored()).toEqual([]);
});

test('whatever else Bosta sends is stored as it came, and answered', async () => {
  const drifted = [
    { trackingNumber: 71234567, state: 45, timeStamp: 'soon', added: { later: [1] } },
    { nothing: 'known' },
    ['a list'],
    { text: 'with \u0000 in it' },
  ];
  for (const body of drifted) {
    expect(await send(JSON.stringify(body), { 'content-type': 'text/plain' })).toMatchObject({
      ...{ status: 200, success: true },
    });
  }
  const rows = await stored();
  expect(rows.map(({ raw }) => raw)).toEqual(drifted);
  expect(rows[0]?.tracking_number).toBe('71234567');
});

test.each([
  'null',
  '5',
  'true',
  '"text"',
  '[]',
  '{"trackingNumber": "7\\u0000001"}',
  '{"trackingNumber": "\\ud800"}',
  '{"trackingNumber": "\\u0667\\u0660"}',
  '{"trackingNumber": 1e300}',
  '{"trackingNumber": {"a": [null]}}',
  '{"trackingNumber": "", "state": "\\udfff"}',
  `{"trackingNumber": "${'7'.repeat(100_000)}"}`,
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  '{"__proto__": {"trackingNumber": "1"}, "constructor": 1}',
  '{"trackingNumber": "1", "trackingNumber": "2"}',
])('however odd it is (%#)', async (body) => {
  const before = (await stored()).length;
  expect(await send(body)).toMatchObject({ status: 200, success: true });
  expect(await stored()).toHaveLength(before + 1);
});

test.each(['\u200f٧١٢٣٤٥٦٨', ' 7123 4568 ', 71234568, { $numberLong: '71234568' }])(
  'a callback names its delivery however the number is written (%j)',
  async (trackingNumber) => {
    await send(JSON.stringify({ trackingNumber }));
    expect((await stored()).at(-1)?.tracking_number).toBe('71234568');
  },
);
