import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { syncStatus } from '../../db/sync-runs.ts';
import { bostaSyncId, taskQueues } from '../../workflows/contract.ts';
import { answer, answerOf } from '../answers.ts';
import { toRefusal } from '../cases/refusals.ts';
import type { Deps } from '../deps.ts';

const tags = ['sync'];
const started = z.object({ workflow_id: z.string() });
const progress = z.object({
  workflow_id: z.string().nullable(),
  running: z.boolean(),
  full: z.boolean(),
  started_at: z.date().nullable(),
  finished_at: z.date().nullable(),
  ...{ pages: z.number(), read: z.number(), changed: z.number(), failed: z.number() },
  watermark: z.date().nullable(),
  error: z.string().nullable(),
});

/** Before the first sync. */
const nothingYet: z.infer<typeof progress> = {
  ...{ workflow_id: null, running: false, full: false, started_at: null, finished_at: null },
  ...{ pages: 0, read: 0, changed: 0, failed: 0, watermark: null, error: null },
};

/** Reading Bosta now, and how far that is. */
export const syncRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql, temporal }) => {
  app.post('', {
    schema: {
      ...{ tags, summary: 'Sync now; while one runs, its id again' },
      body: z.strictObject({ full: z.boolean().optional() }).nullish(),
      response: { 202: answerOf(started) },
    },
    config: { permission: 'start_sync' },
    handler: async ({ body }, reply) => {
      const run = await temporal
        .withDeadline(Date.now() + startTimeoutMs, () =>
          temporal.workflow.start('bostaSync', {
            workflowId: bostaSyncId,
            taskQueue: taskQueues.ingest,
            args: [{ full: body?.full ?? false }],
            workflowIdConflictPolicy: 'USE_EXISTING',
          }),
        )
        .catch((error: unknown) => {
          throw toRefusal(error);
        });
      return reply.code(202).send(answer({ workflow_id: run.workflowId }));
    },
  });

  app.get('/status', {
    schema: { tags, summary: 'How far the sync is', response: { 200: answerOf(progress) } },
    config: { permission: 'read_sync' },
    handler: async () => answer((await syncStatus(sql)) ?? nothingYet),
  });
};

const startTimeoutMs = 10_000;
