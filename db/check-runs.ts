import type { Difference } from '../domain/difference.ts';
import type { Sql } from './client.ts';

/** Keeps what a check of the whole found, under the run that made it: written twice, it is one. */
export async function writeCheckRun(
  sql: Sql,
  run: { run_id: string; started_at: string; differences: readonly Difference[] },
): Promise<void> {
  const { run_id, started_at, differences } = run;
  await sql`insert into check_runs (run_id, started_at, found, differences)
    values (${run_id}, ${started_at}, ${differences.length}, ${sql.json([...differences])})
    on conflict on constraint one_row_per_check_run do nothing`;
}
