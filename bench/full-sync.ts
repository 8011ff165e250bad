import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { many } from '../db/query.ts';
import { startWorld } from './world.ts';

/**
 * `npm run bench:sync [-- --deliveries 100000]`: how fast a first full sync is, the
 * whole of it: pages over HTTP from the stand-in, each an activity of the workflow,
 * taken in by the worker that `npm start` runs.
 */
const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '100000' } } });
const finished = z.object({
  seconds: z.number(),
  pages: z.number(),
  read: z.number(),
  changed: z.number(),
  failed: z.number(),
  error: z.string().nullable(),
});

const world = await startWorld({
  BOSTA_STAND_IN_DELIVERIES: values.deliveries,
  WAIT_FOR_FIRST_SYNC: 'false',
});
try {
  const { seconds, pages, read, changed, failed } = await firstSync();
  const rate = Math.round(read / seconds).toLocaleString('en');
  console.log(
    `${read} deliveries on ${pages} pages in ${seconds.toFixed(0)} s, ${rate} a second; ` +
      `${changed} taken in, ${failed} not; ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  );
} finally {
  await world.stop();
}

/** The platform reads everything by itself when it is new. */
async function firstSync(): Promise<z.infer<typeof finished>> {
  for (;;) {
    const [run] = await many(
      finished,
      world.sql`select extract(epoch from finished_at - started_at)::float as seconds,
          pages, read, changed, failed, error
        from sync_runs where finished_at is not null order by sync_run_id limit 1`,
    );
    if (run?.error) throw new Error(`The sync ended early: ${run.error}`);
    if (run) return run;
    await setTimeout(1000);
  }
}
