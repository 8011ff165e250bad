import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import { hearOfServer } from './server-fault.ts';

let installed = false;

/** Lets workers in tests print what the SDK's core warns of, and errors alone of all others; the first thing that a test does with Temporal. */
export function quietRuntime(): void {
  if (installed) return;
  Runtime.install({
    logger: new DefaultLogger('WARN', print),
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
  });
  installed = true;
}

function print({ level, message, meta }: LogEntry): void {
  const isFromCore = meta?.sdkComponent === 'core';
  if (level === 'WARN' && !isFromCore) return;
  const line = `[${level}] ${message} ${JSON.stringify(meta ?? {})}`;
  process.stderr.write(`${line}\n`);
  if (isFromCore) hearOfServer(line);
}
