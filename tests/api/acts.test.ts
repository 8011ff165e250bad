import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { taskQueues } from '../../workflows/contract.ts';
import { startCourier } from '../support/stand-in.ts';
import { until } from '../support/until.ts';
import { startWorkers } from '../support/workers.ts';
import { type Api, type Reply, type Requester, startApi } from './support.ts';

let api: Api;
let people: Record<'agent' | 'hub' | 'leader' | 'technician' | 'manager', Requester>;
let courier: Awaited<ReturnType<typeof startCourier>>;
let workers: Awaited<ReturnType<typeof startWorkers>>;

beforeAll(async () => {
  [api, courier] = await Promise.all([startApi(), startCourier({ stepMs: 0, deliveries: 0 })]);
  await registerSearchAttributes(api.temporal.client);
  const [agent, hub, leader, technician, manager] = await Promise.all([
    api.as('agent'),
    api.as('hub'),
    api.as('leader'),
    api.as('technician'),
    api.as('manager'),
  ]);
  people = { agent, hub, leader, technician, manager };
  workers = await startWorkers({
    ...{ client: api.temporal.client, connection: api.temporal.nativeConnection },
    ...{ sql: api.sql, bosta: courier.client },
  });
});
afterAll(async () => {
  await workers.stop();
  await courier.stop();
  await api.stop();
});

const cases = '/api/service-actions';
const viewed = z.looseObject({ action_id: z.int(), return_tracking_number: z.string().nullable() });

async function opened(more: object = {}): Promise<number> {
  const body = {
    ...{ action_type: 'maintenance', service_reason: 'It stopped', return_method: 'walk_in' },
    ...{ customer_phone: '01012345678', product_sku: 'BL-500', ...more },
  };
  const reply = await people.agent('POST', cases, body, { 'idempotency-key': randomUUID() });
  return viewed.parse(reply.data).action_id;
}

/** A sale to the customer of these cases. */
async function sold(id: string, tracking_number: string): Promise<void> {
  const order = {
    ...{ id, tracking_number, receiver_phone: '201012345678', last_synced: new Date() },
    ...{ business_category: 'Real Sales Order', delivery_category: 'sales', service_type: 'main' },
    ...{ classification_rule: 4, classification_reason: 'test', is_provisional: false },
  };
  await api.sql`insert into orders ${api.sql(order)}`;
}

const scan = (tracking_number: string, headers = {}): Promise<Reply> =>
  people.hub('POST', `${cases}/hub-scan`, { tracking_number }, headers);

const findings = {
  ...{ product_condition: 'good', functionality_test_result: 'not_working', quality_score: 7 },
  ...{ visible_damage: ['scratch'], missing_parts: [], recommended_action: 'maintenance' },
};
const inspect = (action_id: number, more: object = {}, headers = {}): Promise<Reply> =>
  people.hub('POST', `${cases}/hub-inspection`, { action_id, ...findings, ...more }, headers);

async function eventsOf(id: number): Promise<string[]> {
  const { data } = await people.agent('GET', `${cases}/${id}/timeline`);
  return z
    .array(z.looseObject({ event: z.string() }))
    .parse(data)
    .map(({ event }) => event);
}

/** As an Arabic keyboard types it. */
const arabic = (text: string) =>
  text.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '');

describe('a case is found', () => {
  const found = async (path: string) => {
    const { data } = await people.agent('GET', `${cases}${path}`);
    return z
      .array(viewed.pick({ action_id: true }))
      .parse([data].flat())
      .map(({ action_id }) => action_id);
  };

  test('under its number, in whatever digits', async () => {
    const id = await opened();
    expect(await found(`/${encodeURIComponent(arabic(`${id}`))}`)).toEqual([id]);
  });

  test.each([
    (id: number) => `HV-${id}`,
    (id: number) => arabic(`hv-${id}`),
    (id: number) => `HV-${id}-P1`,
  ])('in the list by the reference on its label (%#)', async (label) => {
    const id = await opened();
    expect(await found(`?tracking=${encodeURIComponent(label(id))}`)).toEqual([id]);
  });
});

describe('a parcel is scanned', () => {
  test.each([
    (id: number) => `HV-${id}`,
    (id: number) => `hv-${id}`,
    (id: number) => arabic(`HV-${id}`),
  ])('under its own reference, however it is typed (%#)', async (typed) => {
    const id = await opened();
    expect(await scan(typed(id))).toMatchObject({
      ...{ status: 200 },
      data: { action_id: id, action_status: 'return_received', scan: { first: true } },
    });
  });

  test('by the number of its pickup, and by the number of the original order', async () => {
    await sold('o1', '7001');
    const pickup_address = { city: 'Cairo', district: 'Maadi', first_line: '9 شارع 233' };
    const more = { return_method: 'bosta_pickup', customer_name: 'Mona', pickup_address };
    await api.sql`insert into cities (city_id, name, synced_at) values ('FceDyHXwpSYYF9zGW', 'Cairo', now())`;
    const first = await opened({ ...more, main_order_id: 'o1' });
    const number = await until('the pickup', async () => {
      const { data } = await people.agent('GET', `${cases}/${first}`);
      return viewed.parse(data).return_tracking_number ?? undefined;
    });
    expect((await scan(number)).data).toMatchObject({ action_id: first, scan: { first: true } });

    const second = await opened({ main_order_id: 'o1' });
    expect((await scan('٧٠٠١')).data).toMatchObject({ action_id: second, scan: { first: true } });
  });

  test('twice: the second answer tells of the first, and nothing is recorded again', async () => {
    const id = await opened();
    const first = await scan(`HV-${id}`);
    const second = await scan(`HV-${id}`);
    const scanOf = ({ data }: Reply) => z.looseObject({ scan: z.unknown() }).parse(data).scan;
    const { at } = z.object({ at: z.string() }).parse(scanOf(first));
    expect(scanOf(second)).toEqual({ first: false, at });
    expect(await eventsOf(id)).toEqual(['opened', 'scanned']);
  });

  test('by ten devices at once: one of them was first', async () => {
    const id = await opened();
    const replies = await Promise.all(Array.from({ length: 10 }, () => scan(`HV-${id}`)));
    const firsts = replies.filter(({ text }) => text.includes('"first":true'));
    expect([replies.every(({ status }) => status === 200), firsts.length]).toEqual([true, 1]);
  });

  test('and no case expects it: it is noted once, with what is known of it', async () => {
    const replies = await Promise.all([scan('9990001'), scan('9990001'), scan('9990001')]);
    for (const reply of replies) {
      expect(reply).toMatchObject({
        ...{ status: 404, code: 'PARCEL_UNEXPECTED' },
        details: { tracking_number: '9990001', order: null },
      });
    }
    const noted = await api.sql`select * from hub_confirmation_workflow
      where return_tracking_number = '9990001'`;
    expect(noted).toMatchObject([{ action_id: null, confirmation_status: 'scanned' }]);
  });

  test('by a device that does not wait: 202, and the case receives it', async () => {
    const id = await opened();
    const reply = await scan(`HV-${id}`, { prefer: 'respond-async' });
    expect(reply).toMatchObject({ status: 202, data: { action_id: id } });
    await until('the scan', async () => (await eventsOf(id)).includes('scanned'));
  });

  test('after the case is over: still no error', async () => {
    const id = await opened();
    await scan(`HV-${id}`);
    await inspect(id, { recommended_action: 'dispose' });
    const decided = { decision: 'approved' };
    await people.leader('POST', `${cases}/${id}/team-leader-review`, decided);
    const reply = await scan(`HV-${id}`);
    expect(reply).toMatchObject({
      ...{ status: 200 },
      data: { action_status: 'completed', waiting_for: null, scan: { first: false } },
    });
    const late = await inspect(id);
    expect(late).toMatchObject({
      ...{ status: 409, code: 'ACT_NOT_ALLOWED', details: { status: 'completed', allowed: [] } },
    });
  });
});

describe('a case in the wrong state refuses, and tells what is allowed', () => {
  test('an inspection before the scan', async () => {
    const id = await opened();
    const reply = await inspect(id);
    expect(reply).toMatchObject({
      ...{ status: 409, code: 'ACT_NOT_ALLOWED' },
      details: { status: 'requested' },
    });
    expect(reply.text).toContain('hub_scan');
    expect(await eventsOf(id)).toEqual(['opened']);
  });

  test('two leaders at once: one decision counts, the other is refused', async () => {
    const id = await opened();
    await scan(`HV-${id}`);
    expect((await inspect(id, { quality_score: 2 })).data).toMatchObject({
      ...{ action_status: 'awaiting_review', waiting_for: { who: 'leader' } },
    });
    const path = `${cases}/${id}/team-leader-review`;
    const replies = await Promise.all([
      people.leader('POST', path, { decision: 'approved' }),
      people.manager('POST', path, { decision: 'rejected' }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await eventsOf(id)).filter((event) => event === 'reviewed')).toHaveLength(1);
  });

  test('a part that the hub has not enough of', async () => {
    const id = await opened();
    await scan(`HV-${id}`);
    await inspect(id);
    const body = { outcome: 'repaired', parts: [{ sku: 'BL-500-MOTOR', quantity: 1_000 }] };
    const reply = await people.technician('POST', `${cases}/${id}/execute`, body);
    expect(reply).toMatchObject({ status: 409, code: 'OUT_OF_STOCK' });
    const unknown = { outcome: 'repaired', parts: [{ sku: 'NONE', quantity: 1 }] };
    const none = await people.technician('POST', `${cases}/${id}/maintenance`, unknown);
    expect(none).toMatchObject({ status: 404, code: 'UNKNOWN_SKU' });
  });
});

test('the same key is one message: the answer comes again, the effect does not', async () => {
  const id = await opened();
  await scan(`HV-${id}`);
  const key = { 'idempotency-key': 'inspection of this one' };
  const [first, second] = [await inspect(id, {}, key), await inspect(id, {}, key)];
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await inspect(id, { quality_score: 3 }, key)).toMatchObject({
    ...{ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' },
  });
  const inspections = await api.sql`select version from inspections where action_id = ${id}`;
  expect(inspections).toHaveLength(1);
});

test('a second draft wipes nothing of the first', async () => {
  const id = await opened();
  await scan(`HV-${id}`);
  await people.hub('POST', `${cases}/hub-inspection`, {
    ...{ action_id: id, draft: true, product_condition: 'fair', notes: 'Smells of smoke' },
  });
  const reply = await people.hub('POST', `${cases}/hub-inspection`, {
    ...{ return_tracking_number: `HV-${id}`, draft: true, quality_score: 5 },
  });
  expect(reply.data).toMatchObject({
    action_status: 'inspecting',
    inspection: { product_condition: 'fair', quality_score: 5, notes: 'Smells of smoke' },
  });
  const incomplete = await people.hub('POST', `${cases}/hub-inspection`, { action_id: id });
  expect(incomplete).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  expect(incomplete.error).toContain('product_condition');
});

test('what changes in a case is what was named, and who changed it is who signed in', async () => {
  const id = await opened({ notes: 'Call first' });
  const reply = await people.agent('PUT', `${cases}/${id}`, { priority: 'urgent' });
  expect(reply.data).toMatchObject({
    ...{ priority: 'urgent', notes: 'Call first', service_reason: 'It stopped' },
    events: [
      { event: 'opened', by: 'agent@hvar.local' },
      { event: 'edited', by: 'agent@hvar.local' },
    ],
  });
  const status = await people.agent('PUT', `${cases}/${id}`, {
    ...{ priority: 'low', action_status: 'completed' },
  });
  expect(status).toMatchObject({ status: 400, details: { fields: [{ field: 'action_status' }] } });
});

test('a change that names a hub that is not there changes nothing', async () => {
  const id = await opened();
  await scan(`HV-${id}`);
  await inspect(id);
  const change = { technician: 'technician@hvar.local', hub_id: 99, notes: 'Call first' };
  expect(await people.leader('PUT', `${cases}/${id}`, change)).toMatchObject({
    ...{ status: 404, code: 'HUB_NOT_FOUND' },
  });
  const { data } = await people.leader('GET', `${cases}/${id}`);
  expect(data).toMatchObject({ action_status: 'hub_confirmed', technician: null, notes: null });
});

test('a case that is cancelled before the product came is over at once', async () => {
  const id = await opened();
  const reply = await people.agent('DELETE', `${cases}/${id}`, { reason: 'It works again' });
  expect(reply).toMatchObject({
    ...{ status: 200, data: { action_status: 'cancelled', waiting_for: null, allowed: [] } },
  });
  expect(await scan(`HV-${id}`)).toMatchObject({ status: 409, code: 'ACT_NOT_ALLOWED' });
});

test('a parcel that comes when its case is over is noted as an unexpected one', async () => {
  const id = await opened();
  await people.agent('DELETE', `${cases}/${id}`, { reason: 'It works again' });
  const reply = await scan(`HV-${id}`);
  expect(reply).toMatchObject({
    ...{ status: 409, code: 'ACT_NOT_ALLOWED' },
    details: { status: 'cancelled', allowed: [], tracking_number: `HV-${id}`, order: null },
  });
  expect(reply.error).toContain('open a case for it, or set it aside');
  const noted = await api.sql`select * from hub_confirmation_workflow
    where action_id is null and return_tracking_number = ${`HV-${id}`}`;
  expect(noted).toMatchObject([{ confirmation_status: 'scanned' }]);
});

test('an order whose case is over comes again: nobody takes it for the old return', async () => {
  await sold('sold-once', '7099');
  const id = await opened({ main_order_id: 'sold-once' });
  await scan('7099');
  await people.agent('DELETE', `${cases}/${id}`, { reason: 'It works again' });
  await whenItWaitsFor(id, 'fetching');
  await people.hub('POST', `${cases}/${id}/hand-over`, {});
  expect(await scan('7099')).toMatchObject({
    ...{ status: 404, code: 'PARCEL_UNEXPECTED', details: { order: { id: 'sold-once' } } },
  });
});

test('a technician takes a case, or is given it by e-mail', async () => {
  const id = await opened();
  await scan(`HV-${id}`);
  await inspect(id);
  const path = `${cases}/${id}/assign`;
  const taken = await people.technician('POST', path);
  expect(taken.data).toMatchObject({ technician: 'technician@hvar.local' });
  const given = await people.leader('POST', path, { technician: 'agent@hvar.local' });
  expect(given).toMatchObject({ status: 404, code: 'TECHNICIAN_NOT_FOUND' });
});

test('an address that was missing is given later, and the repaired product goes out to it', async () => {
  await api.temporal.client.workflow.execute('bostaPlaces', {
    ...{ workflowId: 'bosta-places', taskQueue: taskQueues.ingest },
  });
  const id = await opened({ customer_name: 'Mona Hassan' });
  await scan(`HV-${id}`);
  await inspect(id);
  await people.technician('POST', `${cases}/${id}/execute`, { outcome: 'repaired' });
  await whenItWaitsFor(id, 'fetching');
  const nowhere = {
    pickup_address: { city: 'Cairo', district: 'Atlantis', first_line: 'Main street 1' },
  };
  expect(await people.agent('PUT', `${cases}/${id}`, nowhere)).toMatchObject({
    code: 'ADDRESS_INCOMPLETE',
  });
  const somewhere = { pickup_address: { ...nowhere.pickup_address, district: 'Nasr City' } };
  expect((await people.agent('PUT', `${cases}/${id}`, somewhere)).status).toBe(200);
  await people.agent('POST', `${cases}/${id}/delivery-decision`, { decision: 'resend' });
  await whenItWaitsFor(id, 'delivery');
});

test('a case keeps the policy that it opened with, and the next one has the new', async () => {
  const before = await opened();
  await api.sql`insert into policies (policy)
    select jsonb_set(jsonb_set(policy, '{review,max_score}', '9'), '{waits,review_hours}', '1')
    from policies order by version desc limit 1`;
  const after = await opened();
  for (const id of [before, after]) await scan(`HV-${id}`);
  expect((await inspect(before)).data).toMatchObject({ action_status: 'hub_confirmed' });
  const reply = await inspect(after);
  await api.sql`insert into policies (policy) select policy from policies order by version limit 1`;
  const { since, until: due } = z
    .looseObject({ waiting_for: z.looseObject({ since: z.string(), until: z.string() }) })
    .parse(reply.data).waiting_for;
  expect(reply.data).toMatchObject({ action_status: 'awaiting_review' });
  expect(Date.parse(due) - Date.parse(since)).toBe(3_600_000);
});

test('a customer who comes for a repaired product gets it over the counter, once', async () => {
  const id = await opened();
  await scan(`HV-${id}`);
  await inspect(id);
  const path = `${cases}/${id}/hand-over`;
  expect(await people.hub('POST', path)).toMatchObject({ status: 409, code: 'ACT_NOT_ALLOWED' });
  await people.technician('POST', `${cases}/${id}/execute`, { outcome: 'repaired' });
  await whenItWaitsFor(id, 'fetching');
  expect(await people.technician('POST', path)).toMatchObject({ status: 403 });
  expect(await people.hub('POST', path, { to: 'Mona' })).toMatchObject({ status: 400 });
  const key = { 'idempotency-key': 'handed over to Mona' };
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => people.hub('POST', path, { notes: 'Her son came' }, key)),
  );
  for (const reply of replies) {
    expect(reply).toMatchObject({
      ...{ status: 200 },
      data: { action_status: 'completed', waiting_for: null, allowed: [] },
    });
  }
  expect((await eventsOf(id)).filter((event) => event === 'handed_over')).toHaveLength(1);
});

function whenItWaitsFor(id: number, what: string): Promise<unknown> {
  return until(`case ${id} to wait for ${what}`, async () => {
    const { data } = await people.agent('GET', `${cases}/${id}`);
    return (
      z.looseObject({ waiting_for: z.looseObject({ what: z.string() }).nullable() }).parse(data)
        .waiting_for?.what === what
    );
  });
}
