import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createBostaClient } from '../../activities/bosta/client.ts';
import { deliveryRequest } from '../../activities/bosta/delivery-request.ts';
import { piastres } from '../../domain/money.ts';
import {
  apiKey,
  clientAnswered,
  failureOf,
  someFacts,
  someRequest,
  standInWithClient,
} from './support.ts';

const search = { page: 1, limit: 50, sortBy: '-updatedAt' } as const;

test.each([
  ['create', 'error_500', 'uncertain'],
  ['create', 'rate_limit', 'rate_limited'],
  ['create', 'timeout_before', 'uncertain'],
  ['create', 'timeout_after', 'uncertain'],
  ['create', 'malformed', 'uncertain'],
  ['search', 'error_500', 'unavailable'],
  ['search', 'rate_limit', 'rate_limited'],
  ['search', 'timeout_before', 'unavailable'],
  ['search', 'malformed', 'malformed'],
  ['terminate', 'timeout_after', 'uncertain'],
  ['cities', 'timeout_after', 'unavailable'],
] as const)('%s with %s is %s, and can be tried again', async (operation, kind, expected) => {
  // Short where the time runs out in any case, long where a busy machine must not change the answer.
  const timeoutMs = kind.startsWith('timeout') ? 300 : 10_000;
  const { client, addFault } = await standInWithClient({ timeoutMs });
  await addFault(operation, kind, 2);
  const calls = {
    create: () => client.create(someRequest('HV-1-P1')),
    search: () => client.search(search),
    terminate: () => client.terminate('2000000017'),
    cities: () => client.cities(),
  };
  // A rate limit comes as 429, and the second time inside a 200.
  for (const call of [calls[operation], calls[operation]]) {
    expect(await failureOf(call())).toMatchObject({ kind: expected, retryable: true });
  }
});

test('a slow answer within the time-out is an answer', async () => {
  const { client, addFault } = await standInWithClient();
  await addFault('read', 'slow');
  expect(await client.read('2000000017')).toMatchObject({ trackingNumber: '2000000017' });
});

test('a connection that was never made has made nothing, so a creation is not uncertain', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  await new Promise((closed) => server.close(closed));
  const client = createBostaClient({
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey,
    timeoutMs: 10_000,
  });
  const error = await failureOf(client.create(someRequest('HV-1-P1')));
  expect(error).toMatchObject({ kind: 'unavailable', retryable: true });
});

test.each([
  ['COD over the cap', { cod: piastres(30_001_00) }, 3007],
  [
    'an unknown city',
    { address: { city: 'Atlantis', districtId: 'x', firstLine: '12 street' } },
    3001,
  ],
  [
    'an unknown district',
    { address: { city: 'Cairo', districtId: 'x', firstLine: '12 street' } },
    3003,
  ],
  ['no district', { address: { city: 'Cairo', firstLine: '12 street' } }, 3004],
])('%s is refused for good, with its code', async (_, changes, errorCode) => {
  const { client } = await standInWithClient();
  const error = await failureOf(client.create(someRequest('HV-1-P1', changes)));
  expect(error).toMatchObject({ kind: 'refused', errorCode, retryable: false });
});

test('a return pickup without cod is refused with 3005', async () => {
  const { standIn } = await standInWithClient();
  const { cod: _, ...request } = someRequest('HV-1-P1');
  const response = await fetch(`${standIn.url}/api/v2/deliveries?apiVersion=1`, {
    method: 'POST',
    headers: { authorization: apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  expect(await response.json()).toMatchObject({ success: false, errorCode: 3005 });
});

test('a used reference is refused for life, also after its delivery was terminated', async () => {
  const { client } = await standInWithClient();
  const made = await client.create(someRequest('HV-1-P1'));
  await client.terminate(made.trackingNumber);
  expect(await client.read(made.trackingNumber)).toMatchObject({ state: { code: 48 } });
  expect(await failureOf(client.create(someRequest('HV-1-P1')))).toMatchObject({
    kind: 'duplicate_reference',
  });
  expect(await client.create(someRequest('HV-1-P2'))).toHaveProperty('trackingNumber');
});

test('only a delivery that waits for its pickup can be terminated', async () => {
  const { client, control } = await standInWithClient();
  const { trackingNumber } = await client.create(someRequest('HV-1-P1'));
  await control('POST', `/deliveries/${trackingNumber}/state`, { code: 22 });
  expect(await failureOf(client.terminate(trackingNumber))).toMatchObject({ kind: 'refused' });
  expect(await failureOf(client.terminate('31'))).toMatchObject({ kind: 'not_found' });
});

test('labels come for sends, and not for return pickups', async () => {
  const { client } = await standInWithClient();
  const sent = await client.create(someRequest('HV-1-W1', { kind: 'send' }));
  const pickup = await client.create(someRequest('HV-1-P1'));
  const label = Buffer.from(await client.awb([sent.trackingNumber]), 'base64').toString();
  expect(label).toMatch(/^%PDF-.*/);
  expect(label).toContain(sent.trackingNumber);
  expect(await failureOf(client.awb([pickup.trackingNumber]))).toMatchObject({ kind: 'refused' });
});

test('neither the key nor a phone is in an error', async () => {
  const { standIn } = await standInWithClient();
  const stranger = createBostaClient({ baseUrl: standIn.url, apiKey: 'wrong', timeoutMs: 10_000 });
  expect(await failureOf(stranger.cities())).toMatchObject({ kind: 'unauthorized' });

  const quoting = { success: false, errorCode: 777, message: 'phone +20 100 000 0101 is wrong' };
  const error = await failureOf(clientAnswered(400, JSON.stringify(quoting)).read('1'));
  expect(error.message).toBe('Bosta refused read (777): phone … is wrong');
  expect(JSON.stringify({ ...error, stack: error.stack })).not.toContain(apiKey);
});

test.each([
  ['a gateway page', 502, '<html>', 'unavailable', 'uncertain'],
  ['a list', 200, '[]', 'malformed', 'uncertain'],
  ['a failure without a reason', 200, '{"success":false}', 'malformed', 'uncertain'],
  ['a code under another name', 400, '{"success":false,"code":"1083"}', 'refused', 'refused'],
  ['a refused key without a body', 403, '', 'unauthorized', 'unauthorized'],
])('%s is %s', async (_, status, body, asRead, asCreation) => {
  const client = clientAnswered(status, body);
  expect((await failureOf(client.read('1'))).kind).toBe(asRead);
  expect((await failureOf(client.create(someRequest('HV-1-P1')))).kind).toBe(asCreation);
});

test('Retry-After counts where the body says nothing', async () => {
  const error = await failureOf(clientAnswered(429, '', { 'retry-after': '7' }).read('1'));
  expect(error).toMatchObject({ kind: 'rate_limited', retryAfterSeconds: 7 });
});

const pauseAsked = async (body: object, headers: Record<string, string> = {}) =>
  (await failureOf(clientAnswered(429, JSON.stringify(body), headers).read('1'))).retryAfterSeconds;

test('Retry-After may be a time of day', async () => {
  const inTwoMinutes = new Date(Date.now() + 120_000).toUTCString();
  const asked = await pauseAsked({}, { 'retry-after': inTwoMinutes });
  expect(asked).toBeGreaterThan(110);
  expect(asked).toBeLessThanOrEqual(120);
});

test.each([
  ['no pause at all', { retryAfter: 0 }, undefined],
  ['a time that is over', {}, undefined],
  ['more than any clock can hold', { retryAfter: 1e300 }, 3_600],
])('a rate limit that asks for %s gets a pause of ours', async (_, body, expected) => {
  const isOver = new Date(Date.now() - 60_000).toUTCString();
  expect(await pauseAsked(body, { 'retry-after': isOver })).toBe(expected);
});

test('the address of a return goes where the switch says, and one too short is completed', () => {
  const facts = someFacts('HV-1-P1', {
    address: { city: 'Cairo', cityId: 'c1', district: 'Maadi', firstLine: 'ش 9' },
  });
  const address = {
    city: 'Cairo',
    cityId: 'c1',
    districtName: 'Maadi',
    firstLine: 'ش 9, Maadi, Cairo',
  };
  expect(deliveryRequest(facts)).toMatchObject({ type: 25, cod: 0, pickupAddress: address });
  expect(deliveryRequest(facts, 'dropOffAddress')).toMatchObject({ dropOffAddress: address });
  expect(deliveryRequest({ ...facts, kind: 'send' })).toMatchObject({
    type: 10,
    dropOffAddress: address,
    receiver: { fullName: 'منى تجربة', phone: '+201000000101' },
  });
});
