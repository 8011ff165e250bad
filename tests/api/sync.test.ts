import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeIn } from '../../activities/take-in.ts';
import { bostaBackfillId } from '../../workflows/contract.ts';
import { payload } from '../ingest/lab.ts';
import { type Api, type Requester, startApi } from './support.ts';

let api: Api;
let manager: Requester;
beforeAll(async () => {
  api = await startApi();
  manager = await api.as('manager');
});
afterAll(() => api.stop());

test('a sync with dates starts a backfill of these days, which begin and end in Cairo', async () => {
  const days = { date_from: '2026-06-01', date_to: '2026-06-30' };
  const first = await manager('POST', '/api/sync', days);
  expect(first).toMatchObject({ status: 202, data: { workflow_id: bostaBackfillId } });
  const again = await manager('POST', '/api/sync', {
    date_from: '٢٠٢٦-٠٦-٠١',
    date_to: '۲۰۲۶-۰۶-۳۰',
  });
  expect(again).toMatchObject({ status: 202, data: { workflow_id: bostaBackfillId } });
  const handle = api.temporal.client.workflow.getHandle(bostaBackfillId);
  const { events } = await handle.fetchHistory();
  const [input] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  expect(JSON.parse(Buffer.from(input?.data ?? []).toString())).toEqual({
    from: '2026-05-31T21:00:00.000Z',
    to: '2026-06-30T21:00:00.000Z',
  });
  await handle.terminate('the test is over');
});

test('before the first sync the status tells what an import could not read', async () => {
  const source = { kind: 'full', read_at: new Date(), page: null } as const;
  await takeIn(api.sql, [payload('S-1', { cod: '؟' }), payload('S-2')], source, new Date());
  expect(await manager('GET', '/api/sync/status')).toMatchObject({
    status: 200,
    data: {
      ...{ running: false, workflow_id: null, started_at: null, read: 0, unreadable: 1 },
      backfill: null,
    },
  });
});

test('what could not be taken in is listed with why, when and how often, and without what is in it', async () => {
  const source = { kind: 'search', read_at: new Date(), page: 3 } as const;
  const odd = { receiver: { phone: '01000000101', fullName: 'منى تجربة' } };
  await takeIn(api.sql, [odd, payload('S-3'), 'شحنة'], source, new Date());
  await takeIn(api.sql, [odd], { ...source, read_at: new Date() }, new Date());
  const reply = await manager('GET', '/api/sync/failures?limit=1');
  expect(reply).toMatchObject({
    ...{ status: 200, total: 2, page: 1, limit: 1 },
    data: [
      {
        ...{ tracking_number: null, cause: 'unidentifiable', kind: 'search', page: 3 },
        ...{ occurrences: 2, first_seen_at: expect.any(String), last_seen_at: expect.any(String) },
        sentence: { en: expect.stringMatching(/^It names no delivery/), ar: expect.any(String) },
      },
    ],
  });
  expect(reply.text).not.toMatch(/01000000101|منى/);
  const others = await manager('GET', '/api/sync/failures?cause=program_error');
  expect(others).toMatchObject({ status: 200, total: 0, data: [] });
  expect((await manager('GET', '/api/sync/status')).data).toMatchObject({ failures: 2 });
  const hub = await api.as('hub');
  expect(await hub('GET', '/api/sync/failures')).toMatchObject({ status: 403 });
  expect(await manager('GET', '/api/sync/failures?why=1')).toMatchObject({ status: 400 });
});

test.each([
  [{ date_from: '2026-06-02', date_to: '2026-06-01' }, 'date_from must not be after date_to'],
  [{ full: true, date_from: '2026-06-01' }, 'A full sync reads all days'],
  [{ date_from: '31-05-2026' }, 'date_from'],
  [{ date_from: '0001-01-01' }, 'date_from: must be a day from 2000-01-01 to 2100-12-31'],
  [{ date_from: '0000-01-01' }, 'date_from: must be a day from 2000-01-01 to 2100-12-31'],
  [{ date_to: '0099-12-31' }, 'date_to: must be a day from 2000-01-01 to 2100-12-31'],
  [{ date_to: '9999-12-31' }, 'date_to: must be a day from 2000-01-01 to 2100-12-31'],
  [{ date_from: '2026-02-30' }, 'date_from: must be a day, written like 2026-06-01'],
])('%j is refused with what is wrong', async (body, said) => {
  const reply = await manager('POST', '/api/sync', body);
  expect(reply).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  expect(reply.text).toContain(said);
});
