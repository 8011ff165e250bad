import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeIn } from '../../activities/take-in.ts';
import { type Payload, payload, returnPickup } from '../ingest/lab.ts';
import { type Api, type Requester, startApi } from './support.ts';

let api: Api;
let agent: Requester;
/** Both came by their numbers alone, and told Bosta's ids of them later. */
beforeAll(async () => {
  api = await startApi();
  agent = await api.as('agent');
  const all = [payload('N-1'), returnPickup('N-2')];
  const later = { updatedAt: '2026-06-25T10:00:00.000Z' };
  await read(all.map(({ _id, ...bare }) => bare));
  await read(all.map((one) => ({ ...one, ...later })));
});
afterAll(() => api.stop());

const read = (payloads: Payload[]) =>
  takeIn(api.sql, payloads, { kind: 'search', read_at: new Date(), page: null }, new Date());

test.each(['', '/sub-orders'])('an order is found by the id that was learned: %s', async (more) => {
  const byNumber = await agent('GET', `/api/orders/N-1${more}`);
  const byId = await agent('GET', `/api/orders/id-N-1${more}`);
  expect(byNumber).toMatchObject({ status: 200 });
  expect(byId).toMatchObject({ status: 200, data: byNumber.data });
});

test('and so are its main order and its family', async () => {
  const main = { status: 200, data: { id: 'N-1' } };
  expect(await agent('GET', '/api/orders/id-N-2/main-order')).toMatchObject(main);
  const family = await agent('GET', '/api/orders/hierarchy/id-N-2');
  expect(family).toMatchObject({ status: 200 });
  const detected = await agent('POST', '/api/orders/hierarchy/detect', { order_id: 'id-N-2' });
  expect(detected).toMatchObject({ status: 200, data: { families: [family.data] } });
});

test('people part and link orders by it', async () => {
  const pair = { main_order_id: 'id-N-1', sub_order_id: 'id-N-2' };
  expect(await agent('POST', '/api/orders/hierarchy/unlink', pair)).toMatchObject({
    ...{ status: 200, data: { main_order_id: 'N-1', sub_order_id: 'N-2' } },
  });
  expect(await agent('POST', '/api/orders/hierarchy/link', pair)).toMatchObject({ status: 201 });
  const again = { ...pair, sub_order_id: 'N-2' };
  expect(await agent('POST', '/api/orders/hierarchy/link', again)).toMatchObject({ status: 200 });
});

test('an id that nobody knows is no order', async () => {
  expect(await agent('GET', '/api/orders/id-N-3')).toMatchObject({ status: 404 });
  expect(await agent('GET', '/api/orders/hierarchy/id-N-3')).toMatchObject({ status: 404 });
});
