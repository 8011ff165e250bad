import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { bostaCallback, callbackHeader, secretMatches } from '../../activities/bosta/callback.ts';
import { storeCallback } from '../../db/callbacks.ts';
import { answer, answerOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { wakeCallbacks } from '../ingest.ts';

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
      // Bosta is not kept waiting for this.
      void wakeCallbacks(deps, log);
      return answer(null);
    },
  });
};
