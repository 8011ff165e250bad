import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Api, startApi } from './support.ts';

let api: Api;
let described: z.infer<typeof document>;
let operations: { name: string; isOpen: boolean; description: string; answers: string[] }[];

const document = z.object({
  openapi: z.string(),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        description: z.string().default(''),
        security: z.array(z.unknown()).optional(),
        responses: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
});

beforeAll(async () => {
  api = await startApi();
  described = document.parse((await api.app.inject('/api/docs/json')).json());
  operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...{ name: `${method.toUpperCase()} ${path}`, isOpen: !operation.security },
      ...{ description: operation.description, answers: Object.keys(operation.responses) },
    })),
  );
});
afterAll(() => api.stop());

test('only status, sign-in and callbacks are open; every other route names its roles', () => {
  expect(operations.filter(({ isOpen }) => isOpen).map(({ name }) => name)).toEqual([
    'GET /api/status',
    'POST /api/auth/login',
    'POST /api/webhooks/bosta',
  ]);
  const silent = operations.filter(
    ({ isOpen, description }) => !isOpen && !/Roles:.*admin/.test(description),
  );
  expect(silent).toEqual([]);
});

test('every answer is described, good and bad', () => {
  const bare = operations.filter(
    ({ answers }) => !(answers.some((code) => code.startsWith('2')) && answers.includes('4XX')),
  );
  expect(bare).toEqual([]);
});

test('of every request the docs say what it does', () => {
  const silent = operations.filter(
    ({ description }) => description.replace(/Roles:.*/, '').trim() === '',
  );
  expect(operations.length).toBeGreaterThan(40);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('the docs have no schema that no request and no answer is described by', () => {
  const { paths, components } = described;
  const unused = Object.keys(components.schemas).filter((name) => {
    const { [name]: _, ...others } = components.schemas;
    return !JSON.stringify([paths, others]).includes(`"#/components/schemas/${name}"`);
  });
  expect(unused).toEqual([]);
});

test('the reader at /api/docs opens', async () => {
  const page = await api.app.inject('/api/docs');
  expect([page.statusCode, page.headers['content-type']]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ]);
});
