import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretMatches } from '../../activities/bosta/callback.ts';
import { createWorld } from '../../dev/bosta/world.ts';
import { until } from '../support/until.ts';
import {
  apiKey,
  callbackReceiver,
  someRequest,
  standInWithClient,
  temporaryFolder,
} from './support.ts';

const secret = 'a-secret-of-callbacks';
const now = new Date('2026-11-01T10:00:00Z');

test.each([
  ['a return pickup', 'customer_return', 'CUSTOMER_RETURN_PICKUP', [22, 23, 24, 30, 41, 46]],
  ['a send', 'send', 'SEND', [20, 21, 24, 30, 41, 45]],
] as const)(
  '%s walks to its end and reports each state with the secret',
  async (_, kind, type, walk) => {
    const { url, received } = await callbackReceiver();
    const parts = { stepMs: 15, deliveries: 0, callbackUrl: url, callbackSecret: secret };
    const { client } = await standInWithClient(parts);
    const { trackingNumber } = await client.create(someRequest('HV-1-P1', { kind }));
    await until('all callbacks', async () => received.length === walk.length);
    // They are sent side by side: `timeStamp` orders them.
    const callbacks = received
      .map(({ body }) => body)
      .sort((a, b) => Number(a.timeStamp) - Number(b.timeStamp));
    expect(callbacks.map(({ state }) => state)).toEqual(walk);
    expect(callbacks.every((body) => String(body.trackingNumber) === trackingNumber)).toBe(true);
    expect(callbacks[0]).toMatchObject({ type, businessReference: 'HV-1-P1' });
    for (const { headers } of received) {
      expect(secretMatches(String(headers['x-hvar-webhook-secret']), secret)).toBe(true);
    }
    expect(await client.read(trackingNumber)).toMatchObject({ state: { code: walk.at(-1) } });
  },
);

test.each([
  ['lost', [24, 41]],
  ['doubled', [23, 23, 24, 41]],
  ['late', [24, 23, 41]],
  ['reversed', [24, 23, 41]],
])('callbacks can be %s', async (fault, expected) => {
  const { url, received } = await callbackReceiver();
  const parts = { lateMs: 300, deliveries: 0, callbackUrl: url, callbackSecret: secret };
  const { client, control, addFault } = await standInWithClient(parts);
  const { trackingNumber } = await client.create(someRequest('HV-1-P1'));
  const become = (code: number) => control('POST', `/deliveries/${trackingNumber}/state`, { code });
  const arrived = (count: number) => until('callbacks', async () => received.length >= count);

  await addFault('callback', fault);
  await become(23);
  if (fault === 'doubled') await arrived(2);
  await become(24);
  await arrived(expected.length - 1);
  await become(41);
  await arrived(expected.length);
  expect(received.map(({ body }) => body.state)).toEqual(expected);
});

test('what was made, moved and posted survives a restart, and walks on', async () => {
  const dataDir = temporaryFolder();
  const first = await standInWithClient({ dataDir });
  const base = await first.client.search({ page: 1, limit: 200, sortBy: '-updatedAt' });
  const { trackingNumber } = await first.client.create(someRequest('HV-1-P1'));
  await first.control('POST', `/deliveries/${trackingNumber}/state`, { code: 22 });
  await first.control('POST', '/deliveries', [{ trackingNumber: ' 77-A ', state: 'odd' }]);
  await first.standIn.close();
  // As a process that was killed in the middle of a line leaves it.
  appendFileSync(join(dataDir, 'journal.ndjson'), '{"key":"5000');

  const second = await standInWithClient({ dataDir });
  const after = await second.client.search({ page: 1, limit: 200, sortBy: '-updatedAt' });
  expect(after.deliveries.slice(2)).toEqual(base.deliveries.slice(0, 198));
  expect(after.deliveries[0]).toEqual({ trackingNumber: ' 77-A ', state: 'odd' });
  expect(await second.client.read('77-A')).toEqual({ trackingNumber: ' 77-A ', state: 'odd' });
  expect(await second.creationsOf('HV-1-P1')).toEqual([1]);
  await second.standIn.close();

  const third = await standInWithClient({ dataDir, stepMs: 10 });
  await until('the pickup to arrive', async () => {
    const { state } = await third.client.read(trackingNumber);
    return JSON.stringify(state).includes('"code":46');
  });
});

test('the base set is the same for the same seed, and another for another', () => {
  const some = (seed: number) => {
    const world = createWorld({ seed, count: 1_000_000, now });
    return [0, 400_123, 999_999].map((index) => world.delivery(index));
  };
  expect(some(1)).toEqual(some(1));
  expect(some(1)).not.toEqual(some(2));
});

test('the base set has every type, families of repeat customers, and is sorted by its last change', () => {
  const world = createWorld({ seed: 1, count: 2_000, now });
  const all = Array.from({ length: world.count }, (_, index) => world.delivery(index));
  const changes = all.map(({ updatedAt }) => String(updatedAt));
  expect(changes).toEqual([...changes].sort());
  const typeCodes = new Set(all.map(({ type }) => JSON.stringify(type).match(/\d+/)?.[0]));
  expect([...typeCodes].sort()).toEqual(['10', '15', '20', '25', '30', '35']);
  const homes = Map.groupBy(all, ({ pickupAddress, dropOffAddress, type }) =>
    JSON.stringify(JSON.stringify(type).includes('25') ? pickupAddress : dropOffAddress),
  );
  expect([...homes.values()].filter((family) => family.length > 1).length).toBeGreaterThan(200);
  const numbers = all.map(({ trackingNumber }) => world.indexOfTracking(String(trackingNumber)));
  expect(numbers).toEqual(all.map((_, index) => index));
});

test('paging gives each delivery once, the changed ones first, whatever was moved', async () => {
  const { client, control } = await standInWithClient({ deliveries: 450 });
  const numbers = async () => {
    const pages = [1, 2, 3].map((page) =>
      client.search({ page, limit: 200, sortBy: '-updatedAt' }),
    );
    return (await Promise.all(pages)).flatMap(({ deliveries }) =>
      deliveries.map((one) => /"trackingNumber":"?(\d+)/.exec(JSON.stringify(one))?.[1]),
    );
  };
  const before = await numbers();
  expect(new Set(before).size).toBe(450);
  const moved = [before[449], before[201], before[0]];
  for (const tracking of moved)
    await control('POST', `/deliveries/${tracking}/state`, { code: 105 });
  const after = await numbers();
  expect(after.slice(0, 3)).toEqual(moved.reverse());
  expect([...after].sort()).toEqual([...before].sort());
});

test('a search shows less than the full read', async () => {
  const { client } = await standInWithClient();
  const query = { page: 1, limit: 1, sortBy: '-updatedAt' } as const;
  const { deliveries, count } = await client.search({ ...query, trackingNumbers: ['2000000017'] });
  expect(count).toBe(1);
  const full = await client.read('2000000017');
  for (const field of ['maskedState', 'timeline', 'wallet', 'shipmentFees', 'goodsInfo', 'log']) {
    expect(full).toHaveProperty(field);
    expect(deliveries[0]).not.toHaveProperty(field);
  }
});

test('faults are cleared, and a delivery is called off, also where an empty body is said to be JSON', async () => {
  const { standIn, client, addFault } = await standInWithClient({ deliveries: 0 });
  const { trackingNumber } = await client.create(someRequest('HV-1-P1'));
  await addFault('terminate', 'error_500');
  const remove = async (path: string) => {
    const headers = { 'content-type': 'application/json', authorization: apiKey };
    return (await fetch(`${standIn.url}${path}`, { method: 'DELETE', headers })).status;
  };
  expect(await remove('/stand-in/faults')).toBe(200);
  expect(await remove(`/api/v2/deliveries/business/${trackingNumber}/terminate`)).toBe(200);
});
