import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../db/client.ts';
import { hasSynced, syncStatus } from '../db/sync-runs.ts';

const pollMs = 200;

/**
 * Resolves when a sync has come to its end on the database at `url`, however long it
 * takes: a million deliveries take a quarter of an hour. Tells how many are read.
 */
export async function firstSync(url: string, told: (read: number) => void): Promise<void> {
  const sql = connect(url, { max: 1 });
  const isDone = async () => {
    if (await hasSynced(sql)) return true;
    told((await syncStatus(sql)).read);
    return false;
  };
  // A part that dies meanwhile is started again, Postgres too: it is asked once more.
  while (!(await isDone().catch(() => false))) await sleep(pollMs);
  await sql.end();
}
