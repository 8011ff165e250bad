import { WithStartWorkflowOperation } from '@temporalio/client';
import { type Duration, msToNumber } from '@temporalio/common/lib/time.js';
import { createActivities } from '../../activities/index.ts';
import { usableAddress } from '../../api/cases/address.ts';
import { insertCase, type NewCase } from '../../db/new-cases.ts';
import { currentPolicy } from '../../db/policies.ts';
import { seedDemoData } from '../../dev/demo-data.ts';
import type { CaseState } from '../../domain/case.ts';
import type { bostaPlaces } from '../../workflows/bosta-places.ts';
import {
  bostaPlacesId,
  type CaseView,
  caseStart,
  caseView,
  openCase,
  serviceCaseId,
  taskQueues,
  updates,
} from '../../workflows/contract.ts';
import type { serviceCase } from '../../workflows/service-case.ts';
import { type CaseClock, skippingClock } from './case-clock.ts';
import { createTestDatabase } from './database.ts';
import { startCourier } from './stand-in.ts';
import { until } from './until.ts';
import { startWorkers } from './workers.ts';

export type CaseLab = Awaited<ReturnType<typeof startCaseLab>>;

type LabOptions = { clock?: () => Promise<CaseClock>; timeoutMs?: number; slowMs?: number };

/** Cases on the real parts, but for time: it passes as fast as the workflows allow, unless another clock is given. Nothing calls back here. */
export async function startCaseLab({ clock = skippingClock, ...bostaOptions }: LabOptions = {}) {
  const [temporal, database, bosta] = await Promise.all([
    clock(),
    createTestDatabase(),
    startCourier({ deliveries: 0, ...bostaOptions }),
  ]);
  const { sql } = database;
  const { client, connection } = temporal;
  await seedDemoData(sql);
  const parts = { client, connection, sql, bosta: bosta.client };
  let workers = await startWorkers(parts);
  const { bosta: bostaActivities } = createActivities({
    sql,
    bosta: bosta.client,
    temporal: client,
  });
  await client.workflow.execute<typeof bostaPlaces>('bostaPlaces', {
    ...{ workflowId: bostaPlacesId, taskQueue: taskQueues.ingest },
  });
  const policy = await currentPolicy(sql);
  const street = { city: 'Cairo', district: 'Nasr City', first_line: '12 Abbas El Akkad street' };
  const [user] = await sql<{ user_id: number }[]>`select user_id from users where role = 'agent'`;
  const facts: NewCase = {
    ...{ action_type: 'maintenance', action_subtype: null, priority: 'medium', hub_id: 1 },
    ...{ return_method: 'bosta_pickup', main_order_id: null, product_sku: null },
    ...{ customer_phone: '201012345678', customer_name: 'منى حسن', product_name: 'Blender' },
    ...{ faulty_serial_number: null, service_reason: 'Stopped', notes: null },
    address: await usableAddress(sql, street, 'pickup'),
    ...{ policy_version: policy.version, created_by: user?.user_id ?? 0 },
  };

  return {
    ...{ sql, bosta, client },
    /** Takes the workers away and brings new ones, as a deployment does. */
    restartWorkers: async () => {
      await workers.stop();
      workers = await startWorkers(parts);
    },
    /** The courier brings a delivery from state to state, and the case is told as after a callback. */
    courierMoves: async (tracking: string, ...codes: number[]) => {
      for (const code of codes) {
        await bosta.move(tracking, code);
        await bostaActivities.readBack(tracking);
      }
    },
    now: temporal.now,
    sleep: (duration: Duration) => temporal.sleep(msToNumber(duration)),
    open,
    stop: async () => {
      await workers.stop();
      await Promise.all([temporal.stop(), bosta.stop()]);
      await database.drop();
    },
  };

  /** Opens a case as the API does, and gives it in hand; `lead` brings it to where it stands before its workflow starts. */
  async function open(
    different: Partial<NewCase> = {},
    lead: (state: CaseState) => CaseState = (state) => state,
  ) {
    const actionId = await sql.begin((tx) => insertCase(tx, { ...facts, ...different }));
    const [stored] = await sql<{ state: CaseState }[]>`
      select state from service_actions where action_id = ${actionId}`;
    if (!stored) throw new Error('The case is not stored');
    const row = { state: waitingFrom(lead(stored.state), await temporal.now()) };
    await sql`update service_actions set action_status = ${row.state.status},
      state = ${sql.json(JSON.parse(JSON.stringify(row.state)))} where action_id = ${actionId}`;
    const start = new WithStartWorkflowOperation<typeof serviceCase>('serviceCase', {
      ...caseStart({ state: row.state, policy }),
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    await client.workflow.executeUpdateWithStart(openCase, { startWorkflowOperation: start });
    const handle = client.workflow.getHandle<typeof serviceCase>(serviceCaseId(actionId));
    const look = () => handle.query(caseView);
    const when = (awaited: string, isSo: (view: CaseView) => boolean) =>
      until(awaited, async () => {
        const view = await look();
        return isSo(view) && view;
      });
    return {
      ...{ actionId, handle, look, when },
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

/** What the case waits for began by the lab's clock, or its reminder would be due before the case is open. */
function waitingFrom(state: CaseState, now: Date): CaseState {
  return state.waiting === null
    ? state
    : { ...state, waiting: { ...state.waiting, since: now.toISOString() } };
}
