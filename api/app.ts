import rateLimit from '@fastify/rate-limit';
import { serializerCompiler, validatorCompiler } from '@fastify/type-provider-zod';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RouteOptions,
} from 'fastify';
import { z } from 'zod';
import type { Deps } from './deps.ts';
import { ApiError, answerError } from './errors.ts';
import { authenticate } from './plugins/auth.ts';
import { takeEmptyBodies } from './plugins/empty-bodies.ts';
import { describeApi } from './plugins/openapi.ts';
import { sayInWords } from './problems.ts';
import { callbackRoutes } from './routes/callbacks.ts';
import { callbackGivenUpRoutes } from './routes/callbacks-given-up.ts';
import { caseChangeRoutes } from './routes/case-changes.ts';
import { decisionRoutes } from './routes/case-decisions.ts';
import { serviceRoutes } from './routes/case-service.ts';
import { caseOpeningRoutes, caseRoutes } from './routes/cases.ts';
import { inventoryRoutes, placeRoutes, productRoutes } from './routes/catalogue.ts';
import { customerRoutes } from './routes/customers.ts';
import { hierarchyRoutes } from './routes/hierarchy.ts';
import { hierarchyActRoutes } from './routes/hierarchy-acts.ts';
import { hubRoutes } from './routes/hub.ts';
import { orderListRoutes, orderRoutes } from './routes/orders.ts';
import { sessionRoutes, signInRoutes } from './routes/sessions.ts';
import { statusRoutes } from './routes/status.ts';
import { syncRoutes } from './routes/sync.ts';
import { syncFailureRoutes } from './routes/sync-failures.ts';
import { answerUnread } from './unread-requests.ts';

/** The API, not yet listening: this is its site map. */
export async function buildApp(deps: Deps, logger?: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : {}),
    // With a slash at its end `/orders/` would be an order whose id is empty.
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    frameworkErrors: answerError,
    clientErrorHandler: answerUnread,
    handlerTimeout: deps.settings.answerTimeoutMs,
    // Who asks on a connection that is still open is answered: Fastify's own 503 has no envelope.
    return503OnClosing: false,
    // Fastify's own lines quote paths, and phones stand in paths: one line of ours is enough.
    logController: new LogController({ disableRequestLogging: true }),
  });
  app.addHook('onResponse', logAnswer);
  takeEmptyBodies(app);
  z.config({ customError: sayInWords });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(({ method }, reply) =>
    answerError(
      new ApiError('NOT_FOUND', `There is nothing here for ${method}: see /api/docs.`),
      reply.request,
      reply,
    ),
  );
  await describeApi(app);
  await app.register(rateLimit, { global: false, errorResponseBuilder: tooManyAttempts });

  // Open to everybody.
  await app.register(statusRoutes, { ...deps, prefix: '/api' });
  await app.register(signInRoutes, { ...deps, prefix: '/api' });
  await app.register(callbackRoutes, { ...deps, prefix: '/api/webhooks' });

  // With a token and a role.
  await app.register(async (scope) => {
    authenticate(scope, deps);
    scope.addHook('onRoute', takeNoOtherParameters);
    await scope.register(sessionRoutes, { ...deps, prefix: '/api' });
    await scope.register(caseOpeningRoutes, { ...deps, prefix: '/api/service-actions' });
    await scope.register(caseRoutes, { ...deps, prefix: '/api/service-actions' });
    await scope.register(caseChangeRoutes, { ...deps, prefix: '/api/service-actions' });
    await scope.register(decisionRoutes, { ...deps, prefix: '/api/service-actions' });
    await scope.register(serviceRoutes, { ...deps, prefix: '/api/service-actions' });
    await scope.register(hubRoutes, { ...deps, prefix: '/api/service-actions' });
    await scope.register(hierarchyRoutes, { ...deps, prefix: '/api/orders/hierarchy' });
    await scope.register(hierarchyActRoutes, { ...deps, prefix: '/api/orders/hierarchy' });
    await scope.register(orderListRoutes, { ...deps, prefix: '/api/orders' });
    await scope.register(orderRoutes, { ...deps, prefix: '/api/orders' });
    await scope.register(customerRoutes, { ...deps, prefix: '/api/customers' });
    await scope.register(productRoutes, { ...deps, prefix: '/api/products' });
    await scope.register(inventoryRoutes, { ...deps, prefix: '/api/inventory' });
    await scope.register(placeRoutes, { ...deps, prefix: '/api/bosta' });
    await scope.register(syncRoutes, { ...deps, prefix: '/api/sync' });
    await scope.register(syncFailureRoutes, { ...deps, prefix: '/api/sync' });
    await scope.register(callbackGivenUpRoutes, { ...deps, prefix: '/api/sync' });
  });
  return app;
}

/** A route that names no parameters has none: what is unknown is refused there too. */
function takeNoOtherParameters(route: RouteOptions): void {
  route.schema = { querystring: z.strictObject({}), ...route.schema };
}

/** One line for each request, after its answer. */
async function logAnswer(req: FastifyRequest, { statusCode: status, elapsedTime }: FastifyReply) {
  const by = req.signedIn?.user.user_id;
  req.log.info({ req, status, ms: Math.round(elapsedTime), by }, 'answered');
}

function tooManyAttempts(_: unknown, { after }: { after: string }): ApiError {
  return new ApiError('RATE_LIMITED', `Too many attempts: try again in ${after}.`);
}
