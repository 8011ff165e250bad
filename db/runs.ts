import { z } from 'zod';
import type { Sql, TransactionSql } from './client.ts';

/** What goes over many orders is on record, a row for each run; of one kind one runs at a time. */
const keys = {
  sync_runs: 'sync_run_id',
  backfill_runs: 'backfill_run_id',
  family_runs: 'family_run_id',
} as const;
type Runs = keyof typeof keys;

/** Closes what was cut off without a word, before the run of this id begins. */
export async function closeCutOff(tx: TransactionSql, runs: Runs, runId: string): Promise<void> {
  await tx`update ${tx(runs)} set finished_at = now(), error = 'It was cut off'
    where finished_at is null and run_id <> ${runId}`;
}

/** Notes what keeps a running one from going on: it is tried again for a while, and whoever looks shall see why it stands still. */
export async function recordTrouble(
  sql: Sql,
  runs: Runs,
  id: number,
  error: string,
): Promise<void> {
  await sql`update ${sql(runs)} set error = ${error}
    where ${sql(keys[runs])} = ${id} and finished_at is null`;
}

/** Notes how a run ended, null where well; told twice, it ended when it was told first. */
export async function endRun(
  sql: Sql | TransactionSql,
  runs: Runs,
  id: number,
  error: string | null,
): Promise<void> {
  await sql`update ${sql(runs)} set finished_at = coalesce(finished_at, now()), error = ${error}
    where ${sql(keys[runs])} = ${id}`;
}

/** What is told of a sync as of a backfill. */
export const runShape = {
  running: z.boolean(),
  finished_at: z.date().nullable(),
  pages: z.number(),
  read: z.number(),
  changed: z.number(),
  failed: z.number(),
  error: z
    .string()
    .nullable()
    .meta({ description: 'Why it ended early or, while it runs, what it is held up by' }),
};
