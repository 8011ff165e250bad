import { z } from 'zod';
import type { Policy } from '../domain/policy.ts';
import type { Sql } from './client.ts';
import { type Relinked, relinkStored } from './families.ts';
import { lockIngest } from './orders.ts';
import { many, maybeOne, one } from './query.ts';
import { closeCutOff } from './runs.ts';

const begun = z.object({ family_run_id: z.number(), total: z.number() });

/** Notes that a look at all families began, and over how many orders it goes. */
export function beginFamilyRun(
  sql: Sql,
  run: { workflow_id: string; run_id: string },
): Promise<z.infer<typeof begun>> {
  return sql.begin(async (tx) => {
    await closeCutOff(tx, 'family_runs', run.run_id);
    await tx`insert into family_runs (workflow_id, run_id, total)
      select ${run.workflow_id}, ${run.run_id}, count(*) from orders on conflict (run_id) do nothing`;
    return one(
      begun,
      tx`select family_run_id, total from family_runs where run_id = ${run.run_id}`,
    );
  });
}

const idRow = z.object({ id: z.string() });
/** Some milliseconds of the ingest's lock at a time. */
const ordersAtOnce = 200;

/** Looks at the next orders' families, in the order of ids after `after`; the last id, undefined where there are no more. */
export async function relinkNext(
  sql: Sql,
  after: string,
  policy: Policy,
  now: Date,
): Promise<Relinked & { last: string | undefined }> {
  return sql.begin(async (tx) => {
    await lockIngest(tx);
    const rows = await many(
      idRow,
      tx`select id from orders where id > ${after} order by id limit ${ordersAtOnce}`,
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return { evaluated: 0, changed: 0, last: undefined };
    const { changed } = await relinkStored(tx, ids, policy, now);
    return { evaluated: ids.length, changed, last: ids.at(-1) };
  });
}

/** Looks at the families of some orders now. */
export function relinkNow(
  sql: Sql,
  orderIds: readonly string[],
  policy: Policy,
  now: Date,
): Promise<Relinked> {
  return sql.begin(async (tx) => {
    await lockIngest(tx);
    return relinkStored(tx, orderIds, policy, now);
  });
}

/** Writes how far a run has come. */
export async function recordFamilyProgress(
  sql: Sql,
  familyRunId: number,
  { evaluated, changed }: Relinked,
): Promise<void> {
  await sql`update family_runs set evaluated = ${evaluated}, changed = ${changed}
    where family_run_id = ${familyRunId}`;
}

export const familyRun = z.object({
  workflow_id: z.string(),
  running: z.boolean(),
  started_at: z.date(),
  finished_at: z.date().nullable(),
  total: z.number(),
  evaluated: z.number(),
  changed: z.number(),
  error: z.string().nullable(),
});

/** The latest look at all families, running or not; undefined before the first. */
export function latestFamilyRun(sql: Sql): Promise<z.infer<typeof familyRun> | undefined> {
  return maybeOne(
    familyRun,
    sql`select workflow_id, finished_at is null as running, started_at, finished_at, total,
        evaluated, changed, error
      from family_runs order by family_run_id desc limit 1`,
  );
}
