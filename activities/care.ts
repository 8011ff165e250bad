import { log } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { writeCheckRun } from '../db/check-runs.ts';
import type { Sql } from '../db/client.ts';
import type { Difference } from '../domain/difference.ts';
import type { BostaClient } from './bosta/client.ts';
import { type CheckedPage, checkBostaPage } from './check-bosta.ts';
import { checkRecords } from './check-records.ts';
import { askingBosta } from './failures.ts';
import { catchUpCases, openForgotten } from './recovery.ts';
import { tellOfStock } from './stock-news.ts';

/** More would tell nobody more, and a workflow's history takes no more than some megabytes. */
const mostDifferences = 1_000;

type Deps = { sql: Sql; temporal: Client };

/** What keeps cases from being lost in silence. */
export function createCareActivities(deps: Deps) {
  return {
    /** Opens cases that were stored and never started; gives how many. */
    async openForgotten(): Promise<number> {
      const opened = await openForgotten(deps);
      if (opened > 0) log.warn('cases were stored and not opened: opened now', { opened });
      return opened;
    },

    /** Has cases go on whose workflow is behind their record, and tells them of their stock; gives how many went on. */
    async catchUpCases(): Promise<number> {
      const caughtUp = await catchUpCases(deps);
      if (caughtUp > 0) log.warn('workflows were behind their record: caught up', { caughtUp });
      await tellOfStock(deps);
      return caughtUp;
    },

    /** Compares all that is recorded here; gives the first of what differs. */
    async checkRecords(): Promise<Difference[]> {
      return (await checkRecords(deps)).slice(0, mostDifferences);
    },

    /** Keeps the differences that lasted, and warns of them. */
    async writeCheckRun(run: Parameters<typeof writeCheckRun>[1]): Promise<void> {
      await writeCheckRun(deps.sql, run);
      const found = run.differences.length;
      if (found > 0) log.warn('the nightly check found differences: see check_runs', { found });
    },
  };
}

/** The part of the check that asks Bosta, on its queue. */
export function createBostaCheck(deps: { sql: Sql; bosta: BostaClient }) {
  return {
    /** Compares one page of Bosta's deliveries with the cases. */
    checkBostaPage: (page: number): Promise<CheckedPage> =>
      askingBosta(() => checkBostaPage(deps, page)),
  };
}

export type CareActivities = ReturnType<typeof createCareActivities>;
export type BostaCheck = ReturnType<typeof createBostaCheck>;
