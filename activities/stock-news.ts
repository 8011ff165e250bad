import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Sql } from '../db/client.ts';
import { casesShortOfStock } from '../db/open-cases.ts';
import { serviceCaseId, stockSeen } from '../workflows/contract.ts';
import { runningCases } from './check-workflows.ts';

/**
 * Stock comes and goes without a step of the case that waits for it: where Temporal's
 * list does not show that, its workflow is told. Gives how many were.
 */
export async function tellOfStock(deps: { sql: Sql; temporal: Client }): Promise<number> {
  const { sql, temporal } = deps;
  const [short, shown] = await Promise.all([
    casesShortOfStock(sql),
    runningCases(temporal, 'stock'),
  ]);
  const missed = short.filter((id) => !shown.has(id));
  const over = [...shown].filter((id) => !short.includes(id));
  const told = await Promise.all([
    ...missed.map((id) => tell(temporal, id, true)),
    ...over.map((id) => tell(temporal, id, false)),
  ]);
  return told.filter(Boolean).length;
}

/** One that is at work, or cannot go on, is told the next time: signals that nobody takes would pile up. */
async function tell(temporal: Client, actionId: number, is_short: boolean): Promise<boolean> {
  const handle = temporal.workflow.getHandle(serviceCaseId(actionId));
  try {
    if ((await handle.describe()).raw.pendingWorkflowTask) return false;
    await handle.signal(stockSeen, { is_short });
    return true;
  } catch (error) {
    // It has just ended, or is not open yet.
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
