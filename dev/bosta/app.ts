import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { takeEmptyBodies } from '../../api/plugins/empty-bodies.ts';
import { Refusal } from './answers.ts';
import type { Changes } from './changes.ts';
import type { AnswerFaultKind, Faults, Operation } from './faults.ts';
import type { Live } from './live.ts';
import { changingRoutes } from './routes/changing.ts';
import { controlRoutes } from './routes/control.ts';
import { createRoute } from './routes/create.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { placeRoutes } from './routes/places.ts';
import type { Store } from './store.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a fault of this route's answer is asked for by. */
    operation?: Operation;
  }
}

type AppParts = {
  store: Store;
  changes: Changes;
  live: Live;
  faults: Faults;
  apiKey: string;
  /** How long a slow answer takes, in milliseconds. */
  slowMs: number;
};

/** Posted payloads may be up to 16 MB. */
const bodyLimit = 16 * 1024 * 1024;

/** Bosta's v2 under `/api/v2`, and the control routes under `/stand-in`. */
export function buildApp(parts: AppParts): FastifyInstance {
  const app = Fastify({ bodyLimit, forceCloseConnections: true });
  takeEmptyBodies(app);
  app.register(
    (bosta, _, done) => {
      speakLikeBosta(bosta, parts);
      createRoute(bosta, parts);
      changingRoutes(bosta, parts);
      deliveryRoutes(bosta, parts);
      placeRoutes(bosta);
      done();
    },
    { prefix: '/api/v2' },
  );
  app.register(
    (control, _, done) => {
      control.setErrorHandler((error, _request, reply) => {
        const { status, message } = refusalOf(error);
        return reply.code(status).send({ error: message });
      });
      controlRoutes(control, parts);
      done();
    },
    { prefix: '/stand-in' },
  );
  return app;
}

function speakLikeBosta(bosta: FastifyInstance, { apiKey, faults, slowMs }: AppParts): void {
  let limited = 0;
  const afterwards = new WeakMap<FastifyRequest, AnswerFaultKind>();
  bosta.addHook('onRequest', async (request) => {
    if (request.headers.authorization !== apiKey) {
      throw new Refusal(401, 'Invalid authorization token or API key.', 1028);
    }
  });
  bosta.addHook('preHandler', async (request, reply) => {
    const { operation } = request.routeOptions.config;
    const kind = operation && faults.ofAnswer(operation);
    if (kind === 'slow') await sleep(slowMs);
    if (kind === 'timeout_before') await never();
    if (kind === 'error_500') throw new Refusal(500, 'Internal server error');
    if (kind === 'rate_limit') return rateLimited(reply, limited++);
    if (kind) afterwards.set(request, kind);
  });
  bosta.addHook('onSend', async (request, _, body) => {
    const kind = afterwards.get(request);
    if (kind === 'timeout_after') await never();
    return kind === 'malformed' && typeof body === 'string' ? body.slice(0, body.length / 2) : body;
  });
  bosta.setErrorHandler((error, _, reply) => {
    const { status, message, errorCode } = refusalOf(error);
    return reply.code(status).send({ success: false, message, errorCode });
  });
  bosta.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ success: false, message: 'Not Found' }),
  );
}

/** Every other one inside an HTTP 200, as has been seen; Bosta asks for minutes, which nobody wants to wait here. */
function rateLimited(reply: FastifyReply, times: number) {
  const status = times % 2 === 0 ? 429 : 200;
  return reply.code(status).send({ success: false, errorCode: 429, retryAfter: 2 });
}

/** The connection stays open until the client or the end of the stand-in closes it. */
function never(): Promise<never> {
  return new Promise(() => {});
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    return new Refusal(400, `${issue?.path.join('.') || 'body'}: ${issue?.message}`, 777);
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return new Refusal(status, error instanceof Error ? error.message : 'Internal server error');
}
