import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { takeIn } from '../../activities/take-in.ts';
import { type Api, type Requester, startApi } from './support.ts';

let api: Api;
let manager: Requester;
beforeAll(async () => {
  api = await startApi();
  manager = await api.as('manager');
});
afterAll(() => api.stop());

/** Brings what names no delivery: no later read can ever make it good. */
const bring = (payloads: object[]) => {
  const read_at = new Date();
  return takeIn(api.sql, payloads, { kind: 'search', read_at, page: null }, read_at);
};
const listed = (filter = '') => manager('GET', `/api/sync/failures${filter}`);
const failures = z.array(z.object({ failure_id: z.string(), occurrences: z.number() }));
const dismissal = (id: string | undefined) => `/api/sync/failures/${id}/dismiss`;

test('what names no delivery leaves the list when a manager has looked at it, and stays on record', async () => {
  const nameless = { cod: 5 };
  await bring([nameless, { cod: 6 }]);
  const [first] = failures.parse((await listed()).data);
  expect(await manager('POST', dismissal(first?.failure_id))).toMatchObject({
    ...{ status: 200 },
    data: { dismissed_by: 'manager@hvar.local', dismissed_at: expect.any(String) },
  });
  await bring([nameless, { cod: 6 }]);
  expect(await listed()).toMatchObject({ total: 1 });
  expect((await manager('GET', '/api/sync/status')).data).toMatchObject({ failures: 1 });
  expect(await listed('?dismissed=true')).toMatchObject({
    ...{ total: 1 },
    data: [{ failure_id: first?.failure_id, occurrences: 2, dismissed_by: 'manager@hvar.local' }],
  });
});

test('the first who dismissed it stays the one who did', async () => {
  const [dismissed] = failures.parse((await listed('?dismissed=true')).data);
  const admin = await api.as('admin');
  expect(await admin('POST', dismissal(dismissed?.failure_id))).toMatchObject({
    ...{ status: 200, data: { dismissed_by: 'manager@hvar.local' } },
  });
});

test('what is no failure is refused, and who may not start a sync dismisses none', async () => {
  expect(await manager('POST', dismissal('f'.repeat(64)))).toMatchObject({
    ...{ status: 404, code: 'FAILURE_NOT_FOUND' },
  });
  expect(await manager('POST', dismissal('7'))).toMatchObject({ status: 400 });
  const agent = await api.as('agent');
  expect(await agent('POST', dismissal('f'.repeat(64)))).toMatchObject({ status: 403 });
});
