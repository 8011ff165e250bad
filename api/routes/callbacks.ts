import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { bostaCallback, callbackHeader, secretMatches } from '../../activities/bosta/callback.ts';
import { storeCallback } from '../../db/callbacks.ts';
import type { bostaCallbacks } from '../../workflows/bosta-callbacks.ts';
import { bostaCallbacksId, callbackStored, taskQueues } from '../../workflows/contract.ts';
import { answer, answerOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';

/** A body as it came, and what it says. */
const arrived = z.object({ json: z.string(), value: z.unknown() });

/** Bosta's callbacks: stored as they came, then answered; whoever waits for them is woken. Payloads drift, so nothing in them is refused. */
export const callbackRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => {
    try {
      const json = String(body);
      done(null, { json, value: JSON.parse(json) });
    } catch {
      done(new ApiError('INVALID_JSON', 'The body of a callback must be JSON.'));
    }
  });

  app.post('/bosta', {
    schema: {
      ...{ tags: ['callbacks'], summary: "Bosta's callbacks" },
      description: `Needs the header ${callbackHeader}. Any JSON is stored as it came; the delivery that it names is read back at Bosta.`,
      response: { 200: answerOf(z.null()) },
    },
    onRequest: async ({ headers }) => {
      if (secretMatches(headers[callbackHeader], deps.settings.webhookSecret)) return;
      throw new ApiError('UNAUTHENTICATED', `The header ${callbackHeader} is missing or wrong.`);
    },
    handler: async ({ body, log }) => {
      const came = arrived.safeParse(body).data;
      if (!came) throw new ApiError('INVALID_JSON', 'A callback must have a body.');
      const tracking_number = bostaCallback.safeParse(came.value).data?.trackingNumber ?? null;
      await storeCallback(deps.sql, { tracking_number, json: came.json });
      void wake(deps, log);
      return answer(null);
    },
  });
};

/** Bosta is not kept waiting for this: what could not be passed on is found by the next wake, or the next sync. */
async function wake({ temporal }: Deps, log: FastifyBaseLogger): Promise<void> {
  try {
    await temporal.workflow.signalWithStart<typeof bostaCallbacks>('bostaCallbacks', {
      workflowId: bostaCallbacksId,
      taskQueue: taskQueues.ingest,
      signal: callbackStored,
    });
  } catch (err) {
    log.warn({ err }, 'a callback is stored, but its workflow could not be woken');
  }
}
