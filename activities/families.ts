import type { Sql } from '../db/client.ts';
import { beginFamilyRun, recordFamilyProgress, relinkNext } from '../db/family-runs.ts';
import { currentPolicy } from '../db/policies.ts';
import { endRun } from '../db/runs.ts';
import { detectFamiliesId } from '../workflows/contract.ts';

type Deps = { sql: Sql; clock?: () => Date };

/** How far a look at all families has come; `after` is the last order's id, null at the end. */
export type FamilyCursor = {
  family_run_id: number;
  after: string | null;
  total: number;
  evaluated: number;
  changed: number;
};

/** Looking at all families anew. Results carry ids and counts alone. */
export function createFamilyActivities({ sql, clock = () => new Date() }: Deps) {
  return {
    /** Notes that a run began. */
    async beginFamilyRun(run_id: string): Promise<FamilyCursor> {
      const begun = await beginFamilyRun(sql, { run_id, workflow_id: detectFamiliesId });
      return { ...begun, after: '', evaluated: 0, changed: 0 };
    },

    /** Looks at the next orders. Done twice it changes nothing. */
    async relinkNext(cursor: FamilyCursor): Promise<FamilyCursor> {
      const policy = await currentPolicy(sql);
      const done = await relinkNext(sql, cursor.after ?? '', policy, clock());
      const next = {
        ...cursor,
        after: done.last ?? null,
        evaluated: cursor.evaluated + done.evaluated,
        changed: cursor.changed + done.changed,
      };
      await recordFamilyProgress(sql, cursor.family_run_id, next);
      return next;
    },

    /** Notes the run's end. */
    endFamilyRun: (end: { family_run_id: number; error: string | null }) =>
      endRun(sql, 'family_runs', end.family_run_id, end.error),
  };
}

export type FamilyActivities = ReturnType<typeof createFamilyActivities>;
