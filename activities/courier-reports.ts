import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Sql } from '../db/client.ts';
import { markSent, unsentReports } from '../db/courier-reports.ts';
import { courierReport, serviceCaseId } from '../workflows/contract.ts';

const reportsAtOnce = 100;

/** Signals to each case what the courier did with its deliveries. A report is marked only after its signal: told twice is harmless (its id counts once), not told is not. A case that is closed or gone needs to know nothing. */
export async function tellCases(sql: Sql, temporal: Client): Promise<void> {
  for (;;) {
    const reports = await unsentReports(sql, reportsAtOnce);
    for (const { action_id, report } of reports) {
      try {
        await temporal.workflow.getHandle(serviceCaseId(action_id)).signal(courierReport, report);
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    }
    await markSent(
      sql,
      reports.map(({ report }) => report.message_id),
    );
    if (reports.length < reportsAtOnce) return;
  }
}
