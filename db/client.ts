import postgres from 'postgres';
import { isConnectionLost } from './errors.ts';
import { openSocket, type Place } from './socket.ts';
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

type Bounds = {
  /**
   * What Postgres ends by itself, in milliseconds. Somebody who holds a row (a console, a
   * process that stands still in its transaction) would else hold one connection after
   * another, and with the last of them everything.
   */
  ends: Record<string, number>;
  /** After how long a server that was asked and says nothing is given up, in milliseconds: longer than any statement takes. */
  silenceMs?: number;
  /** How long a new connection may take, in seconds. */
  connect_timeout?: number;
};

const standingStillMs = 60_000;
const bounds = {
  work: {
    ends: { lock_timeout: 8_000, idle_in_transaction_session_timeout: standingStillMs },
    silenceMs: 300_000,
    connect_timeout: 10,
  },
  answer: {
    ends: {
      ...{ lock_timeout: 8_000, statement_timeout: 10_000 },
      idle_in_transaction_session_timeout: standingStillMs,
    },
    silenceMs: 16_000,
    connect_timeout: 5,
  },
  command: { ends: { idle_in_transaction_session_timeout: standingStillMs } },
} satisfies Record<string, Bounds>;

/** As JSON for `sql.json`: the driver writes it, and leaves out what is undefined, which the type of JSON does not know. */
export function jsonOf(value: object): postgres.JSONValue {
  return value as postgres.JSONValue;
}

/** Opens a pool on the database at `url`; `max` connections. Column names stay as they are (snake_case everywhere). */
export function connect(
  url: string,
  { max = 10, byKeys = false, patience = 'work' }: PoolOptions = {},
): Sql {
  const { ends, silenceMs, ...driver }: Bounds = bounds[patience];
  // The types of the driver do not know it.
  const socket = { socket: (place: Place) => openSocket(place, silenceMs) };
  const sql = postgres(url, {
    ...socket,
    ...driver,
    max,
    // In seconds, by chance. The driver's own grow to 20 s, in which a server that is back would be called away.
    backoff: Math.random,
    types: { bigint, textArray },
    onnotice: () => {},
    connection: {
      ...{ application_name: 'hvar-cycle', TimeZone: 'UTC' },
      plan_cache_mode: byKeys ? 'force_generic_plan' : 'auto',
      ...ends,
    },
  });
  return endingWithTheirConnections(sql);
}

/**
 * Behind a connection that breaks in a transaction the driver sends a rollback into nothing,
 * and throws beside all promises. So what fails with its connection is not seen to end: that
 * the connection did is what `begin` rejects with.
 */
function endingWithTheirConnections(sql: Sql): Sql {
  const begin: Sql['begin'] = sql.begin;
  const beginning = <T>(work: (tx: TransactionSql) => T | Promise<T>) =>
    begin(async (tx) => {
      try {
        return await work(tx);
      } catch (error) {
        if (isConnectionLost(error)) return new Promise<never>(() => {});
        throw error;
      }
    });
  return Object.assign(sql, { begin: beginning });
}
