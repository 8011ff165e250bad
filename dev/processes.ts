import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The command line of a running process; undefined where there is none with that number. */
export async function commandOf(pid: number): Promise<string | undefined> {
  const command =
    process.platform === 'linux'
      ? readFile(`/proc/${pid}/cmdline`, 'utf8').then((text) => text.replaceAll('\0', ' '))
      : run('ps', ['-o', 'command=', '-p', String(pid)]).then(({ stdout }) => stdout);
  const text = await command.then(
    (found) => found.trim(),
    () => '',
  );
  return text === '' ? undefined : text;
}

/** Ends a process that an earlier start left, and resolves when it is gone. A number that is another program's by now is left alone. */
export async function endLeftover(pid: number, command: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await commandOf(pid)) === command) {
    if (Date.now() > deadline) throw new Error(`The process ${pid} (${command}) does not end`);
    process.kill(pid, 'SIGKILL');
    await sleep(50);
  }
}
