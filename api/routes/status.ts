import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { hasSynced } from '../../db/sync-runs.ts';
import { taskQueues } from '../../workflows/contract.ts';
import { answer, answerOf } from '../answers.ts';
import { isAttended } from '../attended.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';

const readiness = z.object({
  database: z.boolean(),
  worker: z.boolean(),
  first_sync: z.boolean().nullable().meta({ description: 'Null where nobody waits for it' }),
});
type Readiness = z.infer<typeof readiness>;

/** A watcher may ask as often as it likes: the parts are asked once a second. */
const freshMs = 1_000;
/** Each part answers in milliseconds, or is away. */
const patienceMs = 2_000;

/** Whether all parts work together: 200, or 503 with what is missing. */
export const statusRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const look = lookout(deps);
  let latest = { at: 0, seen: Promise.resolve<Readiness>(notAsked) };
  app.get('/status', {
    schema: {
      ...{ tags: ['status'], summary: 'Whether everything is ready' },
      description: '503 NOT_READY says in `details` what is missing.',
      response: { 200: answerOf(readiness) },
    },
    handler: async () => {
      if (Date.now() - latest.at > freshMs) latest = { at: Date.now(), seen: look() };
      const seen = await latest.seen;
      const missing = Object.entries(seen).filter(([, isReady]) => isReady === false);
      if (missing.length === 0) return answer(seen);
      const names = missing.map(([name]) => name.replaceAll('_', ' ')).join(', ');
      throw new ApiError('NOT_READY', `Not ready yet: ${names}.`, seen);
    },
  });
};

const notAsked: Readiness = { database: false, worker: false, first_sync: null };

function lookout(deps: Deps): () => Promise<Readiness> {
  const { sql, settings } = deps;
  const askDatabase = inTime(() => sql`select from schema_migrations limit 1`);
  const askForWorker = inTime(() => workerIsThere(deps));
  const askForSync = settings.needsFirstSync ? inTime(() => hasSynced(sql)) : () => null;
  return async () => {
    const [database, worker, first_sync] = await Promise.all([
      ...([askDatabase(), askForWorker(), askForSync()] as const),
    ]);
    return { database, worker, first_sync };
  };
}

/** A question to a part that is false where no answer comes in time. While a part still owes one it is not asked again: it would find a heap of questions when it goes on. */
function inTime(question: () => PromiseLike<unknown>): () => Promise<boolean> {
  let owed: Promise<boolean> | undefined;
  return () => {
    owed ??= succeeds(question()).finally(() => {
      owed = undefined;
    });
    return Promise.race([owed, pause(patienceMs, false)]);
  };
}

/** A part that cannot be asked is a part that is not ready: that is the answer here, not an error. */
async function succeeds(question: PromiseLike<unknown>): Promise<boolean> {
  try {
    return (await question) !== false;
  } catch {
    return false;
  }
}

async function workerIsThere({ temporal }: Deps): Promise<boolean> {
  const { namespace } = temporal.options;
  const queue = await temporal.withDeadline(Date.now() + patienceMs, () =>
    temporal.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueues.cases },
      taskQueueType: 1, // of workflow tasks
    }),
  );
  return isAttended(queue, Date.now());
}
