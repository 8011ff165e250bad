import { DefaultLogger, type LogLevel } from '@temporalio/worker';
import type { Logger } from 'pino';

const levels = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>;

/** What Temporal's SDK and the workflows log, as lines of JSON beside our own. */
export function logInto(log: Logger): DefaultLogger {
  return new DefaultLogger('TRACE', ({ level, message, meta }) =>
    log[levels[level]](meta, message),
  );
}
