import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, type Requester, startApi } from '../api/support.ts';
import { payload, returnPickup } from '../ingest/lab.ts';
import { families, fullReads, of } from './support.ts';

let api: Api;
let agent: Requester;
beforeAll(async () => {
  api = await startApi();
  agent = await api.as('agent');
});
afterAll(() => api.stop());

const take = fullReads(() => api.sql);

describe("a customer's families", () => {
  const familiesOf = (phone: string, query = '') =>
    agent('GET', `${families}/customer/${phone}${query}`);

  test('are counted on a page behind the last one too', async () => {
    await take(payload('8191', of('01033001101')));
    expect(await familiesOf('01033001101')).toMatchObject({ total: 1, data: [{}] });
    expect(await familiesOf('01033001101', '?page=2')).toMatchObject({ total: 1, data: [] });
  });

  test('are found by the phone of any order in them, also a mistyped one', async () => {
    await take(payload('8192', of('01033001102')), returnPickup('8193', of('01033001182')));
    const family = { tree: { order_id: 'id-8192', sub_orders: [{ order_id: 'id-8193' }] } };
    expect(await familiesOf('01033001182')).toMatchObject({ total: 1, data: [family] });
    expect(await familiesOf('01033001102')).toMatchObject({ total: 1, data: [family] });
  });
});

test('a customer is found by the second phone of any order, also of an older one', async () => {
  const withSecond = (secondPhone: string) => {
    const { receiver } = of('01044001101');
    return { receiver: { ...receiver, secondPhone } };
  };
  await take(payload('8195', { ...withSecond('01144001177'), createdAt: '2026-01-05T10:00:00Z' }));
  await take(payload('8196', { ...withSecond('01244001133'), createdAt: '2026-03-05T10:00:00Z' }));
  for (const phone of ['01044001101', '01144001177', '01244001133'])
    expect(await agent('GET', `/api/customers/${phone}`)).toMatchObject({
      data: { phone: '201044001101', order_count: 2 },
    });
});
