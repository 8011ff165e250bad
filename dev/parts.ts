import { join } from 'node:path';
import { z } from 'zod';
import { type Environment, standInVariables } from './environment.ts';
import type { PartDefinition } from './part.ts';
import { root, type Settings } from './settings.ts';

type NodePart = Omit<PartDefinition, 'command' | 'args' | 'cwd' | 'stopSignal'> & {
  script: string;
};

function nodePart({ script, ...part }: NodePart): PartDefinition {
  return { ...part, command: process.execPath, args: [script], cwd: root, stopSignal: 'SIGTERM' };
}

/** Bosta's stand-in. */
export function standInPart(settings: Settings, environment: Environment): PartDefinition {
  const port = settings.BOSTA_STAND_IN_PORT;
  const folder = settings.HVAR_DATA_DIR;
  return nodePart({
    name: 'bosta',
    title: "Bosta's stand-in",
    port,
    script: 'dev/bosta/server.ts',
    env: standInVariables(environment, port, join(folder, 'bosta')),
    graceMs: 500,
    logFile: logFile(folder, 'bosta'),
    ready: () => isOk(`http://127.0.0.1:${port}/stand-in/health`),
  });
}

/** The worker; that its workflows run is what the API's status tells. */
export function workerPart(folder: string, environment: Environment): PartDefinition {
  return nodePart({
    name: 'worker',
    title: 'The worker',
    port: null,
    script: 'worker/main.ts',
    env: environment.variables,
    graceMs: 2_000,
    logFile: logFile(folder, 'worker'),
    ready: async () => true,
  });
}

/** The API; ready when database and worker are too. That the first sync is done is not waited for here. */
export function apiPart(settings: Settings, environment: Environment): PartDefinition {
  const host = settings.HOST === '0.0.0.0' || settings.HOST === '::' ? 'localhost' : settings.HOST;
  return nodePart({
    name: 'api',
    title: 'The API',
    port: settings.PORT,
    script: 'api/server.ts',
    env: environment.variables,
    graceMs: 1_500,
    logFile: logFile(settings.HVAR_DATA_DIR, 'api'),
    ready: () => worksWithOthers(`http://${host}:${settings.PORT}/api/status`),
  });
}

/** Where a part's output goes. */
export function logFile(folder: string, part: string): string {
  return join(folder, 'logs', `${part}.log`);
}

/** What the API's status says in either answer, 200 or 503. */
const Status = z.union([z.object({ data: z.unknown() }), z.object({ details: z.unknown() })]);
const Readiness = z.object({ database: z.literal(true), worker: z.literal(true) });

async function worksWithOthers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  const status = Status.parse(await answer.json());
  return Readiness.safeParse('data' in status ? status.data : status.details).success;
}

async function isOk(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  return answer.ok;
}
