import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { commandOf } from '../../dev/processes.ts';
import { freePortVariables } from '../../dev/settings.ts';
import { until } from './until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const RunFile = z.object({
  pid: z.number(),
  bosta_webhook_secret: z.string(),
  parts: z.array(z.object({ name: z.string(), pid: z.number(), port: z.number().nullable() })),
});
export type RunFile = z.infer<typeof RunFile>;

/** Settings of a launcher of a test's own: its data in `folder`, its ports free ones. */
export async function launcherSettings(folder: string): Promise<Record<string, string>> {
  const ports = await freePortVariables();
  return { ...ports, HVAR_DATA_DIR: folder, BOSTA_STAND_IN_DELIVERIES: '200' };
}

export type Launcher = {
  pid: number;
  /** All that it has said, on both streams. */
  output: () => string;
  /** Resolves with its exit code. */
  ended: Promise<number | null>;
  /** Resolves when it says that it is ready; throws what it said where it ends instead. */
  ready: () => Promise<void>;
};

/** `npm start` without npm. The environment is the test's, with `settings` over it. */
export function startLauncher(settings: Record<string, string>): Launcher {
  return launch(process.execPath, ['dev/main.ts'], settings);
}

/** `npm start`, as the README says it. */
export function startByNpm(settings: Record<string, string>): Launcher {
  return launch('npm', ['start'], settings);
}

function launch(command: string, args: string[], settings: Record<string, string>): Launcher {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let hasEnded = false;
  const ended = once(child, 'close').then(([code]) => {
    hasEnded = true;
    return typeof code === 'number' ? code : null;
  });
  const ready = async () => {
    await until(
      'the launcher to be ready',
      async () => hasEnded || output.includes('is ready.'),
      90,
    );
    if (hasEnded) throw new Error(`The launcher ended: ${output}`);
  };
  return { pid: child.pid ?? 0, output: () => output, ended, ready };
}

/** Who runs, as `run.json` says it. */
export async function readRunFile(folder: string): Promise<RunFile> {
  return RunFile.parse(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')));
}

/** The numbers of those processes that still run. */
export async function running(pids: number[]): Promise<number[]> {
  const commands = await Promise.all(pids.map(commandOf));
  return pids.filter((_, i) => commands[i] !== undefined);
}
