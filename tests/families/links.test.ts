import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Api, type Requester, startApi } from '../api/support.ts';
import { payload, returnPickup } from '../ingest/lab.ts';
import { families, fullReads, mainOrders, of, pair } from './support.ts';

let api: Api;
let agent: Requester;
beforeAll(async () => {
  api = await startApi();
  agent = await api.as('agent');
});
afterAll(() => api.stop());

const take = fullReads(() => api.sql);
const mainOf = mainOrders(() => agent);
const unlinkId = (data: unknown) =>
  z.object({ unlink_id: z.number() }).loose().parse(data).unlink_id;

describe('what a person does to a link stays', () => {
  test('an unlinking is remembered through syncs and new looks, told as an event, and can be undone once', async () => {
    const phone = of('01011001001');
    await take(payload('8101', phone), returnPickup('8102', phone));
    expect(await mainOf('8102')).toMatchObject({ id: 'id-8101', linked_by: 'auto_sync' });
    const parted = await agent('POST', `${families}/unlink`, pair('8102', '8101'));
    expect(parted).toMatchObject({ status: 200, data: pair('8102', '8101') });
    await take(returnPickup('8102', { ...phone, cod: 10, updatedAt: '2026-07-01T00:00:00Z' }));
    const again = await agent('POST', `${families}/detect`, { order_id: 'id-8102' });
    expect(again).toMatchObject({ status: 200, data: { changed: 0 } });
    expect(await mainOf('8102')).toBeUndefined();

    const unlink_id = unlinkId(parted.data);
    const undone = await agent('POST', `${families}/unlink/undo`, { unlink_id });
    expect(undone).toMatchObject({ status: 200, data: { tree: { order_id: 'id-8101' } } });
    expect(await mainOf('8102')).toMatchObject({ id: 'id-8101', linked_by: 'auto_sync' });
    const twice = await agent('POST', `${families}/unlink/undo`, { unlink_id });
    expect(twice).toMatchObject({ status: 409, code: 'NOTHING_TO_UNDO' });

    const { data } = await agent('GET', `${families}/id-8101`);
    const { timeline } = z
      .looseObject({ timeline: z.array(z.looseObject({ event: z.string(), by: z.unknown() })) })
      .parse(data);
    const acts = timeline.filter(({ by }) => by === 'agent@hvar.local').map(({ event }) => event);
    expect(acts).toEqual(['unlinked', 'unlink_undone']);
  });

  test('who links again and says another relation corrects it', async () => {
    const phone = of('01022001103');
    await take(payload('8151', phone), returnPickup('8152', phone));
    const link = (relationship_type?: string) =>
      agent('POST', `${families}/link`, { ...pair('8152', '8151'), relationship_type });
    expect(await link('pickup')).toMatchObject({ status: 201 });
    expect(await link()).toMatchObject({ status: 200 });
    expect(await link('pickup')).toMatchObject({ status: 200 });
    expect(await mainOf('8152')).toMatchObject({ relationship_type: 'pickup' });
    expect(await link('exchange')).toMatchObject({ status: 201 });
    expect(await mainOf('8152')).toMatchObject({
      ...{ id: 'id-8151', relationship_type: 'exchange', linked_by: 'agent@hvar.local' },
    });
  });

  test('a link by hand outlives a nearer main order, and another person must unlink it first', async () => {
    const phone = of('01022001102');
    await take(
      payload('8201', { ...phone, createdAt: '2026-01-05T10:00:00Z' }),
      payload('8202', phone),
      returnPickup('8203', phone),
    );
    expect(await mainOf('8203')).toMatchObject({ id: 'id-8202' });
    const linked = await agent('POST', `${families}/link`, pair('8203', '8201'));
    expect(linked).toMatchObject({
      status: 201,
      data: {
        tree: {
          order_id: 'id-8201',
          sub_orders: [
            { order_id: 'id-8203', hierarchy_status: 'linked', link: { confidence_score: 1 } },
          ],
        },
      },
    });
    expect((await agent('POST', `${families}/link`, pair('8203', '8201'))).status).toBe(200);
    await agent('POST', `${families}/detect`, { phone: '01022001102' });
    expect(await mainOf('8203')).toMatchObject({ id: 'id-8201', linked_by: 'agent@hvar.local' });
    const other = await agent('POST', `${families}/link`, pair('8203', '8202'));
    expect(other).toMatchObject({ status: 409, code: 'ALREADY_LINKED' });
  });

  test('an unlinking that is sent twice under one key is done once', async () => {
    const phone = of('01033021203');
    await take(payload('8301', phone), returnPickup('8302', phone));
    const key = { 'idempotency-key': 'part 8302' };
    const first = await agent('POST', `${families}/unlink`, pair('8302', '8301'), key);
    const second = await agent('POST', `${families}/unlink`, pair('8302', '8301'), key);
    expect([second.status, unlinkId(second.data)]).toEqual([200, unlinkId(first.data)]);
    const reused = await agent('POST', `${families}/unlink`, pair('8302', '8309'), key);
    expect(reused).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('nor is an undoing that is sent again under its key refused', async () => {
    const phone = of('01033021204');
    await take(payload('8311', phone), returnPickup('8312', phone));
    const { data } = await agent('POST', `${families}/unlink`, pair('8312', '8311'));
    const body = { unlink_id: unlinkId(data) };
    const undo = (key: string) =>
      agent('POST', `${families}/unlink/undo`, body, { 'idempotency-key': key });
    const replies = [await undo('undo 8312'), await undo('undo 8312')];
    const shown = { status: 200, data: { tree: { order_id: 'id-8311' } } };
    expect(replies).toMatchObject([shown, shown]);
    expect(await undo('another')).toMatchObject({ status: 409, code: 'NOTHING_TO_UNDO' });
  });
});

test('a weak match waits for a person, who confirms it or sends it away', async () => {
  const phone = of('01044421304');
  const later = (n: string) => payload(n, { ...phone, createdAt: '2026-08-01T10:00:00Z' });
  await take(returnPickup('8402', phone), later('8401'));
  const seen = await agent('GET', `${families}/customer/01044421304`);
  expect(seen.text).toContain('"rule":"later_main"');
  expect(await mainOf('8402')).toBeUndefined();
  const analytics = await agent('GET', `${families}/analytics`);
  expect(analytics).toMatchObject({
    status: 200,
    data: { waiting_reviews: { total: 1, surest: [pair('8402', '8401')] } },
  });
  expect((await agent('POST', `${families}/link`, pair('8402', '8401'))).status).toBe(201);
  expect(await mainOf('8402')).toMatchObject({ id: 'id-8401' });
});

test('each sub-order is linked, waits for a person, or is unlinked: the figures add up', async () => {
  const phone = of('01066001101');
  const exchange = { ...phone, type: { code: 30, value: 'Exchange' }, cod: 0 };
  await take(payload('8451', exchange), returnPickup('8452', phone));
  await agent('POST', `${families}/link`, pair('8452', '8451'));
  expect(await mainOf('8452')).toMatchObject({ id: 'id-8451' });
  const { data } = await agent('GET', `${families}/analytics`);
  const { coverage } = z.object({ coverage: z.record(z.string(), z.number()) }).parse(data);
  const { sub_orders = 0, linked = 0, pending_review = 0, unlinked = 0 } = coverage;
  expect(linked + pending_review + unlinked).toBe(sub_orders);
});

describe('links that no person and no machine can make', () => {
  beforeAll(async () => {
    const [hers, his] = [
      of('01055211405'),
      { receiver: { phone: '01277209999', fullName: 'خالد' } },
    ];
    await take(payload('8501', hers), returnPickup('8502', hers), payload('8503', his));
    await take(payload('8504', { ...hers, createdAt: '2025-01-01T10:00:00Z' }));
  });

  test.each([
    ['between two customers', pair('8502', '8503'), 'CUSTOMER_MISMATCH'],
    ['over more than 365 days', pair('8501', '8504'), 'LINK_TOO_FAR_APART'],
    ['in a circle', pair('8501', '8502'), 'FAMILY_CYCLE'],
    ['of an order to itself', pair('8501', '8501'), 'FAMILY_CYCLE'],
  ])('%s', async (_, body, code) => {
    const reply = await agent('POST', `${families}/link`, body);
    expect(reply).toMatchObject({ status: 409, code });
  });

  test.each([
    ['POST', 'link', pair('8502', '9999'), 404],
    ['POST', 'unlink', { sub_order_id: 'id-8503' }, 404],
    ['POST', 'unlink/undo', { unlink_id: 999_999_999 }, 404],
    ['POST', 'detect', { phone: '01288888888' }, 404],
    ['POST', 'detect', {}, 400],
    ['POST', 'detect', { order_id: 'id-8501', all: true }, 400],
    ['POST', 'detect', { all: true }, 403],
    ['POST', 'link', { ...pair('8502', '8501'), confidence: 1 }, 400],
    ['GET', 'customer/abc', undefined, 400],
    ['GET', 'id-9999', undefined, 404],
  ] as const)('%s %s with %j is refused with %i', async (method, path, body, status) => {
    expect((await agent(method, `${families}/${path}`, body)).status).toBe(status);
  });

  test('a technician reads families and changes none', async () => {
    const technician = await api.as('technician');
    expect((await technician('GET', `${families}/id-8501`)).status).toBe(200);
    expect((await technician('POST', `${families}/link`, {})).status).toBe(403);
  });
});

test('every link that breaks a rule is refused by the database, whoever writes it', async () => {
  const write = (main: string, sub: string) => api.sql`insert into order_hierarchy_management
    (main_order_id, sub_order_id, relationship_type, confidence_score, rule, evidence, linked_by, is_active)
    values (${`id-${main}`}, ${`id-${sub}`}, 'return', 0.9, 'test', '{}', 'auto_sync', true)`;
  await expect(write('8503', '8504')).rejects.toMatchObject({
    constraint_name: expect.stringMatching(/links_/),
  });
  await expect(write('8504', '8502')).rejects.toMatchObject({
    constraint_name: expect.stringMatching(/one_main|links_span/),
  });
});
