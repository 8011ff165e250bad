import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { dismissFailure, findFailures, syncFailureRow } from '../../db/sync-failures.ts';
import { failureSentence } from '../../domain/failure-words.ts';
import { failureCauses } from '../../domain/vocabulary.ts';
import { answer, answerOf, answerPage, pageOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { userOf } from '../plugins/auth.ts';
import { flag } from '../schemas/fields.ts';
import { paging } from '../schemas/page.ts';

const tags = ['sync'];
const failure = syncFailureRow
  .extend({ sentence: z.object({ en: z.string(), ar: z.string() }) })
  .meta({ id: 'SyncFailure' });
const failureFilter = z.strictObject({
  cause: z.enum(failureCauses).optional(),
  dismissed: flag
    .optional()
    .meta({ description: 'Those that somebody dismissed, else the others' }),
  ...paging,
});
const byId = z.strictObject({
  failure_id: z.string().regex(/^[0-9a-f]{64}$/, 'must be the failure_id of the list'),
});

/** What could not be taken in, and taking it off the list when somebody has looked at it. */
export const syncFailureRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  app.get('/failures', {
    schema: {
      ...{ tags, summary: 'Deliveries that could not be taken in', querystring: failureFilter },
      description:
        'Whoever brought them: sync, callback, backfill or file; the latest first. Each is kept whole, and leaves the list when it is read again and taken in, or is dismissed.',
      response: { 200: pageOf(failure) },
    },
    config: { permission: 'read_sync' },
    handler: async ({ query }) => {
      const { rows, total } = await findFailures(sql, query, query);
      return answerPage({ rows: rows.map(told), total }, query);
    },
  });

  app.post('/failures/:failure_id/dismiss', {
    schema: {
      ...{ tags, summary: 'Take a failure off the list', params: byId },
      description:
        'It stays on record with who dismissed it and when, and is tried again whenever it is read. Another payload of the same delivery is another failure.',
      response: { 200: answerOf(failure) },
    },
    config: { permission: 'start_sync' },
    handler: async (request) => {
      const { user_id } = userOf(request);
      const row = await dismissFailure(sql, request.params.failure_id, user_id);
      if (row) return answer(told(row));
      const sentence = 'There is no such failure: it may have been taken in meanwhile.';
      throw new ApiError('FAILURE_NOT_FOUND', sentence);
    },
  });
};

function told(row: z.infer<typeof syncFailureRow>): z.infer<typeof failure> {
  return { ...row, sentence: failureSentence(row.cause) };
}
