import { WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { insertCase } from '../../db/new-cases.ts';
import type { CaseState } from '../../domain/case.ts';
import type { Contents } from '../../domain/messages.ts';
import {
  courierReport,
  openCase,
  serviceCaseId,
  taskQueues,
  updates,
} from '../../workflows/contract.ts';
import type { serviceCase } from '../../workflows/service-case.ts';
import type { World } from './world.ts';

export type Played = {
  handle: WorkflowHandle<typeof serviceCase>;
  /** From the scan to its answer, in milliseconds. */
  scanMs: number;
};

type Kind = 'maintenance' | 'replace_full' | 'return_refund';
const product_sku = 'BL-500';

/** The service that each type of case ends with when nothing goes wrong. */
const services: Record<
  Kind,
  { recommended: 'maintenance' | 'replace_full' | 'refund'; execution: Contents['execute'] }
> = {
  maintenance: { recommended: 'maintenance', execution: { outcome: 'repaired' } },
  replace_full: { recommended: 'replace_full', execution: { product_sku } },
  return_refund: {
    recommended: 'refund',
    execution: { refund: { amount: 500_00, method: 'instapay' } },
  },
};

/** Opens a case as the API does, and leaves it waiting for its return. */
export async function open({ sql, client, policy }: World, kind: Kind, isWalkIn = false) {
  const actionId = await sql.begin((tx) =>
    insertCase(tx, {
      ...{ action_type: kind, action_subtype: null, priority: 'medium', hub_id: 1, product_sku },
      ...{ return_method: isWalkIn ? 'walk_in' : 'bosta_pickup', main_order_id: null },
      ...{ customer_phone: '201012345678', customer_name: 'Mona Hassan', product_name: 'Blender' },
      ...{ faulty_serial_number: null, service_reason: 'Stopped', notes: null, created_by: 1 },
      address: { city: 'Cairo', first_line: '12 Abbas El Akkad street', ...cairo },
      policy_version: policy.version,
    }),
  );
  const [row] = await sql<{ state: CaseState }[]>`
    select state from service_actions where action_id = ${actionId}`;
  if (!row) throw new Error('The case is not stored');
  const workflowId = serviceCaseId(actionId);
  const start = new WithStartWorkflowOperation<typeof serviceCase>('serviceCase', {
    ...{ workflowId, taskQueue: taskQueues.cases, workflowIdConflictPolicy: 'USE_EXISTING' },
    args: [{ state: row.state, policy }],
  });
  await client.workflow.executeUpdateWithStart(openCase, { startWorkflowOperation: start });
  return { actionId, handle: client.workflow.getHandle<typeof serviceCase>(workflowId) };
}

/** Ids of the stand-in's places: the benchmark measures cases, not the look-up of an address. */
const cairo = { district: 'Nasr City', city_id: 'FceDyHXwpSYYF9zGW' };

/** Plays one case from its opening to its closing, with everybody answering at once. */
export async function play(world: World, kind: Kind): Promise<Played> {
  const { actionId, handle } = await open(world, kind);
  const pickup = await trackingOf(world, actionId, 'pickup');
  await report(handle, pickup, 24);
  const start = performance.now();
  await handle.executeUpdate(updates.hub_scan, { args: [{ tracking_number: pickup }] });
  const scanMs = performance.now() - start;
  const { recommended, execution } = services[kind];
  await handle.executeUpdate(updates.hub_inspection, {
    args: [
      {
        ...{ product_condition: 'good', functionality_test_result: 'working' },
        ...{ quality_score: 8, recommended_action: recommended },
      },
    ],
  });
  await handle.executeUpdate(updates.execute, { args: [execution] });
  if (kind !== 'return_refund') {
    const purpose = kind === 'maintenance' ? 'way_back' : 'replacement';
    await report(handle, await trackingOf(world, actionId, purpose), 45);
  }
  await handle.result();
  return { handle, scanMs };
}

async function report(
  handle: WorkflowHandle,
  tracking_number: string,
  state_code: number,
): Promise<void> {
  await handle.signal(courierReport, {
    ...{ message_id: `${tracking_number}:${state_code}`, tracking_number, state_code },
    state_at: new Date().toISOString(),
  });
}

/** The number of a case's delivery, once its workflow has made it. */
async function trackingOf({ sql }: World, actionId: number, purpose: string): Promise<string> {
  const column = sql(purpose === 'pickup' ? 'return_tracking_number' : 'delivery_tracking_number');
  for (;;) {
    const [row] = await sql<{ tracking: string | null }[]>`
      select ${column} as tracking from service_actions where action_id = ${actionId}`;
    if (row?.tracking) return row.tracking;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
