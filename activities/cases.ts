import type { Sql } from '../db/client.ts';
import { type Recorded, writeStep } from '../db/record-step.ts';
import type { Step } from '../domain/step.ts';

/** What a case asks of Postgres: its steps, each recorded once. */
export function createCaseActivities({ sql }: { sql: Sql }) {
  return {
    /** Records a step with its event and effects in one transaction; says so where stock or catalogue refuse it. */
    recordStep(step: Step): Promise<Recorded> {
      return writeStep(sql, step);
    },
  };
}

export type CaseActivities = ReturnType<typeof createCaseActivities>;
