import type { FastifyRequest } from 'fastify';
import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { framesOf, loggableError } from '../db/errors.ts';

/**
 * Lines of JSON without personal data: a request is known by its route, not by
 * its path (phones stand in paths), and nothing of a body, a header, a query or
 * an address is written.
 */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination(),
): Logger {
  const options: LoggerOptions = {
    level,
    base: { part: 'api' },
    serializers: { req: requestLine, err: errorLine },
    redact: {
      paths: ['*.authorization', '*.password', '*.token', '*.phone', '*.email', '*.name'],
      censor: '[redacted]',
    },
  };
  return pino(options, destination);
}

function requestLine({ method, routeOptions, id }: FastifyRequest) {
  return { id, method, route: routeOptions?.url ?? '(none)' };
}

function errorLine(error: Error) {
  const frames = framesOf(error);
  const known = loggableError(error);
  if (known) return { ...known, frames };
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return { type: error.name, message: `${error.message}${cause}`, frames };
}
