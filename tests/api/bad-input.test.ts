import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Api, type Requester, startApi, webhookSecret } from './support.ts';

let api: Api;
let admin: Requester;
let operations: Operation[];

type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query: string[];
  hasBody: boolean;
  isOpen: boolean;
};

const document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional(),
        requestBody: z.unknown().optional(),
        security: z.array(z.unknown()).optional(),
      }),
    ),
  ),
});

beforeAll(async () => {
  api = await startApi();
  admin = await api.as('admin');
  // Signing out would leave nothing but 401 to see.
  const { '/api/auth/logout': _, ...paths } = document.parse(
    (await api.app.inject('/api/docs/json')).json(),
  ).paths;
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...{ path, method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).parse(method.toUpperCase()) },
      query: (operation.parameters ?? []).flatMap((p) => (p.in === 'query' ? [p.name] : [])),
      ...{ hasBody: 'requestBody' in operation, isOpen: !operation.security },
    })),
  );
});
afterAll(() => api.stop());

const odd = [
  '%00',
  '-1',
  '0',
  '1.5',
  'NaN',
  '99999999999999999999',
  '9007199254740993',
  'abc',
  "'; drop table orders; --",
  '%F0%28%8C%28',
  '\u202e٠١٠',
  'x'.repeat(250),
  '[]',
  '__proto__',
];
const oddBodies = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '1e999',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":1}}',
  '{"nobody_knows":1}',
  '{"date_from":"0001-01-01"}',
  '{"date_to":"9999-12-31"}',
  `{"tracking_number":"a\\u0000b","service_reason":"\\ud800","decision":{},"email":[],"password":1}`,
  '{"tracking_number":{"a":1},"action_id":99999999999999999999,"quality_score":1e308}',
];

/** What an answer must never be, and never show. */
function mistakeIn(reply: { status: number; text: string; success: boolean }): string | undefined {
  if (reply.status === 401) return 'it was not let in';
  if (reply.status >= 500 && reply.status !== 503) return `it answers ${reply.status}`;
  if (reply.status >= 400 && reply.success) return 'it calls an error a success';
  return /select |insert |node_modules|\.ts:|at async|syntax error/i.test(reply.text)
    ? 'it shows how it is made'
    : undefined;
}

async function mistakes(send: (operation: Operation) => ReturnType<Requester>[]) {
  const replies = await Promise.all(
    operations.flatMap((operation) =>
      send(operation).map(async (reply) => ({ operation, reply: await reply })),
    ),
  );
  return replies.flatMap(({ operation, reply }) => {
    const mistake = mistakeIn(reply);
    return mistake === undefined
      ? []
      : [`${operation.method} ${operation.path}: ${mistake}: ${reply.text}`];
  });
}

const json = { 'content-type': 'application/json', 'x-hvar-webhook-secret': webhookSecret };

describe('nothing answers 500 for bad input, and no answer shows how it is made', () => {
  test('odd values in paths', async () => {
    const found = await mistakes(({ method, path }) =>
      odd.map((value) =>
        admin(method, path.replaceAll(/\{\w+\}/g, encodeURIComponentOnce(value)), '{}', json),
      ),
    );
    expect(found).toEqual([]);
  });

  test('odd values in queries', async () => {
    const found = await mistakes(({ method, path, query }) =>
      method !== 'GET'
        ? []
        : query.flatMap((name) =>
            odd.map((value) =>
              admin(
                method,
                `${path.replaceAll(/\{\w+\}/g, '1')}?${name}=${encodeURIComponentOnce(value)}`,
              ),
            ),
          ),
    );
    expect(found).toEqual([]);
  });

  test('odd bodies', async () => {
    const found = await mistakes(({ method, path }) =>
      method === 'GET'
        ? []
        : oddBodies.map((body) =>
            admin(method, path.replaceAll(/\{\w+\}/g, '1'), body, {
              ...json,
              'idempotency-key': 'k',
            }),
          ),
    );
    expect(found).toEqual([]);
  });
});

test('an empty body is none, also where its type is named: what needs one says so', async () => {
  const needed = { status: 400, error: 'body: must be a JSON object: see /api/docs' };
  for (const body of ['', '[]', '"all"', undefined])
    expect(await admin('POST', '/api/orders/hierarchy/detect', body, json)).toMatchObject(needed);
  const agent = await api.as('agent');
  expect(await agent('POST', '/api/auth/logout', '', json)).toMatchObject({ status: 200 });
});

test.each([
  ['outcome', { outcome: 'mended' }, 'must be one of repaired, failed'],
  ['parts', { outcome: 'repaired', parts: 'a motor' }, 'must be a list'],
  ['parts.0.sku', { outcome: 'repaired', parts: [{ quantity: 1 }] }, 'is needed'],
  [
    'parts.0.quantity',
    { outcome: 'repaired', parts: [{ sku: 'M', quantity: '1' }] },
    'must be a number',
  ],
])(
  'a field that is missing or of another kind is told in words: %s of %j',
  async (field, body, problem) => {
    const refused = await admin('POST', '/api/service-actions/1/execute', body);
    expect(refused).toMatchObject({ status: 400, details: { fields: [{ field, problem }] } });
  },
);

test('a parameter that it does not know is refused by every route that reads for people', async () => {
  const reading = operations.filter(({ method, isOpen }) => method === 'GET' && !isOpen);
  const replies = await Promise.all(
    reading.map(({ path }) =>
      admin('GET', `${path.replaceAll(/\{\w+\}/g, '01012345678')}?nobody_knows=1`),
    ),
  );
  const refused = replies.map(({ details }) => details?.fields);
  const expected = { field: 'nobody_knows', problem: expect.stringContaining('is not known here') };
  expect(refused).toEqual(reading.map(() => [expected]));
});

/** Percent sequences go as they are, so that broken ones arrive broken. */
function encodeURIComponentOnce(value: string): string {
  return value.startsWith('%') ? value : encodeURIComponent(value);
}
