import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../support/until.ts';
import type { Reply } from './support.ts';
import { cases, startTeam, type Team, viewed } from './team.ts';

let team: Team;
beforeAll(async () => {
  team = await startTeam();
  await team.api
    .sql`insert into cities (city_id, name, synced_at) values ('FceDyHXwpSYYF9zGW', 'Cairo', now())`;
});
afterAll(() => team.stop());

/** As an Arabic keyboard types it. */
const arabic = (text: string) =>
  text.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '');

describe('a case is found', () => {
  const found = async (path: string) => {
    const { data } = await team.people.agent('GET', `${cases}${path}`);
    return z
      .array(viewed.pick({ action_id: true }))
      .parse([data].flat())
      .map(({ action_id }) => action_id);
  };

  test('under its number, in whatever digits', async () => {
    const id = await team.opened();
    expect(await found(`/${encodeURIComponent(arabic(`${id}`))}`)).toEqual([id]);
  });

  test.each([
    (id: number) => `HV-${id}`,
    (id: number) => arabic(`hv-${id}`),
    (id: number) => `HV-${id}-P1`,
  ])('in the list by the reference on its label (%#)', async (label) => {
    const id = await team.opened();
    expect(await found(`?tracking=${encodeURIComponent(label(id))}`)).toEqual([id]);
  });

  test('in the list by each number that Bosta has given its pickup', async () => {
    const id = await team.opened();
    const reference = `HV-${id}-P1`;
    await team.sold('b1', '7200');
    await team.api.sql`update orders set unique_business_reference = ${reference} where id = 'b1'`;
    const pickup = { reference, action_id: id, purpose: 'pickup', delivery_id: 'b1' };
    const row = { ...pickup, tracking_number: '7100', cod: 0 };
    await team.api.sql`insert into case_deliveries ${team.api.sql(row)}`;
    expect([await found('?tracking=7100'), await found('?tracking=7200')]).toEqual([[id], [id]]);
  });

  test('in the list by either phone of its customer', async () => {
    await team.sold('o2', '7002');
    const phones = { receiver_phone: '201112345678', receiver_second_phone: '201212345678' };
    await team.api.sql`update orders set ${team.api.sql(phones)} where id = 'o2'`;
    const id = await team.opened({ main_order_id: 'o2', customer_phone: '01112345678' });
    const walkedIn = await team.opened({ customer_phone: '01212345678' });
    expect(await found('?customer_phone=01112345678')).toEqual([walkedIn, id]);
    expect(await found('?customer_phone=01212345678')).toEqual([walkedIn, id]);
  });
});

describe('a parcel is scanned', () => {
  const pickup_address = { city: 'Cairo', district: 'Maadi', first_line: '9 شارع 233' };
  const more = { return_method: 'bosta_pickup', customer_name: 'Mona', pickup_address };

  test.each([
    (id: number) => `HV-${id}`,
    (id: number) => `hv-${id}`,
    (id: number) => arabic(`HV-${id}`),
    (id: number) => arabic(`أ{-${id}`),
  ])('under its own reference, however it is typed (%#)', async (typed) => {
    const id = await team.opened();
    expect(await team.scan(typed(id))).toMatchObject({
      ...{ status: 200 },
      data: { action_id: id, action_status: 'return_received', scan: { first: true } },
    });
  });

  test('by the number of its pickup, and by the number of the original order', async () => {
    await team.sold('o1', '7001');
    const first = await team.opened({ ...more, main_order_id: 'o1' });
    const number = await until('the pickup', async () => {
      const { data } = await team.people.agent('GET', `${cases}/${first}`);
      return viewed.parse(data).return_tracking_number ?? undefined;
    });
    expect((await team.scan(number)).data).toMatchObject({
      action_id: first,
      scan: { first: true },
    });

    const second = await team.opened({ main_order_id: 'o1' });
    expect((await team.scan('٧٠٠١')).data).toMatchObject({
      action_id: second,
      scan: { first: true },
    });
  });

  test('by the new number of its pickup: that has brought it, and is not called off', async () => {
    const id = await team.opened(more);
    await team.whenItWaitsFor(id, 'pickup');
    await until('the pickup among the orders', async () => {
      const renumbered = await team.api.sql`update orders set tracking_number = '7300'
        where id = (select delivery_id from case_deliveries where action_id = ${id})`;
      return renumbered.count === 1;
    });
    expect((await team.scan('7300')).data).toMatchObject({
      ...{ action_id: id, action_status: 'return_received' },
      waiting_for: { what: 'inspection' },
    });
    await team.inspect(id);
    await team.people.technician('POST', `${cases}/${id}/execute`, { outcome: 'repaired' });
    await team.whenItWaitsFor(id, 'delivery');
    expect((await team.eventsOf(id)).filter((event) => event.includes('terminated'))).toEqual([]);
    const { data } = await team.people.agent('GET', `${cases}/${id}`);
    expect(data).toMatchObject({ costs: { fees: 25 } });
  });

  test('twice: the second answer tells of the first, and nothing is recorded again', async () => {
    const id = await team.opened();
    const first = await team.scan(`HV-${id}`);
    const second = await team.scan(`HV-${id}`);
    const scanOf = ({ data }: Reply) => z.looseObject({ scan: z.unknown() }).parse(data).scan;
    const { at } = z.object({ at: z.string() }).parse(scanOf(first));
    expect(scanOf(second)).toEqual({ first: false, at });
    expect(await team.eventsOf(id)).toEqual(['opened', 'scanned']);
  });

  test('by ten devices at once: one of them was first', async () => {
    const id = await team.opened();
    const replies = await Promise.all(Array.from({ length: 10 }, () => team.scan(`HV-${id}`)));
    const firsts = replies.filter(({ text }) => text.includes('"first":true'));
    expect([replies.every(({ status }) => status === 200), firsts.length]).toEqual([true, 1]);
  });

  test('and no case expects it: it is noted once, with what is known of it', async () => {
    const replies = await Promise.all([
      team.scan('9990001'),
      team.scan('9990001'),
      team.scan('9990001'),
    ]);
    for (const reply of replies) {
      expect(reply).toMatchObject({
        ...{ status: 404, code: 'PARCEL_UNEXPECTED' },
        details: { tracking_number: '9990001', order: null },
      });
    }
    const noted = await team.api.sql`select * from hub_confirmation_workflow
      where return_tracking_number = '9990001'`;
    expect(noted).toMatchObject([{ action_id: null, confirmation_status: 'scanned' }]);
  });

  test('but at no hub that is not there: whether somebody waits for the answer or not', async () => {
    const id = await team.opened();
    const body = { tracking_number: `HV-${id}`, hub_id: 99 };
    for (const prefer of ['return=representation', 'respond-async']) {
      const reply = await team.people.hub('POST', `${cases}/hub-scan`, body, { prefer });
      expect(reply).toMatchObject({ status: 404, code: 'HUB_NOT_FOUND' });
    }
    expect(await team.eventsOf(id)).toEqual(['opened']);
  });

  test('by a device that does not wait: 202, and the case receives it', async () => {
    const id = await team.opened();
    const reply = await team.scan(`HV-${id}`, { prefer: 'respond-async' });
    expect(reply).toMatchObject({ status: 202, data: { action_id: id } });
    await until('the scan', async () => (await team.eventsOf(id)).includes('scanned'));
  });

  test('after the case is over: still no error', async () => {
    const id = await team.opened();
    await team.scan(`HV-${id}`);
    await team.inspect(id, { recommended_action: 'dispose' });
    const decided = { decision: 'approved' };
    await team.people.leader('POST', `${cases}/${id}/team-leader-review`, decided);
    const reply = await team.scan(`HV-${id}`);
    expect(reply).toMatchObject({
      ...{ status: 200 },
      data: { action_status: 'completed', waiting_for: null, scan: { first: false } },
    });
    expect(await team.scan(`HV-${id}`, { prefer: 'respond-async' })).toMatchObject({
      ...{ status: 202, data: { action_id: id } },
    });
    const late = await team.inspect(id);
    expect(late).toMatchObject({
      ...{ status: 409, code: 'ACT_NOT_ALLOWED', details: { status: 'completed', allowed: [] } },
    });
  });
});

test('a case that is cancelled before the product came is over at once', async () => {
  const id = await team.opened();
  const reply = await team.people.agent('DELETE', `${cases}/${id}`, { reason: 'It works again' });
  expect(reply).toMatchObject({
    ...{ status: 200, data: { action_status: 'cancelled', waiting_for: null, allowed: [] } },
  });
  expect(await team.scan(`HV-${id}`)).toMatchObject({ status: 409, code: 'ACT_NOT_ALLOWED' });
});

test('a parcel that comes when its case is over is noted as an unexpected one', async () => {
  const id = await team.opened();
  await team.people.agent('DELETE', `${cases}/${id}`, { reason: 'It works again' });
  const reply = await team.scan(`HV-${id}`);
  expect(reply).toMatchObject({
    ...{ status: 409, code: 'ACT_NOT_ALLOWED' },
    details: { status: 'cancelled', allowed: [], tracking_number: `HV-${id}`, order: null },
  });
  expect(reply.error).toContain('open a case for it, or set it aside');
  const noted = await team.api.sql`select * from hub_confirmation_workflow
    where action_id is null and return_tracking_number = ${`HV-${id}`}`;
  expect(noted).toMatchObject([{ confirmation_status: 'scanned' }]);
});

test('an order whose case is over comes again: nobody takes it for the old return', async () => {
  await team.sold('sold-once', '7099');
  const id = await team.opened({ main_order_id: 'sold-once' });
  await team.scan('7099');
  await team.people.agent('DELETE', `${cases}/${id}`, { reason: 'It works again' });
  await team.whenItWaitsFor(id, 'fetching');
  await team.people.hub('POST', `${cases}/${id}/hand-over`, {});
  expect(await team.scan('7099')).toMatchObject({
    ...{ status: 404, code: 'PARCEL_UNEXPECTED', details: { order: { id: 'sold-once' } } },
  });
});
