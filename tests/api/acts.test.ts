import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bostaPlacesId, serviceCaseId, signals, taskQueues } from '../../workflows/contract.ts';
import { cases, startTeam, type Team } from './team.ts';

let team: Team;
beforeAll(async () => {
  team = await startTeam();
});
afterAll(() => team.stop());

describe('a case in the wrong state refuses, and tells what is allowed', () => {
  test('an inspection before the scan', async () => {
    const id = await team.opened();
    const reply = await team.inspect(id);
    expect(reply).toMatchObject({
      ...{ status: 409, code: 'ACT_NOT_ALLOWED' },
      details: { status: 'requested' },
    });
    expect(reply.text).toContain('hub_scan');
    expect(await team.eventsOf(id)).toEqual(['opened']);
  });

  test('two leaders at once: one decision counts, the other is refused', async () => {
    const id = await team.opened();
    await team.scan(`HV-${id}`);
    expect((await team.inspect(id, { quality_score: 2 })).data).toMatchObject({
      ...{ action_status: 'awaiting_review', waiting_for: { who: 'leader' } },
    });
    const path = `${cases}/${id}/team-leader-review`;
    const replies = await Promise.all([
      team.people.leader('POST', path, { decision: 'approved' }),
      team.people.manager('POST', path, { decision: 'rejected' }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await team.eventsOf(id)).filter((event) => event === 'reviewed')).toHaveLength(1);
  });

  test('a part that the hub has not enough of', async () => {
    const id = await team.opened();
    await team.scan(`HV-${id}`);
    await team.inspect(id);
    const body = { outcome: 'repaired', parts: [{ sku: 'BL-500-MOTOR', quantity: 1_000 }] };
    const reply = await team.people.technician('POST', `${cases}/${id}/execute`, body);
    expect(reply).toMatchObject({ status: 409, code: 'OUT_OF_STOCK' });
    const parts = ['BL-500-MOTOR', 'NONE'].map((sku) => ({ sku, quantity: 1 }));
    const unknown = { outcome: 'repaired', parts };
    const none = await team.people.technician('POST', `${cases}/${id}/maintenance`, unknown);
    expect(none).toMatchObject({ status: 404, code: 'UNKNOWN_SKU' });
    expect(none.error).toContain('The catalogue has no part NONE');
  });
});

test('products and parts are named in the digits of an Arabic keyboard', async () => {
  const id = await team.opened({ product_sku: 'BL-٥٠٠' });
  await team.scan(`HV-${id}`);
  await team.inspect(id);
  const body = { outcome: 'repaired', parts: [{ sku: 'BL-۵۰۰-MOTOR', quantity: 1 }] };
  const repaired = await team.people.technician('POST', `${cases}/${id}/execute`, body);
  expect(repaired.data).toMatchObject({ product_sku: 'BL-500', parts: [{ sku: 'BL-500-MOTOR' }] });
  const parts = `/api/products?type=part&product_sku=${encodeURIComponent('BL-٥٠٠')}`;
  expect(await team.people.technician('GET', parts)).toMatchObject({ total: 4 });
});

test('a replacement that the hub has not got waits for stock, until there is one to spare', async () => {
  const adjust = (quantity: number) => team.api.sql`
    insert into stock_movements (sku, hub_id, grade, quantity, movement_type, reason, effect_key)
    select sku, hub_id, grade, ${quantity} - quantity, 'adjustment', 'for the test', gen_random_uuid()
    from stock_balances where sku = 'BL-500' and hub_id = 1 and grade = 'sound'`;
  const seen = async (id: number) => {
    const { data } = await team.people.agent('GET', `${cases}/${id}`);
    return z.looseObject({ waiting_for: z.looseObject({ who: z.string() }) }).parse(data)
      .waiting_for.who;
  };
  const confirmed = async () => {
    const id = await team.opened({ action_type: 'replace_full' });
    await team.scan(`HV-${id}`);
    await team.inspect(id, { recommended_action: 'replace_full' });
    return id;
  };
  await adjust(1);
  const [first, second] = [await confirmed(), await confirmed()];
  expect([await seen(first), await seen(second)]).toEqual(['technician', 'stock']);
  const list = await team.people.agent('GET', `${cases}?action_type=replace_full`);
  expect(list.data).toMatchObject([{ waiting_for: { who: 'stock' } }, {}]);
  await adjust(2);
  expect(await seen(second)).toBe('technician');
  await adjust(50);
});

test('the same key is one message: the answer comes again, the effect does not', async () => {
  const id = await team.opened();
  await team.scan(`HV-${id}`);
  const key = { 'idempotency-key': 'inspection of this one' };
  const [first, second] = [await team.inspect(id, {}, key), await team.inspect(id, {}, key)];
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await team.inspect(id, { quality_score: 3 }, key)).toMatchObject({
    ...{ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' },
  });
  const inspections = await team.api.sql`select version from inspections where action_id = ${id}`;
  expect(inspections).toHaveLength(1);
});

test('the key of a scan or an inspection stands for one parcel: another one under it is refused', async () => {
  const [id, other] = [await team.opened(), await team.opened()];
  const reused = { status: 409, code: 'IDEMPOTENCY_KEY_REUSED' };
  const scanKey = { 'idempotency-key': 'the scan of one parcel' };
  expect((await team.scan(`HV-${id}`, scanKey)).status).toBe(200);
  expect(await team.scan(`HV-${other}`, scanKey)).toMatchObject(reused);
  await team.scan(`HV-${other}`);
  const key = { 'idempotency-key': 'the inspection of one parcel' };
  expect((await team.inspect(id, {}, key)).status).toBe(200);
  expect(await team.inspect(other, {}, key)).toMatchObject(reused);
  expect(await team.eventsOf(other)).toEqual(['opened', 'scanned']);
});

test('a second draft wipes nothing of the first', async () => {
  const id = await team.opened();
  await team.scan(`HV-${id}`);
  await team.people.hub('POST', `${cases}/hub-inspection`, {
    ...{ action_id: id, draft: true, product_condition: 'fair', notes: 'Smells of smoke' },
  });
  const reply = await team.people.hub('POST', `${cases}/hub-inspection`, {
    ...{ return_tracking_number: `HV-${id}`, draft: true, quality_score: 5 },
  });
  expect(reply.data).toMatchObject({
    action_status: 'inspecting',
    inspection: { product_condition: 'fair', quality_score: 5, notes: 'Smells of smoke' },
  });
  const incomplete = await team.people.hub('POST', `${cases}/hub-inspection`, { action_id: id });
  expect(incomplete).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  expect(incomplete.error).toContain('product_condition');
});

test('a technician takes a case, or is given it by e-mail', async () => {
  const id = await team.opened();
  await team.scan(`HV-${id}`);
  await team.inspect(id);
  const path = `${cases}/${id}/assign`;
  const taken = await team.people.technician('POST', path);
  expect(taken.data).toMatchObject({ technician: 'technician@hvar.local' });
  const given = await team.people.leader('POST', path, { technician: 'agent@hvar.local' });
  expect(given).toMatchObject({ status: 404, code: 'TECHNICIAN_NOT_FOUND' });
});

test('what somebody wrote with an act stands in the story for whoever comes next', async () => {
  const id = await team.opened();
  await team.scan(`HV-${id}`);
  await team.inspect(id, { notes: 'The motor smells' });
  const given = { technician: 'technician@hvar.local' };
  await team.people.leader('POST', `${cases}/${id}/assign`, given);
  const failure = { outcome: 'failed', notes: 'The coil is burnt' };
  await team.people.technician('POST', `${cases}/${id}/execute`, failure);
  const reason = 'العميل لا يريد الانتظار';
  const { data } = await team.people.leader('DELETE', `${cases}/${id}`, { reason });
  expect(data).toMatchObject({
    events: expect.arrayContaining([
      expect.objectContaining({
        event: 'inspected',
        data: expect.objectContaining({ notes: 'The motor smells' }),
      }),
      expect.objectContaining({ event: 'assigned', data: given }),
      expect.objectContaining({
        event: 'repair_failed',
        data: expect.objectContaining({ notes: 'The coil is burnt' }),
      }),
      expect.objectContaining({ event: 'cancelled', data: { notes: reason } }),
    ]),
  });
});

test("a signal that names another case's note shows none of it", async () => {
  const [mine, other] = [await team.opened(), await team.opened()];
  await team.people.agent('DELETE', `${cases}/${other}`, { reason: 'Private' });
  const [note] = await team.api.sql`select note_id::int from case_notes where action_id = ${other}`;
  const handle = team.api.temporal.client.workflow.getHandle(serviceCaseId(mine));
  await handle.signal(signals.cancel, { note_id: note?.note_id });
  await team.whenItWaitsFor(mine, undefined);
  const { data } = await team.people.agent('GET', `${cases}/${mine}/timeline`);
  expect(data).toMatchObject([{ event: 'opened' }, { event: 'cancelled', data: {} }]);
  expect(JSON.stringify(data)).not.toContain('Private');
});

test('an address that was missing is given later, and the repaired product goes out to it', async () => {
  await team.api.temporal.client.workflow.execute('bostaPlaces', {
    ...{ workflowId: bostaPlacesId, taskQueue: taskQueues.ingest },
  });
  const id = await team.opened({ customer_name: 'Mona Hassan' });
  await team.scan(`HV-${id}`);
  await team.inspect(id);
  await team.people.technician('POST', `${cases}/${id}/execute`, { outcome: 'repaired' });
  await team.whenItWaitsFor(id, 'fetching');
  const nowhere = {
    pickup_address: { city: 'Cairo', district: 'Atlantis', first_line: 'Main street 1' },
  };
  expect(await team.people.agent('PUT', `${cases}/${id}`, nowhere)).toMatchObject({
    code: 'ADDRESS_INCOMPLETE',
  });
  const somewhere = { pickup_address: { ...nowhere.pickup_address, district: 'Nasr City' } };
  expect((await team.people.agent('PUT', `${cases}/${id}`, somewhere)).status).toBe(200);
  await team.people.agent('POST', `${cases}/${id}/delivery-decision`, { decision: 'resend' });
  await team.whenItWaitsFor(id, 'delivery');
});

test('a case keeps the policy that it opened with, and the next one has the new', async () => {
  const before = await team.opened();
  await team.api.sql`insert into policies (policy)
    select jsonb_set(jsonb_set(policy, '{review,max_score}', '9'), '{waits,review_hours}', '1')
    from policies order by version desc limit 1`;
  const after = await team.opened();
  for (const id of [before, after]) await team.scan(`HV-${id}`);
  expect((await team.inspect(before)).data).toMatchObject({ action_status: 'hub_confirmed' });
  const reply = await team.inspect(after);
  await team.api
    .sql`insert into policies (policy) select policy from policies order by version limit 1`;
  const { since, until: due } = z
    .looseObject({ waiting_for: z.looseObject({ since: z.string(), until: z.string() }) })
    .parse(reply.data).waiting_for;
  expect(reply.data).toMatchObject({ action_status: 'awaiting_review' });
  expect(Date.parse(due) - Date.parse(since)).toBe(3_600_000);
});

test('a customer who comes for a repaired product gets it over the counter, once', async () => {
  const id = await team.opened();
  await team.scan(`HV-${id}`);
  await team.inspect(id);
  const path = `${cases}/${id}/hand-over`;
  expect(await team.people.hub('POST', path)).toMatchObject({
    status: 409,
    code: 'ACT_NOT_ALLOWED',
  });
  await team.people.technician('POST', `${cases}/${id}/execute`, { outcome: 'repaired' });
  await team.whenItWaitsFor(id, 'fetching');
  expect(await team.people.technician('POST', path)).toMatchObject({ status: 403 });
  expect(await team.people.hub('POST', path, { to: 'Mona' })).toMatchObject({ status: 400 });
  const key = { 'idempotency-key': 'handed over to Mona' };
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => team.people.hub('POST', path, { notes: 'Her son came' }, key)),
  );
  for (const reply of replies) {
    expect(reply).toMatchObject({
      ...{ status: 200 },
      data: { action_status: 'completed', waiting_for: null, allowed: [] },
    });
  }
  expect((await team.eventsOf(id)).filter((event) => event === 'handed_over')).toHaveLength(1);
});
