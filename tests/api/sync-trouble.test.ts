import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { takeIn } from '../../activities/take-in.ts';
import {
  lastCallback,
  markProcessed,
  maxAttempts,
  putOff,
  storeCallback,
  waitingCallbacks,
} from '../../db/callbacks.ts';
import { bostaCallbacksId } from '../../workflows/contract.ts';
import { type Api, type Requester, startApi } from './support.ts';

let api: Api;
let manager: Requester;
beforeAll(async () => {
  api = await startApi();
  manager = await api.as('manager');
});
afterAll(() => api.stop());

const arrive = (tracking_number: string | null) =>
  storeCallback(api.sql, { tracking_number, json: '{"receiver": "منى"}' });

async function giveUp(number: string) {
  await arrive(number);
  for (let tries = 0; tries < maxAttempts; tries++)
    await putOff(api.sql, number, { message: 'Bosta does not know the delivery' });
}

const givenUp = async () => {
  const reply = await manager('GET', '/api/sync/callbacks');
  expect(reply).toMatchObject({ status: 200 });
  return reply;
};

test('a callback that was given up is shown with why, and is tried again when somebody asks', async () => {
  await giveUp('8101');
  await arrive(null);
  await arrive('8102');
  const reply = await givenUp();
  expect(reply).toMatchObject({
    ...{ total: 2, page: 1, limit: 25 },
    data: [
      { tracking_number: null, attempts: 0, last_error: 'It names no delivery' },
      {
        ...{ tracking_number: '8101', attempts: maxAttempts },
        ...{ last_error: 'Bosta does not know the delivery', given_up_at: expect.any(String) },
      },
    ],
  });
  expect(reply.text).not.toContain('منى');
  expect((await manager('GET', '/api/sync/status')).data).toMatchObject({ callbacks_given_up: 2 });

  const again = await manager('POST', '/api/sync/callbacks/retry', { tracking_number: '٨١٠١' });
  expect(again).toMatchObject({ status: 200, data: { callbacks: 1 } });
  expect(await givenUp()).toMatchObject({ total: 1, data: [{ tracking_number: null }] });
  const waiting = await waitingCallbacks(api.sql, 10);
  expect(waiting).toContainEqual({ tracking_number: '8101', wait_ms: 0 });
  const { status } = await api.temporal.client.workflow.getHandle(bostaCallbacksId).describe();
  expect(status.name).toBe('RUNNING');
});

test('one leaves the list when a later callback has its delivery read back', async () => {
  await giveUp('8103');
  await arrive('8103');
  await markProcessed(api.sql, '8103', await lastCallback(api.sql, '8103'));
  expect((await givenUp()).text).not.toContain('8103');
});

test('what was not given up is not tried again, and only a manager asks for it', async () => {
  const retry = '/api/sync/callbacks/retry';
  expect(await manager('POST', retry, { tracking_number: '8199' })).toMatchObject({
    ...{ status: 404, code: 'CALLBACK_NOT_FOUND' },
  });
  expect(await manager('POST', retry)).toMatchObject({ status: 200, data: { callbacks: 0 } });
  const agent = await api.as('agent');
  expect(await agent('POST', retry)).toMatchObject({ status: 403 });
  expect(await agent('GET', '/api/sync/callbacks')).toMatchObject({ status: 200 });
});

/** Brings what names no delivery: no later read can ever make it good. */
const bring = (payloads: object[]) => {
  const read_at = new Date();
  return takeIn(api.sql, payloads, { kind: 'search', read_at, page: null }, read_at);
};
const failed = (filter = '') => manager('GET', `/api/sync/failures${filter}`);
const failures = z.array(z.object({ failure_id: z.string(), occurrences: z.number() }));
const dismissal = (id: string | undefined) => `/api/sync/failures/${id}/dismiss`;

test('what names no delivery leaves the list when a manager has looked at it, and stays on record', async () => {
  const nameless = { cod: 5 };
  await bring([nameless, { cod: 6 }]);
  const [first] = failures.parse((await failed()).data);
  expect(await manager('POST', dismissal(first?.failure_id))).toMatchObject({
    ...{ status: 200 },
    data: { dismissed_by: 'manager@hvar.local', dismissed_at: expect.any(String) },
  });
  await bring([nameless, { cod: 6 }]);
  expect(await failed()).toMatchObject({ total: 1 });
  expect((await manager('GET', '/api/sync/status')).data).toMatchObject({ failures: 1 });
  expect(await failed('?dismissed=true')).toMatchObject({
    ...{ total: 1 },
    data: [{ failure_id: first?.failure_id, occurrences: 2, dismissed_by: 'manager@hvar.local' }],
  });
});

test('the first who dismissed it stays the one who did', async () => {
  const [dismissed] = failures.parse((await failed('?dismissed=true')).data);
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
