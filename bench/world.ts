import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { connect } from '../db/client.ts';
import { currentPolicy } from '../db/policies.ts';
import { openConsole } from '../dev/console.ts';
import { partEnvironment } from '../dev/environment.ts';
import { Platform } from '../dev/platform.ts';
import type { RunningPart } from '../dev/run-file.ts';
import { loadSecrets } from '../dev/secrets.ts';
import { freePortVariables, loadSettings } from '../dev/settings.ts';
import { startParts } from '../dev/start-parts.ts';

export type World = Awaited<ReturnType<typeof startWorld>>;

/** The whole platform as `npm start` has it, each part a process of its own: on disk, durable, gone afterwards; with `variables` before its own. */
export async function startWorld(variables: NodeJS.ProcessEnv = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'hvar-bench-platform-'));
  await chmod(folder, 0o755);
  const settings = loadSettings({ HVAR_DATA_DIR: folder, ...(await freePortVariables()) });
  const secrets = await loadSecrets(folder);
  const environment = partEnvironment({ ...quiet, ...variables }, settings, secrets);
  const console = openConsole(process.stderr);
  let parts: RunningPart[] = [];
  const platform = new Platform({
    line: (text) => console.line(`  ! ${text}`),
    changed: (running) => {
      parts = running;
    },
  });
  const start = { platform, console, settings, secrets, environment };
  await startParts(start).catch(async (error: unknown) => {
    await platform.stop();
    throw error;
  });
  const sql = connect(environment.config.DATABASE_URL, { max: 8 });
  const address = `127.0.0.1:${settings.TEMPORAL_PORT}`;
  const connection = await Connection.connect({ address });
  return {
    ...{ sql, address, client: new Client({ connection }), policy: await currentPolicy(sql) },
    api: `http://127.0.0.1:${settings.PORT}/api`,
    pidOf: (name: string) => parts.find((part) => part.name === name)?.pid ?? 0,
    stop: async () => {
      await connection.close();
      await sql.end();
      await platform.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Nothing moves and nothing calls back by itself, no earlier deliveries, and no part writes a line for each call. */
const quiet = {
  ...process.env,
  LOG_LEVEL: 'warn',
  BOSTA_STAND_IN_STEP_MS: '0',
  BOSTA_STAND_IN_DELIVERIES: '0',
};
