import postgres from 'postgres';

/** The driver's and the server's own words for a database that is away, starting, stopping or full. */
const awayCodes = /^(ECONN|EPIPE|EHOSTUNREACH|EAI_AGAIN|ENOTFOUND|CONNECT|08|57P0|53)/;

/** Whether the database cannot be reached just now, or takes nobody in. */
export function isDatabaseAway(error: unknown): boolean {
  return error instanceof Error && 'code' in error && awayCodes.test(String(error.code));
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
