import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../db/migrate.ts';
import { openConsole } from '../../dev/console.ts';
import { Platform } from '../../dev/platform.ts';
import { freePorts } from '../../dev/ports.ts';
import { ensureDatabase, postgresPart, postgresUrl } from '../../dev/postgres.ts';
import { temporalPart } from '../../dev/temporal.ts';
import { findTemporal } from '../../dev/temporal-binary.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the test server's database `postgres`. */
    adminDatabaseUrl: string;
    temporalAddress: string;
  }
}

/** The migrated database that each test file gets a copy of. */
export const templateDatabase = 'hvar_template';

/** Starts one Postgres and one Temporal server for the whole run, both gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'hvar-test-'));
  await chmod(folder, 0o755);
  const platform = new Platform({ line: (text) => console.error(text), changed: () => {} });
  const teardown = async () => {
    await platform.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [postgresPort = 0, temporalPort = 0] = await freePorts(2);
    await Promise.all([
      startPostgres(platform, folder, postgresPort),
      startTemporal(platform, folder, temporalPort),
    ]);
    project.provide('adminDatabaseUrl', postgresUrl(postgresPort, 'hvar', 'postgres'));
    project.provide('temporalAddress', `127.0.0.1:${temporalPort}`);
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}

async function startPostgres(platform: Platform, folder: string, port: number): Promise<void> {
  await platform.start(
    await postgresPart({
      folder: join(folder, 'postgres'),
      port,
      password: 'hvar',
      logFile: join(folder, 'postgres.log'),
      durable: false,
    }),
  );
  await ensureDatabase(postgresUrl(port, 'hvar', 'postgres'), templateDatabase);
  await migrate(postgresUrl(port, 'hvar', templateDatabase));
}

async function startTemporal(platform: Platform, folder: string, port: number): Promise<void> {
  await platform.start(
    await temporalPart({
      binary: await findTemporal(openConsole(process.stderr)),
      port,
      uiPort: null,
      folder: null,
      cwd: folder,
      logFile: join(folder, 'temporal.log'),
    }),
  );
}
