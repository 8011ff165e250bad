import { WithStartWorkflowOperation } from '@temporalio/client';
import { usableAddress } from '../../api/cases/address.ts';
import { insertCase, type NewCase } from '../../db/new-cases.ts';
import { currentPolicy } from '../../db/policies.ts';
import { seedDemoData } from '../../dev/demo-data.ts';
import type { CaseState } from '../../domain/case.ts';
import { indexedValueType } from '../../worker/namespace.ts';
import type { bostaPlaces } from '../../workflows/bosta-places.ts';
import {
  type CaseView,
  caseView,
  openCase,
  searchAttributes,
  serviceCaseId,
  taskQueues,
  updates,
} from '../../workflows/contract.ts';
import type { serviceCase } from '../../workflows/service-case.ts';
import { createTestDatabase } from './database.ts';
import { startCourier } from './stand-in.ts';
import { createTimeSkippingEnvironment } from './temporal-test-server.ts';
import { until } from './until.ts';
import { startWorkers } from './workers.ts';

export type CaseLab = Awaited<ReturnType<typeof startCaseLab>>;

/** Cases on the real parts, but for time: it passes as fast as the workflows allow. Nothing calls back here. */
export async function startCaseLab() {
  const [env, database, bosta] = await Promise.all([
    createTimeSkippingEnvironment(),
    createTestDatabase(),
    startCourier({ deliveries: 0 }),
  ]);
  const { sql } = database;
  // On this server an attribute that is not registered hangs the workflow.
  await env.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(
      Object.entries(searchAttributes).map(([name, type]) => [name, indexedValueType[type]]),
    ),
  });
  await seedDemoData(sql);
  const connection = env.nativeConnection;
  const workers = await startWorkers({ client: env.client, connection, sql, bosta: bosta.client });
  await env.client.workflow.execute<typeof bostaPlaces>('bostaPlaces', {
    ...{ workflowId: 'bosta-places', taskQueue: taskQueues.ingest },
  });
  const policy = await currentPolicy(sql);
  const street = { city: 'Cairo', district: 'Nasr City', first_line: '12 Abbas El Akkad street' };
  const [user] = await sql<{ user_id: number }[]>`select user_id from users where role = 'agent'`;
  const facts: NewCase = {
    ...{ action_type: 'maintenance', action_subtype: null, priority: 'medium', hub_id: 1 },
    ...{ return_method: 'bosta_pickup', main_order_id: null, product_sku: null },
    ...{ customer_phone: '201012345678', customer_name: 'منى حسن', product_name: 'Blender' },
    ...{ faulty_serial_number: null, service_reason: 'Stopped', notes: null },
    address: await usableAddress(sql, street),
    ...{ policy_version: policy.version, created_by: user?.user_id ?? 0 },
  };

  return {
    sql,
    bosta,
    sleep: (duration: Parameters<typeof env.sleep>[0]) => env.sleep(duration),
    open,
    stop: async () => {
      await workers.stop();
      await Promise.all([env.teardown(), bosta.stop()]);
      await database.drop();
    },
  };

  /** Opens a case as the API does, and gives it in hand. */
  async function open(different: Partial<NewCase> = {}) {
    const actionId = await sql.begin((tx) => insertCase(tx, { ...facts, ...different }));
    const [row] = await sql<{ state: CaseState }[]>`
      select state from service_actions where action_id = ${actionId}`;
    if (!row) throw new Error('The case is not stored');
    const start = new WithStartWorkflowOperation<typeof serviceCase>('serviceCase', {
      workflowId: serviceCaseId(actionId),
      taskQueue: taskQueues.cases,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ state: row.state, policy }],
    });
    await env.client.workflow.executeUpdateWithStart(openCase, { startWorkflowOperation: start });
    const handle = env.client.workflow.getHandle<typeof serviceCase>(serviceCaseId(actionId));
    const look = () => handle.query(caseView);
    const when = (awaited: string, isSo: (view: CaseView) => boolean) =>
      until(awaited, async () => {
        const view = await look();
        return isSo(view) && view;
      });
    return {
      handle,
      look,
      whenIn: (status: string) =>
        when(`the case to be ${status}`, (view) => view.status === status),
      whenItWaitsFor: (what: string) =>
        when(`the case to wait for ${what}`, (view) => view.waiting_for?.what === what),
      scan: async () => {
        const tracking_number = (await look()).pickup?.tracking_number ?? '';
        return handle.executeUpdate(updates.hub_scan, { args: [{ tracking_number }] });
      },
      events: async () => {
        const rows = await sql<{ event: string }[]>`
          select event from events where action_id = ${actionId} order by seq`;
        return rows.map(({ event }) => event);
      },
    };
  }
}
