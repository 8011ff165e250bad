/**
 * Runs one part and stops it when the launcher is gone: `guard.ts <stop signal> <uid:gid, or -> <command> <arguments…>`.
 * The launcher holds the other end of the IPC channel, so the channel ends even where the launcher is
 * killed with -9 and can stop nothing itself. The guard leads a process group of its own: Ctrl-C in the
 * terminal reaches the launcher alone, and the whole group can be ended at once.
 */
import { spawn } from 'node:child_process';

const [stopSignal = 'SIGTERM', user = '-', command = '', ...args] = process.argv.slice(2);
const [uid, gid] = user.split(':').map(Number);
const abandonedGraceMs = 400;

process.on('disconnect', abandon);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('SIGHUP', stop);

const part = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  ...(user === '-' ? {} : { uid, gid }),
});
part.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
part.on('exit', (code) => {
  if (!process.connected) endGroup();
  process.exit(code ?? 128);
});
process.on('message', stop);
process.send?.({ pid: part.pid });

function stop(): void {
  if (part.pid !== undefined) process.kill(part.pid, stopSignal);
}

function abandon(): void {
  setTimeout(endGroup, abandonedGraceMs);
  stop();
}

function endGroup(): void {
  process.kill(-process.pid, 'SIGKILL');
}
