import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import postgres from 'postgres';
import { textArray } from './text-array.ts';

export type Sql = postgres.Sql<{ bigint: number }>;
/** The type says that a transaction is needed: only the caller opens it. */
export type TransactionSql = postgres.TransactionSql<{ bigint: number }>;
/** Either: for statements that are right alone and inside a transaction. */
export type AnySql = Sql | TransactionSql;
/** Part of a statement. It must never be awaited: that would run it. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** int8 as a number: piastres and ids stay below 2^53, and one that does not is refused rather than rounded. */
const bigint: postgres.PostgresType<number> = {
  to: 20,
  from: [20],
  serialize: (value: number) => String(value),
  parse: (text: string) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a safe integer`);
    return value;
  },
};

/**
 * COPY (db/copy.ts) ends with a packet of its own. With Nagle's algorithm it waits for the
 * receipt of the rows, which the server delays by 40 ms: most of what a batch
 * takes. The driver has no setting for it, so every socket is told when it is made.
 */
subscribe('net.client.socket', (event) => {
  if (isAboutSocket(event)) event.socket.setNoDelay(true);
});

function isAboutSocket(event: unknown): event is { socket: Socket } {
  return (
    typeof event === 'object' &&
    event !== null &&
    'socket' in event &&
    event.socket instanceof Socket
  );
}

type PoolOptions = {
  max?: number;
  /**
   * For who asks by keys alone: each statement is planned once for a connection, not
   * anew for its first five values. A list's best plan depends on what is asked for.
   */
  byKeys?: boolean;
  /**
   * How long a statement may stand. `work`: as long as it has to, but not for what
   * somebody else holds; it is tried again. `answer`: no longer than a person waits.
   * `command`: for ever, since whoever gave it sees that it stands, and may end it.
   */
  patience?: keyof typeof bounds;
};

/**
 * What Postgres ends by itself, in milliseconds. Somebody who holds a row (a console, a
 * process that stands still in its transaction) would else hold one connection after
 * another, and with the last of them everything.
 */
const bounds = {
  work: { lock_timeout: 8_000, idle_in_transaction_session_timeout: 60_000 },
  answer: {
    lock_timeout: 8_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
  },
  command: { idle_in_transaction_session_timeout: 60_000 },
};

/** As JSON for `sql.json`: the driver writes it, and leaves out what is undefined, which the type of JSON does not know. */
export function jsonOf(value: object): postgres.JSONValue {
  return value as postgres.JSONValue;
}

/** Opens a pool on the database at `url`; `max` connections. Column names stay as they are (snake_case everywhere). */
export function connect(
  url: string,
  { max = 10, byKeys = false, patience = 'work' }: PoolOptions = {},
): Sql {
  return postgres(url, {
    max,
    types: { bigint, textArray },
    onnotice: () => {},
    connection: {
      ...{ application_name: 'hvar-cycle', TimeZone: 'UTC' },
      plan_cache_mode: byKeys ? 'force_generic_plan' : 'auto',
      ...bounds[patience],
    },
  });
}
