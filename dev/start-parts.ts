import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import type { Console } from './console.ts';
import { seedDemoData } from './demo-data.ts';
import { type Environment, standInDeliveries } from './environment.ts';
import { firstSync } from './first-sync.ts';
import { requireDatabase, requireTemporal } from './given.ts';
import { apiPart, logFile, standInPart, workerPart } from './parts.ts';
import type { Platform } from './platform.ts';
import { ensureDatabase, postgresPart, postgresUrl } from './postgres.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { temporalPart } from './temporal.ts';
import { findTemporal } from './temporal-binary.ts';

type Start = {
  platform: Platform;
  console: Console;
  settings: Settings;
  secrets: Secrets;
  environment: Environment;
};

/** Starts all parts in order, each when the one before is ready; a line of progress each. */
export async function startParts(start: Start): Promise<void> {
  const { platform, console, settings, environment } = start;
  await keepEarlierLogs(join(settings.HVAR_DATA_DIR, 'logs'));
  await checkGiven(start);
  if (settings.DATABASE_URL === undefined) await startDatabase(start);
  if (settings.TEMPORAL_ADDRESS === undefined) await startTemporal(start);
  if (settings.BOSTA_API_KEY === undefined) {
    await console.step(`Bosta's stand-in on port ${settings.BOSTA_STAND_IN_PORT}`, () =>
      platform.start(standInPart(settings, environment)),
    );
  }
  await console.step(`Worker, and API on port ${settings.PORT}`, async () => {
    await platform.start(workerPart(settings.HVAR_DATA_DIR, environment));
    await platform.start(apiPart(settings, environment));
  });
  if (environment.config.WAIT_FOR_FIRST_SYNC) await waitForFirstSync(start);
}

async function waitForFirstSync({ console, settings, environment }: Start): Promise<void> {
  const { config, variables } = environment;
  // How many the real Bosta has nobody knows before.
  const isStandIn = settings.BOSTA_API_KEY === undefined;
  await console.step('First sync', (progress) =>
    firstSync(config.DATABASE_URL, (read) => {
      if (isStandIn) progress(read, Number(standInDeliveries(variables)));
    }),
  );
}

/** Logs of this start and of the one before are kept, so that they do not grow for ever. */
async function keepEarlierLogs(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  await Promise.all(
    logs.map((name) => rename(join(folder, name), join(folder, `${name}.previous`))),
  );
}

/** What was given is asked before anything is started. */
async function checkGiven({ console, settings }: Start): Promise<void> {
  const { DATABASE_URL: url, TEMPORAL_ADDRESS: address } = settings;
  if (url !== undefined) {
    await console.step('Database given by DATABASE_URL', () => requireDatabase(url));
  }
  if (address !== undefined) {
    await console.step('Temporal given by TEMPORAL_ADDRESS', () => requireTemporal(address));
  }
}

async function startDatabase(start: Start): Promise<void> {
  const { platform, console, settings, secrets, environment } = start;
  const port = settings.POSTGRES_PORT;
  await console.step(`Postgres on port ${port}`, async () => {
    const part = await postgresPart({
      folder: join(settings.HVAR_DATA_DIR, 'postgres'),
      port,
      password: secrets.postgres_password,
      logFile: logFile(settings.HVAR_DATA_DIR, 'postgres'),
      durable: true,
    });
    await platform.start(part);
  });
  await console.step('Database with demo accounts, catalogue and stock', async () => {
    await ensureDatabase(postgresUrl(port, secrets.postgres_password, 'postgres'), 'hvar');
    const url = environment.config.DATABASE_URL;
    await migrate(url);
    const sql = connect(url, { max: 2 });
    await seedDemoData(sql).finally(() => sql.end());
  });
}

async function startTemporal({ platform, console, settings }: Start): Promise<void> {
  const binary = await findTemporal(console);
  const { TEMPORAL_PORT: port, TEMPORAL_UI_PORT: uiPort, HVAR_DATA_DIR: folder } = settings;
  await console.step(`Temporal on port ${port}, its Web UI on port ${uiPort}`, async () => {
    const log = logFile(folder, 'temporal');
    await platform.start(
      await temporalPart({ binary, port, uiPort, folder, cwd: folder, logFile: log }),
    );
  });
}
