import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, type Requester, startApi } from './support.ts';

let api: Api;
let agent: Requester;
beforeAll(async () => {
  api = await startApi();
  agent = await api.as('agent');
});
afterAll(() => api.stop());

const opening = {
  ...{ action_type: 'maintenance', service_reason: 'It stopped', return_method: 'walk_in' },
  ...{ customer_phone: '01012345678', product_sku: 'BL-500' },
};
const open = (more = {}) =>
  agent(
    'POST',
    '/api/service-actions',
    { ...opening, ...more },
    { 'idempotency-key': 'no-such-hub' },
  );

describe('who asks for what is not there hears what to do', () => {
  test.each([
    ['/api/service-actions/9', 'CASE_NOT_FOUND', 'look it up by GET /api/service-actions'],
    ['/api/orders/o9', 'ORDER_NOT_FOUND', 'New ones come with the next sync'],
    ['/api/orders/o9/main-order', 'ORDER_NOT_FOUND', 'New ones come with the next sync'],
    ['/api/customers/01099999999', 'CUSTOMER_NOT_FOUND', 'New ones come with the next sync'],
    ['/api/bosta/cities/c9/districts', 'CITY_NOT_FOUND', 'see GET /api/bosta/cities'],
  ])('%s', async (path, code, advice) => {
    const { status, error, ...answer } = await agent('GET', path);
    expect({ status, code: answer.code }).toEqual({ status: 404, code });
    expect(error).toContain(advice);
  });

  test('a hub that is not there, or closed', async () => {
    const sentence = 'There is no open hub 99: name another one, or none for the first.';
    expect(await open({ hub_id: 99 })).toMatchObject({ code: 'HUB_NOT_FOUND', error: sentence });
  });

  test('any hub, where all are closed', async () => {
    await api.sql`update hubs set is_active = false`;
    await api.sql`delete from user_hubs`;
    const sentence = 'No hub is open: whoever looks after the platform has to open one.';
    expect(await open()).toMatchObject({ code: 'HUB_NOT_FOUND', error: sentence });
  });

  test('a link that does not stand', async () => {
    const wish = { sub_order_id: 'o9' };
    const { code, error } = await agent('POST', '/api/orders/hierarchy/unlink', wish);
    expect(code).toBe('LINK_NOT_FOUND');
    expect(error).toContain('GET /api/orders/hierarchy/{order_id}');
  });
});
