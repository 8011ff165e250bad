import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { syncStatus } from '../../db/sync-runs.ts';
import { cairoDayEnd, cairoDayStart } from '../../domain/cairo-time.ts';
import { bostaBackfillId, bostaSyncId, taskQueues } from '../../workflows/contract.ts';
import { answer, answerOf } from '../answers.ts';
import { toRefusal } from '../cases/refusals.ts';
import type { Deps } from '../deps.ts';
import { day } from '../schemas/fields.ts';

const tags = ['sync'];
const Request = z
  .strictObject({
    full: z.boolean().optional(),
    date_from: day.optional(),
    date_to: day.optional(),
  })
  .refine(
    ({ full, date_from, date_to }) => !(full && (date_from ?? date_to)),
    'A full sync reads all days: give full, or date_from and date_to',
  )
  .refine(
    ({ date_from, date_to }) => !(date_from && date_to && date_from > date_to),
    'date_from must not be after date_to',
  );
const started = z.object({ workflow_id: z.string() });
const progress = z.object({
  workflow_id: z.string().nullable(),
  running: z.boolean(),
  full: z.boolean(),
  started_at: z.date().nullable(),
  finished_at: z.date().nullable(),
  ...{ pages: z.number(), read: z.number(), changed: z.number(), failed: z.number() },
  /** Orders with a field that could not be read; each lists which. */
  unreadable: z.number(),
  watermark: z.date().nullable(),
  error: z.string().nullable(),
});

/** Before the first sync. */
const nothingYet: z.infer<typeof progress> = {
  ...{ workflow_id: null, running: false, full: false, started_at: null, finished_at: null },
  ...{ pages: 0, read: 0, changed: 0, failed: 0, unreadable: 0, watermark: null, error: null },
};

/** Reading Bosta now, and how far that is. */
export const syncRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql, temporal }) => {
  app.post('', {
    schema: {
      ...{
        tags,
        summary: 'Sync now, or backfill the changes of some days; while one runs, its id again',
      },
      body: Request.nullish(),
      response: { 202: answerOf(started) },
    },
    config: { permission: 'start_sync' },
    handler: async ({ body }, reply) => {
      const isBackfill = body?.date_from !== undefined || body?.date_to !== undefined;
      const run = await temporal
        .withDeadline(Date.now() + startTimeoutMs, () =>
          temporal.workflow.start(isBackfill ? 'bostaBackfill' : 'bostaSync', {
            workflowId: isBackfill ? bostaBackfillId : bostaSyncId,
            taskQueue: taskQueues.ingest,
            args: [body && isBackfill ? instants(body) : { full: body?.full ?? false }],
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

/** Days in Cairo as the instants at which the first begins and the last ends. */
function instants({ date_from, date_to }: NonNullable<z.infer<typeof Request>>) {
  return {
    from: date_from === undefined ? null : cairoDayStart(date_from).toISOString(),
    to: date_to === undefined ? null : cairoDayEnd(date_to).toISOString(),
  };
}
