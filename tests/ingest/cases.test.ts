import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { currentPolicy } from '../../db/policies.ts';
import { many, one } from '../../db/query.ts';
import { caseOfParcel } from '../../db/scanned-parcels.ts';
import { type IngestLab, ingestLab, payload, returnPickup } from './lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
});
afterAll(() => lab.drop());

const receiver = { phone: '01000000505' };

/** A case on the sale `main`, with the delivery that it asked for under `reference`. */
async function openCase(action_type: string, main: string, purpose: string): Promise<string> {
  const { version } = await currentPolicy(lab.sql);
  const { action_id } = await one(
    z.object({ action_id: z.number() }),
    lab.sql`insert into service_actions (action_type, action_status, priority, customer_phone,
        main_order_id, service_reason, return_method, hub_id, policy_version, state)
      values (${action_type}, 'requested', 'medium', '201000000505', ${`id-${main}`}, 'stopped',
        'bosta_pickup', 1, ${version}, '{}') returning action_id`,
  );
  const reference = `HV-${action_id}-P1`;
  await lab.sql`insert into case_deliveries ${lab.sql({ reference, action_id, purpose })}`;
  return reference;
}

function reports() {
  return many(
    z.object({ message_id: z.string(), report: z.looseObject({ state_code: z.number() }) }),
    lab.sql`select message_id, report from courier_reports order by created_at, message_id`,
  );
}

test('a delivery that a case made joins its family with 1.00, is no sale, and its case is told of each state once', async () => {
  await lab.take([payload('sale-1', { receiver })]);
  const businessReference = await openCase('maintenance', 'sale-1', 'pickup');
  const made = (code: number, updatedAt: string) =>
    returnPickup('pickup-1', { receiver, businessReference, state: { code }, updatedAt });
  await lab.take([made(10, '2026-06-20T10:00:00.000Z')]);
  await lab.take([made(23, '2026-06-21T10:00:00.000Z')]);
  await lab.take([made(23, '2026-06-21T10:00:00.000Z'), made(10, '2026-06-20T10:00:00.000Z')]);
  expect(await lab.order('pickup-1')).toMatchObject({
    ...{ service_type: 'service', classification_rule: 0, created_by_system: true },
    ...{ original_order_id: 'id-sale-1', hierarchy_status: 'sub', order_level: 1 },
  });
  const link = await one(
    z.object({
      relationship_type: z.string(),
      confidence_score: z.coerce.number(),
      rule: z.string(),
    }),
    lab.sql`select relationship_type, confidence_score, rule from order_hierarchy_management where is_active`,
  );
  expect(link).toEqual({
    relationship_type: 'pickup',
    confidence_score: 1,
    rule: 'case_reference',
  });
  expect((await reports()).map(({ message_id }) => message_id)).toEqual([
    'courier:pickup-1:10:2026-06-20T10:00:00.000Z',
    'courier:pickup-1:23:2026-06-21T10:00:00.000Z',
  ]);
});

test('a case is told of each time that the courier misses the customer, though the state stays 47', async () => {
  await lab.take([payload('sale-4', { receiver })]);
  const businessReference = await openCase('maintenance', 'sale-4', 'pickup');
  const missed = (...days: number[]) => {
    const exception = days
      .map((day) => ({ code: 3, time: `2026-06-${day}T10:00:00.000Z`, attemptType: 'return' }))
      .toReversed();
    // Bosta's last change is the exception itself: the state is not said to begin anew.
    const updatedAt = exception[0]?.time;
    return returnPickup('pickup-4', {
      ...{ receiver, businessReference, updatedAt, state: { code: 47, exception } },
    });
  };
  await lab.take([missed(21)]);
  await lab.take([missed(21, 22)]);
  await lab.take([missed(21, 22), missed(21), missed(21, 22, 23)]);
  const told = (await reports()).flatMap(({ report }) =>
    report.tracking_number === 'pickup-4' ? report.exceptions : [],
  );
  expect(told).toEqual([1, 2, 3]);
});

test('a delivery that Bosta gives another number is followed by its id, under the number that its case knows', async () => {
  await lab.take([payload('sale-5', { receiver })]);
  const businessReference = await openCase('maintenance', 'sale-5', 'pickup');
  const made = (trackingNumber: string, code: number, day: number) => ({
    ...returnPickup('pickup-5', { receiver, businessReference, state: { code } }),
    ...{ trackingNumber, updatedAt: `2026-06-${day}T10:00:00.000Z` },
  });
  await lab.sql`update case_deliveries set delivery_id = 'id-pickup-5', tracking_number = 'pickup-5'
    where reference = ${businessReference}`;
  await lab.take([made('pickup-5', 10, 20)]);
  await lab.take([made('renamed-5', 23, 21)]);
  const told = (await reports()).filter(({ report }) => report.tracking_number === 'pickup-5');
  expect(told.map(({ report }) => report.state_code)).toEqual([10, 23]);
  expect(await caseOfParcel(lab.sql, 'renamed-5')).toMatchObject({ is_return: true });
});

test("another delivery under a case's reference is not taken for the one that the case made", async () => {
  await lab.take([payload('sale-6', { receiver })]);
  const businessReference = await openCase('maintenance', 'sale-6', 'pickup');
  await lab.sql`update case_deliveries set delivery_id = 'id-pickup-6', tracking_number = 'pickup-6'
    where reference = ${businessReference}`;
  await lab.take([returnPickup('typed-6', { receiver, businessReference, state: { code: 23 } })]);
  const told = (await reports()).filter(({ report }) => report.tracking_number === 'pickup-6');
  expect(told).toEqual([]);
  expect(await caseOfParcel(lab.sql, 'typed-6')).toBeUndefined();
});

test('a pickup for a repair is no returned sale, one for a refund is', async () => {
  const other = { phone: '01000000606' };
  await lab.take([payload('sale-2', { receiver: other }), payload('sale-3', { receiver: other })]);
  const repair = await openCase('maintenance', 'sale-2', 'pickup');
  const refund = await openCase('return_refund', 'sale-3', 'pickup');
  const customer = () =>
    one(
      z.object({ returned_count: z.number() }),
      lab.sql`select returned_count from customers where phone = '201000000606'`,
    );
  await lab.take([returnPickup('pickup-2', { receiver: other, businessReference: repair })]);
  expect(await customer()).toEqual({ returned_count: 0 });
  await lab.take([returnPickup('pickup-3', { receiver: other, uniqueBusinessReference: refund })]);
  expect(await customer()).toEqual({ returned_count: 1 });
});

test('what the hub and people recorded is never touched by a sync (lessons 1)', async () => {
  const recorded = () =>
    lab.sql`select action_id, notes, state, updated_at, xmin::text from service_actions order by 1`;
  await lab.sql`update service_actions set notes = 'scanned', sub_order_id = 'id-pickup-1'`;
  const before = await recorded();
  await lab.take([
    payload('sale-1', { receiver, updatedAt: '2026-07-01T10:00:00.000Z', notes: 'new' }),
  ]);
  expect(await recorded()).toEqual(before);
});

test('a link made or undone by hand survives every sync', async () => {
  const third = { phone: '01000000707' };
  await lab.take([
    payload('near', { receiver: third }),
    payload('far', { receiver: third, createdAt: '2026-01-01T10:00:00.000Z' }),
    returnPickup('back', { receiver: third }),
  ]);
  expect(await lab.order('back')).toMatchObject({ original_order_id: 'id-near' });
  await lab.sql`update order_hierarchy_management set is_active = false, ended_by = 'leader', ended_at = now()
    where sub_order_id = 'id-back'`;
  await lab.sql`insert into order_hierarchy_management (main_order_id, sub_order_id, relationship_type,
      confidence_score, rule, evidence, linked_by, is_active)
    values ('id-far', 'id-back', 'return', 1, 'by_hand', '{}', 'leader', true)`;
  const changed = { receiver: third, notes: 'changed', updatedAt: '2026-08-01T10:00:00.000Z' };
  await lab.take([returnPickup('back', changed), payload('near', changed)]);
  expect(await lab.order('back')).toMatchObject({
    original_order_id: 'id-far',
    hierarchy_status: 'linked',
  });
});

test('an order has one main order and is never its own ancestor, whoever writes', async () => {
  const link = (main: string, sub: string) => lab.sql`
    insert into order_hierarchy_management (main_order_id, sub_order_id, relationship_type,
      confidence_score, rule, evidence, linked_by, is_active)
    values (${main}, ${sub}, 'return', 1, 'by_hand', '{}', 'leader', true)`;
  await expect(link('id-near', 'id-back')).rejects.toThrow('one_main_order_per_sub_order');
  await expect(link('id-back', 'id-far')).rejects.toThrow('its own ancestor');
});
