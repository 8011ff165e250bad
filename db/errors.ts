import postgres from 'postgres';

/** The driver's and the server's own words for a database that is away, starting, stopping or full, or that has ended a transaction which stood still. */
const awayCodes =
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN|ENOTFOUND|CONNECT|08|57P0|53|25P03)/;

/** Whether the database cannot be reached just now, or takes nobody in. */
export function isDatabaseAway(error: unknown): boolean {
  return error instanceof Error && 'code' in error && awayCodes.test(String(error.code));
}

/** Whether the connection itself ended, and with it whatever was under way on it: what the server calls fatal is its last word. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return /^(FATAL|PANIC)$/.test(error.severity);
  return error instanceof Error && 'code' in error && /^CONNECTION_/.test(String(error.code));
}

/** Whether somebody else held what a statement needs for longer than it waits (db/client.ts), or the statement itself took too long. */
export function isCutShort(error: unknown): 'held' | 'long' | undefined {
  if (!(error instanceof postgres.PostgresError)) return undefined;
  if (error.code === '55P03') return 'held';
  return error.code === '57014' ? 'long' : undefined;
}

/** Whether a value was refused that no column can take (SQLSTATE class 22), or that is nested too deep to be read (54): whoever sent it is wrong, not we. */
export function isUnusableValue(error: unknown): boolean {
  return error instanceof postgres.PostgresError && /^(22|54)/.test(error.code);
}

/** Where in the program an error came up: its stack without the message, which may quote what people wrote. */
export function framesOf({ stack }: Error): string[] | undefined {
  return stack?.split('\n').filter((line) => line.startsWith('    at '));
}

/** What may be written of a database's error into a log; its messages quote values, which may be personal. Undefined for any other error. */
export function loggableError(error: unknown): Record<string, string | undefined> | undefined {
  if (!(error instanceof postgres.PostgresError)) return undefined;
  const { name: type, code, constraint_name, table_name } = error;
  return { type, code, constraint_name, table_name };
}
