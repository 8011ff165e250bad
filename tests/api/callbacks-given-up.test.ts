import { afterAll, beforeAll, expect, test } from 'vitest';
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

const listed = async () => {
  const reply = await manager('GET', '/api/sync/callbacks');
  expect(reply).toMatchObject({ status: 200 });
  return reply;
};

test('a callback that was given up is shown with why, and is tried again when somebody asks', async () => {
  await giveUp('8101');
  await arrive(null);
  await arrive('8102');
  const reply = await listed();
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
  expect(await listed()).toMatchObject({ total: 1, data: [{ tracking_number: null }] });
  const waiting = await waitingCallbacks(api.sql, 10);
  expect(waiting).toContainEqual({ tracking_number: '8101', wait_ms: 0 });
  const { status } = await api.temporal.client.workflow.getHandle(bostaCallbacksId).describe();
  expect(status.name).toBe('RUNNING');
});

test('one leaves the list when a later callback has its delivery read back', async () => {
  await giveUp('8103');
  await arrive('8103');
  await markProcessed(api.sql, '8103', await lastCallback(api.sql, '8103'));
  expect((await listed()).text).not.toContain('8103');
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
