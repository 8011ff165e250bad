import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from '@fastify/type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { errorAnswer } from '../answers.ts';

/** OpenAPI from the very schemas that check requests and answers, and a reader at /api/docs. Comes before the routes. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    if (!route.schema) return;
    route.schema.response = {
      '4xx': errorAnswer,
      '5xx': errorAnswer,
      ...Object(route.schema.response),
    };
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'HVAR Cycle', version: '0.1.0', description },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    transform: createJsonSchemaTransform({}),
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs' });
}

/** The transform gives each schema for requests and for answers; what no route leads to is left out. */
function withoutUnused(document: Described): Described {
  const schemas = ('components' in document && document.components?.schemas) || {};
  const used = new Set<string>();
  const follow = (part: unknown) => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(reference)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(schemas[name]);
    }
  };
  follow(document.paths);
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name];
  return document;
}

const reference = /"#\/components\/schemas\/([^"]+)"/g;

type Described = ReturnType<typeof jsonSchemaTransformObject>;

const description = `After-sales service for a maker of kitchen appliances: every case a durable workflow.

Amounts are EGP with two decimals, times are ISO 8601 in UTC. Every answer is
\`{success, timestamp, data}\`, a list adds \`total\`, \`page\` and \`limit\`; an error is
\`{success: false, timestamp, error, code, details}\`.`;
