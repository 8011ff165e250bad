import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBostaClient } from '../../activities/bosta/client.ts';
import { createDeliveryActivities } from '../../activities/deliveries.ts';
import { insertCase } from '../../db/new-cases.ts';
import { currentPolicy } from '../../db/policies.ts';
import { seedDemoData } from '../../dev/demo-data.ts';
import { deliveryReference } from '../../domain/case-reference.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedDemoData(database.sql);
});
afterAll(() => database.drop());

const number = '7001';

/** The reference of a pickup that Bosta has made; `isSeen` says whether a sync has brought it since. */
async function orderedPickup({ isSeen }: { isSeen: boolean }): Promise<string> {
  const { sql } = database;
  const [agent] = await sql<{ user_id: number }[]>`select user_id from users where role = 'agent'`;
  const { version } = await currentPolicy(sql);
  const action_id = await sql.begin((tx) =>
    insertCase(tx, {
      ...{ action_type: 'maintenance', action_subtype: null, priority: 'medium', hub_id: 1 },
      ...{ return_method: 'bosta_pickup', main_order_id: null, product_sku: null },
      ...{ customer_phone: '201012345678', customer_name: 'منى حسن', product_name: 'Blender' },
      ...{ faulty_serial_number: null, service_reason: 'Stopped', notes: null, address: null },
      ...{ policy_version: version, created_by: agent?.user_id ?? 0 },
    }),
  );
  const reference = deliveryReference(action_id, 'pickup', 1);
  const delivery_id = `of-${reference}`;
  const made = { reference, action_id, purpose: 'pickup', delivery_id, tracking_number: reference };
  await sql`insert into case_deliveries ${sql(made)}`;
  const order = {
    ...{ id: delivery_id, tracking_number: reference, last_synced: new Date() },
    ...{ business_category: 'Service Order', delivery_category: 'service' },
    ...{ service_type: 'service', classification_rule: 0, classification_reason: 'test' },
    is_provisional: false,
  };
  if (isSeen) await sql`insert into orders ${sql(order)}`;
  return reference;
}

/** Calls a pickup off at a Bosta that has only this one under its reference, and lets go of this number alone. */
function callOff(reference: string, found: { trackingNumber: string; code: number } | null) {
  const terminated: string[] = [];
  const deliveries = found && [
    {
      ...{ _id: `of-${reference}`, trackingNumber: found.trackingNumber },
      ...{ businessReference: reference, state: { code: found.code } },
    },
  ];
  const bosta = createBostaClient({
    ...{ baseUrl: 'https://bosta.test', apiKey: 'a-key', timeoutMs: 400 },
    fetch: async (url) => {
      const path = String(url);
      if (path.endsWith('/search'))
        return Response.json({ success: true, data: { deliveries: deliveries ?? [] } });
      if (!path.endsWith(`/${number}/terminate`)) return new Response('Not found', { status: 404 });
      terminated.push(number);
      return Response.json({ success: true, data: {} });
    },
  });
  const takeIn = () => Promise.resolve();
  const { callOffDelivery } = createDeliveryActivities({ sql: database.sql, bosta, takeIn });
  const called = new MockActivityEnvironment().run(callOffDelivery, reference);
  return { called, terminated };
}

test('a pickup that Bosta does not know just now, but lists, is not taken for called off', async () => {
  const reference = await orderedPickup({ isSeen: true });
  const { called } = callOff(reference, { trackingNumber: reference, code: 10 });
  await expect(called).rejects.toThrow(`It is not known whether ${reference} stands at Bosta`);
});

test('nor is one that Bosta has not shown yet', async () => {
  const reference = await orderedPickup({ isSeen: false });
  await expect(callOff(reference, null).called).rejects.toThrow('It is not known');
});

test('one that Bosta lists under a new number is called off under that', async () => {
  const reference = await orderedPickup({ isSeen: true });
  const { called, terminated } = callOff(reference, { trackingNumber: number, code: 10 });
  expect(await called).toBe(true);
  expect(terminated).toEqual([number]);
});

test('one that Bosta lists as called off, or has forgotten, is called off', async () => {
  const [one, other] = await Promise.all([
    orderedPickup({ isSeen: true }),
    orderedPickup({ isSeen: true }),
  ]);
  expect(await callOff(one, { trackingNumber: one, code: 48 }).called).toBe(true);
  expect(await callOff(other, null).called).toBe(true);
});
