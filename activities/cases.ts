import { activityInfo } from '@temporalio/activity';
import type { Sql } from '../db/client.ts';
import { outcomeOf, type Recorded, writeStep } from '../db/record-step.ts';
import type { Outcome, Step } from '../domain/step.ts';

/** What became of a step. With `heard_at` nothing of it was written: its workflow's clock stood still, and this is when its message was heard. */
type Heard = Recorded & { heard_at?: string };

/** As long as Temporal gives a workflow for a task, in milliseconds: a clock that is further behind stands still. */
const longestTaskMs = 10_000;

/** What a case asks of Postgres: its steps, each recorded once. */
export function createCaseActivities({ sql }: { sql: Sql }) {
  return {
    /** Records a step, decided at `now` by the workflow's clock (in milliseconds), with its event and effects in one transaction; says so where stock or catalogue refuse it. */
    async recordStep(step: Step, now: number): Promise<Heard> {
      const { scheduledTimestampMs: asked } = activityInfo();
      if (asked - now > longestTaskMs) return { heard_at: new Date(asked).toISOString() };
      return writeStep(sql, step);
    },

    /** What became of a message in an earlier run of its case; null for a new one. */
    async recallMessage(messageId: string): Promise<Outcome | null> {
      return (await outcomeOf(sql, messageId)) ?? null;
    },
  };
}

export type CaseActivities = ReturnType<typeof createCaseActivities>;
