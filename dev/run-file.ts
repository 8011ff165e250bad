import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateJson } from './files.ts';
import { freeBytes, fullDisk, LaunchError } from './launch-error.ts';
import { commandOf, endLeftover } from './processes.ts';

const RunFile = z.object({
  pid: z.number(),
  bosta_webhook_secret: z.string().optional(),
  parts: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      port: z.number().nullable(),
      /** Tells a process of ours from another that has its number by now. */
      command: z.string(),
    }),
  ),
});
type RunFile = z.infer<typeof RunFile>;
export type RunningPart = RunFile['parts'][number];

/** A first start writes about 100 MB, and Postgres keeps some room for its log. */
const neededBytes = 250 * 1024 * 1024;

/**
 * Makes `folder` this launcher's: the file `run.json` in it says who runs, and with what processes.
 * Throws a LaunchError where another launcher runs on it, where it cannot be written, or where the
 * disk has no room. What a launcher that was killed has left running is ended.
 */
export async function claimFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: Error) => {
    throw new LaunchError(`HVAR_DATA_DIR (${folder}) cannot be made: ${cause.message}.`, { cause });
  });
  const path = pathIn(folder);
  const earlier = await readRunFile(folder);
  if (earlier !== undefined) {
    await requireEnded(earlier.pid, folder);
    for (const part of earlier.parts) await endLeftover(part.pid, part.command);
    await rm(path);
  }
  if ((await freeBytes(folder)) < neededBytes) throw new LaunchError(fullDisk(folder));
  const claim: RunFile = { pid: process.pid, parts: [] };
  await writeFile(path, JSON.stringify(claim), { flag: 'wx', mode: 0o600 }).catch(
    (cause: Error) => {
      throw new LaunchError(`HVAR_DATA_DIR (${folder}) cannot be used: ${cause.message}.`, {
        cause,
      });
    },
  );
}

function pathIn(folder: string): string {
  return join(folder, 'run.json');
}

/** Who runs on `folder`, by what its launcher wrote last; undefined where none does. */
export async function readRunFile(folder: string): Promise<RunFile | undefined> {
  const text = await readFile(pathIn(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return RunFile.parse(JSON.parse(text));
  } catch {
    return { pid: 0, parts: [] }; // written only in part when the power failed: nothing runs
  }
}

async function requireEnded(pid: number, folder: string): Promise<void> {
  const command = pid === process.pid ? undefined : await commandOf(pid);
  if (command?.includes('dev/main.ts') !== true) return;
  throw new LaunchError(
    `The launcher already runs on ${folder} (process ${pid}): stop it first, or set HVAR_DATA_DIR and the ports to others.`,
  );
}

/** Writes who runs now. */
export async function writeRunFile(
  folder: string,
  secret: string,
  parts: RunningPart[],
): Promise<void> {
  const content: RunFile = { pid: process.pid, bosta_webhook_secret: secret, parts };
  await writePrivateJson(pathIn(folder), content);
}

/** Gives the folder up: the last thing before the launcher ends. */
export async function leaveFolder(folder: string): Promise<void> {
  await rm(pathIn(folder), { force: true });
}
