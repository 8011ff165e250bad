import { z } from 'zod';
import { cairo } from '../domain/cairo-time.ts';
import type { SyncProgress } from '../domain/sync-progress.ts';
import type { Sql } from './client.ts';
import { maybeOne, one } from './query.ts';
import { closeCutOff, runShape } from './runs.ts';

const begun = z.object({ backfill_run_id: z.number() });

/** Notes that a backfill began. */
export async function beginBackfill(
  sql: Sql,
  run: { workflow_id: string; run_id: string; from: string | null; to: string | null },
  now: Date,
): Promise<z.infer<typeof begun>> {
  const { workflow_id, run_id, from: changed_from, to: changed_to } = run;
  const row = { workflow_id, run_id, changed_from, changed_to, started_at: now };
  return sql.begin(async (tx) => {
    await closeCutOff(tx, 'backfill_runs', run_id);
    await tx`insert into backfill_runs ${tx(row)}
      on conflict (run_id) do nothing`;
    return one(begun, tx`select backfill_run_id from backfill_runs where run_id = ${run_id}`);
  });
}

/** Which part of which backfill it is that reads. */
export type BackfillPartKey = { backfill_run_id: number; part: number };

/** Writes how far a part has come: what kept its backfill is over. */
export async function recordPart(
  sql: Sql,
  { backfill_run_id, part }: BackfillPartKey,
  { pages, read, changed, failed }: SyncProgress,
): Promise<void> {
  const row = { backfill_run_id, part, pages, read, changed, failed };
  await sql`with known as (update backfill_runs set error = null
      where backfill_run_id = ${backfill_run_id} and finished_at is null)
    insert into backfill_parts ${sql(row)} on conflict (backfill_run_id, part) do update
      set (pages, read, changed, failed) =
        (excluded.pages, excluded.read, excluded.changed, excluded.failed)`;
}

export const backfillStatusRow = z.object({
  workflow_id: z.string(),
  date_from: z.string().nullable().meta({ description: 'A day in Cairo, as it was asked for' }),
  date_to: z.string().nullable(),
  started_at: z.date(),
  ...runShape,
});

/** The latest backfill, running or not, over all its parts; undefined where there was none. */
export function backfillStatus(sql: Sql): Promise<z.infer<typeof backfillStatusRow> | undefined> {
  return maybeOne(
    backfillStatusRow,
    sql`select workflow_id, finished_at is null as running, started_at, finished_at, error,
        to_char(changed_from at time zone ${cairo}, 'YYYY-MM-DD') as date_from,
        to_char((changed_to - interval '1 millisecond') at time zone ${cairo}, 'YYYY-MM-DD')
          as date_to,
        coalesce(pages, 0) as pages, coalesce(read, 0) as read, coalesce(changed, 0) as changed,
        coalesce(failed, 0) as failed
      from (select * from backfill_runs order by backfill_run_id desc limit 1) latest
        cross join lateral (select sum(pages) as pages, sum(read) as read,
            sum(changed) as changed, sum(failed) as failed
          from backfill_parts p where p.backfill_run_id = latest.backfill_run_id) parts`,
  );
}
