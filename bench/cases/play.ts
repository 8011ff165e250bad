import { setTimeout as pause } from 'node:timers/promises';
import { WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { insertCase, type NewCase } from '../../db/new-cases.ts';
import type { CaseState } from '../../domain/case.ts';
import type { Contents } from '../../domain/messages.ts';
import {
  type CaseInput,
  caseStart,
  courierReport,
  openCase,
  serviceCaseId,
  updates,
} from '../../workflows/contract.ts';
import type { World } from '../world.ts';
import { Progress } from './progress.ts';

export type Kind = 'maintenance' | 'replace_full' | 'return_refund';
export type Player = ReturnType<typeof createPlayer>;
type Case = { actionId: number; handle: WorkflowHandle };

const product_sku = 'BL-500';
const deliveredCode = 45;
const collectedCode = 24;

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

/**
 * Plays cases by Temporal's messages, as API and ingest send them: each case is
 * stored in Postgres, opened by update-with-start, acted on by updates, and told
 * by signals of what the courier did with the deliveries that it made at the
 * stand-in. Everybody acts as soon as the step before is recorded.
 */
export function createPlayer({ sql, client, policy }: World) {
  const progress = new Progress();
  const watching = new AbortController();
  const watched = watch(watching.signal);
  let customers = 0;

  return {
    open,
    bring,

    /** Plays one case from its opening to its closing. */
    async play(kind: Kind): Promise<WorkflowHandle> {
      const one = await open(kind);
      const tracking_number = await bring(one);
      const { handle } = one;
      const { recommended, execution } = services[kind];
      await handle.executeUpdate(updates.hub_scan, { args: [{ tracking_number }] });
      await handle.executeUpdate(updates.hub_inspection, {
        args: [
          {
            ...{ product_condition: 'good', functionality_test_result: 'working' },
            ...{ quality_score: 8, recommended_action: recommended },
          },
        ],
      });
      await handle.executeUpdate(updates.execute, { args: [execution] });
      if (kind !== 'return_refund') await deliver(one);
      await handle.result();
      progress.forget(String(one.actionId));
      return handle;
    },

    stop: async () => {
      watching.abort();
      await watched;
    },
  };

  /** Opens a case of a customer of its own, as the API does. */
  async function open(kind: Kind, return_method: NewCase['return_method'] = 'bosta_pickup') {
    customers += 1;
    const customer_phone = phoneOf(customers);
    const facts = { ...opening, action_type: kind, return_method, customer_phone };
    const actionId = await sql.begin((tx) =>
      insertCase(tx, { ...facts, policy_version: policy.version }),
    );
    const [row] = await sql<{ state: CaseState }[]>`
      select state from service_actions where action_id = ${actionId}`;
    if (!row) throw new Error('The case is not stored');
    const start = new WithStartWorkflowOperation<(input: CaseInput) => Promise<unknown>>(
      'serviceCase',
      {
        ...caseStart({ state: row.state, policy }),
        ...{ workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'REJECT_DUPLICATE' },
      },
    );
    await client.workflow.executeUpdateWithStart(openCase, { startWorkflowOperation: start });
    return { actionId, handle: client.workflow.getHandle(serviceCaseId(actionId)) };
  }

  /** The courier collects the product; gives the pickup's number. */
  async function bring(one: Case): Promise<string> {
    await progress.reaches(String(one.actionId), 2);
    const number = await trackingOf(one, 'return_tracking_number');
    await report(one, number, collectedCode);
    await progress.reaches(String(one.actionId), 3);
    return number;
  }

  /** The courier brings what was sent to the customer. */
  async function deliver(one: Case): Promise<void> {
    await progress.reaches(String(one.actionId), 7);
    await report(one, await trackingOf(one, 'delivery_tracking_number'), deliveredCode);
  }

  async function report({ handle }: Case, tracking_number: string, state_code: number) {
    await handle.signal(courierReport, {
      ...{ message_id: `${tracking_number}:${state_code}`, tracking_number, state_code },
      state_at: new Date().toISOString(),
    });
  }

  async function trackingOf({ actionId }: Case, column: string): Promise<string> {
    const [row] = await sql<{ tracking: string }[]>`
      select ${sql(column)} as tracking from service_actions where action_id = ${actionId}`;
    return row?.tracking ?? '';
  }

  /** Asks Postgres for all cases that are waited for at once; not so often that the asking is what is measured. Whoever waits hears 20 ms late on the average, of the seconds that a case takes. */
  async function watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(40);
      if (progress.awaited.length === 0) continue;
      const rows = await sql<{ action_id: number; steps: number }[]>`
        select action_id, (state ->> 'steps')::int as steps from service_actions
        where action_id = any(${progress.awaited.map(Number)})`;
      for (const { action_id, steps } of rows) progress.stands(String(action_id), steps);
    }
  }
}

/** Customers' phones lie far apart: each is weighed against those that a slip of a typist leads to. */
function phoneOf(customer: number): string {
  return `2010${String((customer * 48_271_003) % 100_000_000).padStart(8, '0')}`;
}

const opening: Omit<
  NewCase,
  'action_type' | 'return_method' | 'customer_phone' | 'policy_version'
> = {
  ...{ action_subtype: null, priority: 'medium', hub_id: 1, product_sku, main_order_id: null },
  ...{ customer_name: 'Mona Hassan', product_name: 'Blender', faulty_serial_number: null },
  ...{ service_reason: 'Stopped', notes: null, created_by: 1 },
  // With the ids that the API has found: what is measured is a case, not the look-up of an address.
  address: {
    ...{ city: 'Cairo', city_id: 'FceDyHXwpSYYF9zGW', district: 'Nasr City' },
    ...{ district_id: 'dst-0101', first_line: '12 Abbas El Akkad street' },
  },
};
