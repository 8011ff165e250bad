import type { Client } from '@temporalio/client';
import { caseById } from '../../db/case-queries.ts';
import type { Sql } from '../../db/client.ts';
import { insertCase } from '../../db/new-cases.ts';
import { writeStep } from '../../db/record-step.ts';
import { decide } from '../../domain/deciding/index.ts';
import { type Contents, messageOf } from '../../domain/messages.ts';
import { stepOf } from '../../domain/step.ts';
import { isRefusal } from '../../domain/verdict.ts';
import { serviceCaseId } from '../../workflows/contract.ts';
import type { Staff } from '../support/staff.ts';

/** Opens a case of a product bought in a shop. */
export function openCase(agent: Staff, action_type = 'maintenance') {
  return agent.open({
    ...{ action_type, customer_phone: '01012345678', customer_name: 'منى حسن' },
    ...{ product_sku: 'BL-500', service_reason: 'It stopped' },
    pickup_address: { city: 'Cairo', district: 'New Cairo', first_line: '12 Teseen street' },
  });
}

/** The hub's findings for a case that needs no review. */
export function findings(action_id: number, recommended_action: string) {
  return {
    ...{ action_id, product_condition: 'good', functionality_test_result: 'working' },
    ...{ quality_score: 8, visible_damage: [], missing_parts: [], recommended_action },
  };
}

/** Takes a case's workflow out of Temporal, as if its database had been lost. */
export async function loseWorkflow(temporal: Client, actionId: number): Promise<void> {
  const { namespace } = temporal.options;
  await temporal.workflowService.deleteWorkflowExecution({
    namespace,
    workflowExecution: { workflowId: serviceCaseId(actionId) },
  });
}

/** Records a step behind the back of its workflow: what is left when worker and Temporal die at once, after the recording. */
export async function recordUnheard<A extends keyof Contents>(
  sql: Sql,
  actionId: number,
  act: A,
  payload: Contents[A],
): Promise<void> {
  const row = await caseById(sql, actionId);
  if (!row) throw new Error('There is no such case');
  const sender = { message_id: `${actionId}/unheard`, by: null, at: new Date().toISOString() };
  const message = messageOf(act, payload, sender);
  const verdict = decide(row.state, message, row.policy);
  if (isRefusal(verdict)) throw new Error(verdict.sentence);
  await writeStep(sql, stepOf(row.state, message, verdict));
}

/** Stores a case like another one, as the API does before it asks Temporal; gives its number. */
export async function storeLike(sql: Sql, actionId: number): Promise<number> {
  const row = await caseById(sql, actionId);
  if (!row) throw new Error('There is no such case');
  const { action_type, action_subtype, priority, return_method, hub_id, main_order_id } = row;
  const { product_sku, customer_phone, customer_name, product_name, service_reason, address } = row;
  const [user] = await sql<{ user_id: number }[]>`select user_id from users where role = 'agent'`;
  return sql.begin((tx) =>
    insertCase(tx, {
      ...{ action_type, action_subtype, priority, return_method, hub_id, main_order_id },
      ...{ product_sku, customer_phone, customer_name, product_name, service_reason, address },
      ...{ faulty_serial_number: null, notes: null, policy_version: row.policy.version },
      created_by: user?.user_id ?? 0,
    }),
  );
}
