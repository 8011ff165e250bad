import { z } from 'zod';
import type { SyncProgress } from '../domain/sync-progress.ts';
import { wasGivenUp } from './callbacks-given-up.ts';
import type { Sql } from './client.ts';
import { askAgain } from './full-reads.ts';
import { one } from './query.ts';
import { closeCutOff, endRun, runShape } from './runs.ts';

const begun = z.object({
  sync_run_id: z.number(),
  started_at: z.date(),
  watermark: z.date().nullable(),
});

/**
 * Notes that a sync began, and tells up to when the last one that ended well had
 * read. A full one has full reads tried again, too, that could not be taken in.
 */
export async function beginSync(
  sql: Sql,
  run: { workflow_id: string; run_id: string; is_full: boolean },
  now: Date,
): Promise<z.infer<typeof begun>> {
  return sql.begin(async (tx) => {
    await closeCutOff(tx, 'sync_runs', run.run_id);
    await tx`insert into sync_runs ${tx({ ...run, started_at: now })} on conflict (run_id) do nothing`;
    if (run.is_full) await askAgain(tx);
    return one(
      begun,
      tx`select sync_run_id, started_at,
          (select max(watermark) from sync_runs where error is null and finished_at is not null) as watermark
        from sync_runs where run_id = ${run.run_id}`,
    );
  });
}

/** Writes a running sync's progress, as `GET /api/sync/status` shows it: what kept it is over. A later page says all of it again, so that a repeated write changes nothing. A page that comes in behind its end, from a worker that was given up, changes nothing of that. */
export async function recordProgress(
  sql: Sql,
  syncRunId: number,
  progress: SyncProgress,
): Promise<void> {
  const gone = { ...progress, error: null };
  await sql`update sync_runs set ${sql(gone, 'pages', 'read', 'changed', 'failed', 'error')}
    where sync_run_id = ${syncRunId} and finished_at is null`;
}

/** Whether a search showed anything new of these deliveries, by id or tracking number, since a sync began. */
export async function hasNews(
  sql: Sql,
  syncRunId: number,
  keys: readonly string[],
): Promise<boolean> {
  const row = await one(
    z.object({ has_news: z.boolean() }),
    sql`select exists (select from sync_runs r, orders o join order_payloads p on p.order_id = o.id
      where r.sync_run_id = ${syncRunId} and p.kind = 'search' and p.read_at >= r.started_at
        and (o.id = any(${[...keys]}) or o.tracking_number = any(${[...keys]}))) as has_news`,
  );
  return row.has_news;
}

/** Notes a sync's end. Only one without an error moves the watermark: what was not read is read again. */
export async function endSync(
  sql: Sql,
  syncRunId: number,
  end: { watermark: Date | null; error: string | null },
): Promise<void> {
  const watermark = end.error === null ? end.watermark : null;
  await sql.begin(async (tx) => {
    await endRun(tx, 'sync_runs', syncRunId, end.error);
    await tx`update sync_runs set watermark = ${watermark} where sync_run_id = ${syncRunId}`;
  });
}

export const syncStatusRow = z.object({
  /** Null before the first sync, as its times are. */
  workflow_id: z.string().nullable(),
  full: z.boolean(),
  started_at: z.date().nullable(),
  ...runShape,
  unreadable: z
    .number()
    .meta({ description: 'Orders with a field that could not be read; each lists which' }),
  failures: z
    .number()
    .meta({ description: 'Deliveries that could not be taken in so far: GET /api/sync/failures' }),
  callbacks_given_up: z
    .number()
    .meta({ description: 'Callbacks that were given up: GET /api/sync/callbacks' }),
  watermark: z.date().nullable(),
});

/** The latest sync, running or not, how many orders have a field that could not be read, how many deliveries could not be taken in, how many callbacks were given up, and the time up to which everything is read. */
export function syncStatus(sql: Sql): Promise<z.infer<typeof syncStatusRow>> {
  return one(
    syncStatusRow,
    sql`select workflow_id, started_at is not null and finished_at is null as running,
        coalesce(is_full, false) as full, started_at, finished_at, coalesce(pages, 0) as pages,
        coalesce(read, 0) as read, coalesce(changed, 0) as changed, coalesce(failed, 0) as failed,
        error, (select count(*) from orders where unreadable <> '{}') as unreadable,
        (select count(*) from sync_failures where dismissed_at is null) as failures,
        (select count(*) from bosta_callbacks where ${wasGivenUp(sql)}) as callbacks_given_up,
        (select max(watermark) from sync_runs where error is null) as watermark
      from (select) always left join
        (select * from sync_runs order by sync_run_id desc limit 1) latest on true`,
  );
}

/** Whether a sync has ever come to its end: before that the orders are not complete. */
export async function hasSynced(sql: Sql): Promise<boolean> {
  const row = await one(
    z.object({ has_synced: z.boolean() }),
    sql`select exists (select from sync_runs where finished_at is not null and error is null) as has_synced`,
  );
  return row.has_synced;
}
