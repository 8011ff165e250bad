import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import {
  callbackGivenUp,
  callbacksGivenUp,
  tryCallbacksAgain,
} from '../../db/callbacks-given-up.ts';
import { answer, answerOf, answerPage, pageOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { wakeCallbacks } from '../ingest.ts';
import { trackingNumber } from '../schemas/fields.ts';
import { paging } from '../schemas/page.ts';

const tags = ['sync'];
const whose = z.strictObject({ tracking_number: trackingNumber.optional() });

/** Bosta's callbacks that were given up: who looks after the platform sees them, and has them tried again. */
export const callbackGivenUpRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/callbacks', {
    schema: {
      ...{ tags, summary: 'Callbacks that were given up', querystring: z.strictObject(paging) },
      description:
        'Those whose delivery Bosta did not give when it was read back, after the last try, and those that name none; the latest first. One leaves the list when its delivery is read back.',
      response: { 200: pageOf(callbackGivenUp) },
    },
    config: { permission: 'read_sync' },
    handler: async ({ query }) => answerPage(await callbacksGivenUp(deps.sql, query), query),
  });

  app.post('/callbacks/retry', {
    schema: {
      ...{ tags, summary: 'Try callbacks again that were given up', body: whose.nullish() },
      description: 'Those of one delivery, or all that name one; how many these are.',
      response: { 200: answerOf(z.object({ callbacks: z.number() })) },
    },
    config: { permission: 'start_sync' },
    handler: async ({ body, log }) => {
      const callbacks = await tryCallbacksAgain(deps.sql, body ?? {});
      if (callbacks === 0 && body?.tracking_number !== undefined) throw noneGivenUp();
      await wakeCallbacks(deps, log);
      return answer({ callbacks });
    },
  });
};

function noneGivenUp(): ApiError {
  const sentence =
    'No callback of this delivery was given up: GET /api/sync/callbacks lists those that were.';
  return new ApiError('CALLBACK_NOT_FOUND', sentence);
}
