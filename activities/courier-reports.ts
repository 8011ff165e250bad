import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Sql, TransactionSql } from '../db/client.ts';
import { type CourierReport, markSent, unsentReports } from '../db/courier-reports.ts';
import { isOnlyAskedFor } from '../domain/delivery-state.ts';
import { courierReport, serviceCaseId } from '../workflows/contract.ts';

const reportsAtOnce = 100;

/**
 * Signals to each case what the courier did with its deliveries. A report is marked
 * only after its signal: told twice is harmless (its id counts once), not told is
 * not. Several may tell at once, each other reports: after an outage many do.
 */
export async function tellCases(sql: Sql, temporal: Client): Promise<void> {
  while ((await sql.begin((tx) => tellSome(tx, temporal))) === reportsAtOnce);
}

async function tellSome(tx: TransactionSql, temporal: Client): Promise<number> {
  const reports = await unsentReports(tx, reportsAtOnce);
  for (const { action_id, report } of reports) await tell(temporal, action_id, report);
  await markSent(
    tx,
    reports.map(({ report }) => report.message_id),
  );
  return reports.length;
}

/** A case that is closed or gone needs to know nothing; nor does one whose own delivery has only been asked for. */
async function tell(temporal: Client, actionId: number, report: CourierReport): Promise<void> {
  if (isOnlyAskedFor(report.state_code, report.exceptions)) return;
  try {
    await temporal.workflow.getHandle(serviceCaseId(actionId)).signal(courierReport, report);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
