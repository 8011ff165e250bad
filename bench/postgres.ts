import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Sql } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { Platform } from '../dev/platform.ts';
import { freePorts } from '../dev/ports.ts';
import { ensureDatabase, postgresPart, postgresUrl } from '../dev/postgres.ts';

export type BenchPostgres = Awaited<ReturnType<typeof startPostgres>>;

/** A Postgres of the measurement's own, on disk and durable, gone afterwards. */
export async function startPostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'hvar-bench-'));
  await chmod(folder, 0o755);
  const platform = new Platform({ line: (text) => console.error(text), changed: () => {} });
  const [port = 0] = await freePorts(1);
  await platform.start(
    await postgresPart({
      ...{ folder: join(folder, 'postgres'), logFile: join(folder, 'postgres.log') },
      ...{ port, password: 'hvar', durable: true },
    }),
  );
  const urlOf = (database: string) => postgresUrl(port, 'hvar', database);
  const admin = connect(urlOf('postgres'), { max: 1 });
  return {
    admin,
    /** Where the server may write files, and read them again. */
    filesIn: join(folder, 'postgres'),
    connectTo: (database: string): Sql => connect(urlOf(database), { max: 4 }),
    /** An empty, migrated database. */
    create: async (database: string): Promise<Sql> => {
      await ensureDatabase(urlOf('postgres'), database);
      await migrate(urlOf(database));
      return connect(urlOf(database), { max: 4 });
    },
    /** The same database again, under another name; nobody may be connected to it. */
    copy: (from: string, to: string) =>
      admin`create database ${admin(to)} template ${admin(from)} strategy file_copy`,
    /** Has the server read a database into its memory, where one that has been at work has it: a copy is only on disk. */
    warm: async (sql: Sql) => {
      await sql`create extension if not exists pg_prewarm`;
      await sql`select pg_prewarm(oid) from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')`;
    },
    stop: async () => {
      await admin.end();
      await platform.stop();
      // Writing gigabytes out takes Postgres longer than a part is given to stop: what was killed may hold its files a moment more.
      await rm(folder, { recursive: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
