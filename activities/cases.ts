import type { Sql } from '../db/client.ts';
import { outcomeOf, type Recorded, writeStep } from '../db/record-step.ts';
import type { Outcome, Step } from '../domain/step.ts';

/** What a case asks of Postgres: its steps, each recorded once. */
export function createCaseActivities({ sql }: { sql: Sql }) {
  return {
    /** Records a step with its event and effects in one transaction; says so where stock or catalogue refuse it. */
    recordStep(step: Step): Promise<Recorded> {
      return writeStep(sql, step);
    },

    /** What became of a message in an earlier run of its case; null for a new one. */
    async recallMessage(messageId: string): Promise<Outcome | null> {
      return (await outcomeOf(sql, messageId)) ?? null;
    },
  };
}

export type CaseActivities = ReturnType<typeof createCaseActivities>;
