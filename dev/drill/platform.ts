import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { connect, type Sql } from '../../db/client.ts';
import { postgresUrl } from '../postgres.ts';
import { readRunFile } from '../run-file.ts';
import { loadSecrets } from '../secrets.ts';
import { freePortVariables, root } from '../settings.ts';

const silentSeconds = 120;

export type DrillPlatform = Awaited<ReturnType<typeof createPlatform>>;

/** A platform of the drill's own, by the launcher: its data in `folder`, its ports free ones, its couriers fast. */
export async function createPlatform(folder: string) {
  const ports = await freePortVariables();
  const settings = {
    ...ports,
    ...{ HVAR_DATA_DIR: folder, LOG_LEVEL: 'warn' },
    ...{ BOSTA_STAND_IN_DELIVERIES: '100', BOSTA_STAND_IN_STEP_MS: '700' },
    // Whatever is given on this machine is not for a drill.
    ...{ DATABASE_URL: '', TEMPORAL_ADDRESS: '', BOSTA_API_KEY: '', PUBLIC_URL: '' },
    // Slower than what the stand-in calls slow, faster than people's patience.
    BOSTA_TIMEOUT_MS: '2500',
  };
  let launcher: ChildProcess | undefined;
  let buildId = 'drill-1';

  const environment = () => ({ ...process.env, ...settings, WORKER_BUILD_ID: buildId });

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!launcher) return;
    const hasEnded = launcher.exitCode !== null || launcher.signalCode !== null;
    const ended = hasEnded ? undefined : once(launcher, 'close');
    launcher.kill(signal);
    await ended;
    launcher = undefined;
    // Killed with -9 it stops nothing itself: the guards do.
    if (signal === 'SIGKILL') await sleep(2_000);
  }

  async function signal(name: string, what: NodeJS.Signals): Promise<boolean> {
    const running = await readRunFile(folder);
    const pid = running?.parts.find((part) => part.name === name)?.pid;
    try {
      if (pid !== undefined) process.kill(pid, what);
      return pid !== undefined;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
      throw error;
    }
  }

  return {
    url: `http://127.0.0.1:${ports.PORT}`,
    standInUrl: `http://127.0.0.1:${ports.BOSTA_STAND_IN_PORT}`,

    /** Starts everything, with this build of the worker, and resolves when it is ready. */
    async start(build = buildId): Promise<void> {
      buildId = build;
      const log = join(folder, 'launcher.log');
      const before = await lengthOf(log);
      launcher = launch(environment(), log);
      await whenReady(launcher, log, before);
    },
    end,

    /** Kills one part with -9; the launcher starts it again. False where it does not run just now. */
    kill: (name: string) => signal(name, 'SIGKILL'),

    /** Lets one part stand still for a while, as a machine does that is paused or out of memory. False where it does not run just now. */
    async freeze(name: string, ms: number): Promise<boolean> {
      if (!(await signal(name, 'SIGSTOP'))) return false;
      await sleep(ms);
      // Where it was killed meanwhile, its successor goes on anyway.
      await signal(name, 'SIGCONT');
      return true;
    },

    /** Takes Temporal's database away; only while nothing runs. */
    async wipeTemporal(): Promise<void> {
      for (const name of ['temporal.db', 'temporal.db-wal', 'temporal.db-shm', 'temporal.ready'])
        await rm(join(folder, name), { force: true });
    },

    /** Runs `npm run hvar -- <command>`. */
    async hvar(command: string): Promise<{ code: number; output: string }> {
      const args = ['--import', './dev/own-environment.ts', 'cli/main.ts', command];
      return run(process.execPath, args, { cwd: root, env: environment() }).then(
        ({ stdout }) => ({ code: 0, output: stdout.trim() }),
        (error: unknown) => {
          const { code, stdout, stderr } = Failure.parse(error);
          return { code, output: `${stdout}${stderr}`.trim() };
        },
      );
    },

    /** What proves to this platform that a callback is Bosta's. */
    webhookSecret: async () => (await loadSecrets(folder)).bosta_webhook_secret,

    async database(): Promise<Sql> {
      const { postgres_password } = await loadSecrets(folder);
      const port = Number(ports.POSTGRES_PORT);
      return connect(postgresUrl(port, postgres_password, 'hvar'), { max: 4 });
    },
  };
}

const run = promisify(execFile);
const Failure = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

function launch(env: NodeJS.ProcessEnv, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  return spawn(process.execPath, ['dev/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', log, log],
  });
}

/** Resolves when the launcher says so. It may take its time (a Temporal CLI that has to be built takes minutes), but not fall silent. */
async function whenReady(launcher: ChildProcess, logFile: string, before: number): Promise<void> {
  let said = '';
  let deadline = Date.now() + silentSeconds * 1_000;
  while (!said.includes('is ready.')) {
    await sleep(100);
    const now = (await readFile(logFile, 'utf8')).slice(before);
    if (now !== said) deadline = Date.now() + silentSeconds * 1_000;
    said = now;
    if (launcher.exitCode !== null) throw new Error(`The launcher ended: ${said}`);
    if (Date.now() > deadline) throw new Error(`Silent for ${silentSeconds} s: ${said}`);
  }
}

/** How much the launcher has said before; nothing at the first start. */
async function lengthOf(logFile: string): Promise<number> {
  await appendFile(logFile, '', { mode: 0o600 });
  return (await readFile(logFile, 'utf8')).length;
}
