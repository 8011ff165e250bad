import { DefaultLogger, type LogLevel } from '@temporalio/worker';
import type { Logger } from 'pino';

const levels = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>;

/** What Temporal's SDK and the workflows log, as lines of JSON beside our own; what would not be written is not put together. */
export function logInto(log: Logger): DefaultLogger {
  const lowest = (Object.keys(levels) as LogLevel[]).find((level) =>
    log.isLevelEnabled(levels[level]),
  );
  return new DefaultLogger(lowest ?? 'ERROR', ({ level, message, meta }) =>
    log[levels[level]](meta, message),
  );
}
