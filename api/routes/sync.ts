import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { backfillStatus, backfillStatusRow } from '../../db/backfill-runs.ts';
import { syncStatus, syncStatusRow } from '../../db/sync-runs.ts';
import { cairoDayEnd, cairoDayStart } from '../../domain/cairo-time.ts';
import type { bostaBackfill } from '../../workflows/bosta-backfill.ts';
import type { bostaSync } from '../../workflows/bosta-sync.ts';
import { bostaBackfillId, bostaSyncId } from '../../workflows/contract.ts';
import { answer, answerOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { startedWorkflow, startIngest } from '../ingest.ts';
import { day } from '../schemas/fields.ts';

const tags = ['sync'];
const syncBody = z
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

const status = syncStatusRow.extend({
  backfill: backfillStatusRow.nullable().meta({ description: 'The latest one; null before any' }),
});

/** Reading Bosta now, and how far that is. */
export const syncRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.post('', {
    schema: {
      ...{ tags, summary: 'Read Bosta now' },
      description:
        'Without dates a sync: what is new, or all where `full`. With dates (Cairo; either may be left out) a backfill: what Bosta changed in these days. While one runs, its id again.',
      body: syncBody.nullish(),
      response: { 202: answerOf(startedWorkflow) },
    },
    config: { permission: 'start_sync' },
    handler: async ({ body }, reply) => {
      const isBackfill = body?.date_from !== undefined || body?.date_to !== undefined;
      const run = isBackfill
        ? startIngest<typeof bostaBackfill>(deps, {
            ...{ workflow: 'bostaBackfill', workflowId: bostaBackfillId },
            args: [instants(body)],
          })
        : startIngest<typeof bostaSync>(deps, {
            ...{ workflow: 'bostaSync', workflowId: bostaSyncId },
            args: [{ full: body?.full ?? false }],
          });
      return reply.code(202).send(answer(await run));
    },
  });

  app.get('/status', {
    schema: {
      ...{ tags, summary: 'How far the sync is', response: { 200: answerOf(status) } },
      description:
        'The latest one, running or not; what could not be read or taken in so far; up to when all is read; and the latest backfill.',
    },
    config: { permission: 'read_sync' },
    handler: async () => {
      const [sync, backfill] = await Promise.all([syncStatus(deps.sql), backfillStatus(deps.sql)]);
      return answer({ ...sync, backfill: backfill ?? null });
    },
  });
};

/** Days in Cairo as the instants at which the first begins and the last ends. */
function instants({ date_from, date_to }: NonNullable<z.infer<typeof syncBody>>) {
  return {
    from: date_from === undefined ? null : cairoDayStart(date_from).toISOString(),
    to: date_to === undefined ? null : cairoDayEnd(date_to).toISOString(),
  };
}
