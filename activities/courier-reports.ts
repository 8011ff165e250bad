import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Sql, TransactionSql } from '../db/client.ts';
import {
  type CourierReport,
  hasUnsentReports,
  keepForLater,
  markSent,
  unsentReports,
} from '../db/courier-reports.ts';
import { courierReport, serviceCaseId } from '../workflows/contract.ts';

const reportsAtOnce = 100;

/**
 * Signals to each case what the courier did with its deliveries. A report is marked
 * only after its signal: told twice is harmless (its id counts once), not told is
 * not. Several may tell at once, each other reports: after an outage many do.
 */
export async function tellCases(sql: Sql, temporal: Client): Promise<void> {
  // Mostly there are none, and whoever asks is in a hurry: a case waits for it.
  if (!(await hasUnsentReports(sql))) return;
  while ((await sql.begin((tx) => tellSome(tx, temporal))) === reportsAtOnce);
}

/** Gives how many reports need not be told any more. */
async function tellSome(tx: TransactionSql, temporal: Client): Promise<number> {
  const done: string[] = [];
  const unheard: string[] = [];
  for (const { action_id, is_open, report } of await unsentReports(tx, reportsAtOnce)) {
    const isHeard = await tell(temporal, action_id, report);
    (isHeard || !is_open ? done : unheard).push(report.message_id);
  }
  await markSent(tx, done);
  await keepForLater(tx, unheard);
  return done.length;
}

/** False where no workflow runs: a case that is closed needs to know nothing, an open one hears it when it goes on. */
async function tell(temporal: Client, actionId: number, report: CourierReport): Promise<boolean> {
  try {
    await temporal.workflow.getHandle(serviceCaseId(actionId)).signal(courierReport, report);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
