import type { FastifyRequest } from 'fastify';
import pino, { type Logger } from 'pino';
import postgres from 'postgres';

/**
 * Lines of JSON without personal data: a request is known by its route, not by
 * its path (phones stand in paths), and nothing of a body, a header, a query or
 * an address is written.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: { part: 'api' },
    serializers: { req: requestLine, err: errorLine },
    redact: {
      paths: ['*.authorization', '*.password', '*.token', '*.phone', '*.email', '*.name'],
      censor: '[redacted]',
    },
  });
}

function requestLine({ method, routeOptions, id }: FastifyRequest) {
  return { id, method, route: routeOptions?.url ?? '(none)' };
}

/** Postgres quotes values in its messages: of its errors the code and the constraint must do. */
function errorLine(error: Error) {
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  if (error instanceof postgres.PostgresError) {
    const { code, constraint_name, table_name } = error;
    return { type: error.name, code, constraint_name, table_name, frames };
  }
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return { type: error.name, message: `${error.message}${cause}`, frames };
}
