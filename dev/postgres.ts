import { rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { LaunchError } from './launch-error.ts';
import type { PartDefinition } from './part.ts';
import {
  initialiseCluster,
  postgresAccount,
  postgresBinaries,
  postgresHome,
} from './postgres-files.ts';

type PostgresOptions = {
  /** Where its files go; made where it is missing. */
  folder: string;
  port: number;
  password: string;
  logFile: string;
  /** False where the data may be lost when the power fails: tests. */
  durable: boolean;
};

/** The address of `database` on the server that `postgresPart` describes. */
export function postgresUrl(port: number, password: string, database: string): string {
  return `postgres://hvar:${password}@127.0.0.1:${port}/${database}`;
}

/** A Postgres 18 of our own, its cluster made where there is none, reachable from this machine alone. */
export async function postgresPart(options: PostgresOptions): Promise<PartDefinition> {
  const { folder, port, password, logFile, durable } = options;
  const account = await postgresAccount();
  const binaries = await postgresBinaries(account);
  const home = await postgresHome(folder, account);
  const data = await initialiseCluster(home, binaries, account, password);
  // Whoever starts a part has made sure that no process of an earlier start is left. The number in a
  // lock file that a killed server left may by now be another process's, and Postgres would refuse.
  await rm(join(data, 'postmaster.pid'), { force: true });
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...(durable
      ? { shared_buffers: quarterOfMemory(), max_wal_size: walBetweenCheckpoints }
      : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  return {
    name: 'postgres',
    title: 'Postgres',
    port,
    command: binaries.postgres,
    args: [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    env: { ...process.env, LC_ALL: 'C' },
    cwd: home,
    ...(account === undefined ? {} : { user: account }),
    stopSignal: 'SIGINT', // fast: ends sessions and writes a checkpoint
    graceMs: 2_500,
    logFile,
    ready: () => answers(postgresUrl(port, password, 'postgres')).catch(explainPassword),
  };
}

/** True where the database at `url` answers a query; rejects with the reason where it does not. */
export async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } finally {
    await sql.end();
  }
}

/** The password was set when the data was made, and is kept nowhere but in the file of secrets. */
function explainPassword(error: unknown): never {
  const isRefused = error instanceof postgres.PostgresError && error.code === '28P01';
  if (!isRefused) throw error;
  throw new LaunchError(
    'Postgres refuses the password of secrets.json: its data was made with another one. Put that file back, or set HVAR_DATA_DIR to another folder and begin anew.',
    { cause: error },
  );
}

/** Makes the database `name` where there is none; `adminUrl` is another database of the same server. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const [known] = await sql`select 1 from pg_database where datname = ${name}`;
    if (known === undefined) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}

/**
 * As much as a long import writes in five minutes, so that checkpoints come by time alone:
 * behind each of them every page is logged whole once more.
 */
const walBetweenCheckpoints = '4GB';

/** What Postgres' manual advises for a machine of its own; its default, 128 MB, is made to start anywhere. It is taken only as it is used. */
function quarterOfMemory(): string {
  const bytes = Math.min(totalmem(), process.constrainedMemory() || totalmem());
  return `${Math.floor(bytes / 4 / 2 ** 20)}MB`;
}
