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
    // Where none is given pino would take an error's message, which may quote a path.
    hooks: {
      logMethod(line, write) {
        const isNameless = line.length === 1 && typeof line[0] === 'object';
        write.apply(this, isNameless ? [line[0], ''] : line);
      },
    },
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
  const known = loggableError(error) ?? quotingError(error);
  if (known) return { ...known, frames };
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return { type: error.name, message: `${error.message}${cause}`, frames };
}

/** Of an answer that comes after its request was answered for it; Fastify quotes the path. */
function quotingError(error: Error) {
  const code = 'code' in error && error.code;
  return code === 'FST_ERR_REP_ALREADY_SENT' ? { type: error.name, code } : undefined;
}
