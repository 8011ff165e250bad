import { z } from 'zod';
import { isShort, storedState } from './case-queries.ts';
import type { AnySql } from './client.ts';
import { policyColumn, storedPolicy } from './policies.ts';
import { many } from './query.ts';

const recordedCase = z.object({
  action_id: z.number(),
  state: storedState,
  policy: storedPolicy,
  /** Whether it waits for a product that its hub has not got. */
  is_short: z.boolean(),
});
/** A case as it is recorded, whether it is over or not, with the policy that it keeps. */
export type RecordedCase = z.infer<typeof recordedCase>;

/** How long a request that opens a case may still be at work on it. */
const openingSeconds = 30;

function columns(sql: AnySql) {
  return sql`a.action_id, a.state, ${policyColumn(sql)}, ${isShort(sql)} as is_short
    from service_actions a join policies p on p.version = a.policy_version`;
}

/** Open cases by their number, those after `after`: a page at a time, since there may be many. */
export function openCasesAfter(sql: AnySql, after: number, limit: number): Promise<RecordedCase[]> {
  return many(
    recordedCase,
    sql`select ${columns(sql)} where a.completed_at is null and a.action_id > ${after} order by a.action_id limit ${limit}`,
  );
}

/** Cases that were stored a while ago and have recorded no opening: whoever stored them could not start their workflow. */
export function forgottenCases(sql: AnySql, limit: number): Promise<RecordedCase[]> {
  return many(
    recordedCase,
    sql`select ${columns(sql)} where a.completed_at is null and a.state ->> 'waiting' is null
        and a.created_at < now() - make_interval(secs => ${openingSeconds})
      order by a.action_id limit ${limit}`,
  );
}

/** Cases that have just recorded a step, had time to go on from it, and may be over by it. */
export function casesJustMoved(sql: AnySql, limit: number): Promise<RecordedCase[]> {
  return many(
    recordedCase,
    sql`select ${columns(sql)}
      where a.updated_at between now() - interval '15 minutes' and now() - interval '20 seconds'
        and (a.completed_at is not null or a.state ->> 'waiting' is not null)
      order by a.updated_at desc limit ${limit}`,
  );
}

/** Open cases that wait for a product that their hub has not got. */
export async function casesShortOfStock(sql: AnySql): Promise<number[]> {
  const rows = await many(
    z.object({ action_id: z.number() }),
    sql`select a.action_id from service_actions a where a.action_status in ('hub_confirmed', 'in_progress')
      and a.state -> 'waiting' ->> 'what' = 'service' and ${isShort(sql)}`,
  );
  return rows.map(({ action_id }) => action_id);
}

/** These cases as they are recorded. */
export function recordedCases(sql: AnySql, actionIds: readonly number[]): Promise<RecordedCase[]> {
  return many(recordedCase, sql`select ${columns(sql)} where a.action_id = any(${[...actionIds]})`);
}
