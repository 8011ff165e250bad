import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const guard = fileURLToPath(new URL('./guard.ts', import.meta.url));
const Hello = z.object({ pid: z.number() });

/** One process of the platform: how it is started, known to be ready, and stopped. */
export type PartDefinition = {
  name: string;
  /** As people read it in the launcher's lines. */
  title: string;
  port: number | null;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** The account that it runs as, where the launcher is root and the part refuses to be. */
  user?: { uid: number; gid: number };
  stopSignal: NodeJS.Signals;
  /** How long it may take to stop before it is killed, in milliseconds; all parts together have ten seconds. */
  graceMs: number;
  logFile: string;
  /** True when it can be used; a rejection counts as not yet. */
  ready: () => Promise<boolean>;
};

/** A running part. `exited` resolves with its exit code however it ends, and never rejects. */
export type Part = { pid: number; exited: Promise<number>; stop: () => Promise<void> };

/** Starts a part under its guard; resolves when the process exists, before it is ready. */
export async function startPart(definition: PartDefinition): Promise<Part> {
  const child = forkGuard(definition);
  const exited = once(child, 'exit').then(([code]) => {
    endGroup(child);
    return typeof code === 'number' ? code : 128;
  });
  const [message] = await Promise.race([once(child, 'message'), exited.then(() => [{ pid: -1 }])]);
  return { pid: Hello.parse(message).pid, exited, stop: () => stop(child, exited, definition) };
}

function forkGuard(definition: PartDefinition): ChildProcess {
  const { user, stopSignal, command, args, logFile } = definition;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const runAs = user === undefined ? '-' : `${user.uid}:${user.gid}`;
  const child = fork(guard, [stopSignal, runAs, command, ...args], {
    cwd: definition.cwd,
    env: definition.env,
    execArgv: [],
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return child;
}

async function stop(child: ChildProcess, exited: Promise<number>, { graceMs }: PartDefinition) {
  // A message that no longer arrives is one to a guard that has ended, which `exited` tells.
  if (child.connected) child.send('stop', () => {});
  const killer = setTimeout(() => endGroup(child), graceMs);
  await exited;
  clearTimeout(killer);
}

/** What a part leaves behind (its own children, or the part itself where its guard was killed) ends with it. */
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** macOS answers EPERM for a group of which only zombies are left. */
function isGone(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')
  );
}
