import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { searchAttributes } from '../workflows/contract.ts';
import { exists } from './files.ts';
import type { PartDefinition } from './part.ts';

type TemporalOptions = {
  binary: string;
  port: number;
  /** Null: no Web UI. */
  uiPort: number | null;
  /** The folder of its database; null keeps all in memory. */
  folder: string | null;
  cwd: string;
  logFile: string;
};

/** How long closed cases stay readable in the Web UI: 10 years (the server's own default is one day). */
const retention = '3650 days';

/** Temporal's dev server, persistent where a folder is given, reachable from this machine alone. */
export async function temporalPart(options: TemporalOptions): Promise<PartDefinition> {
  const { binary, port, uiPort, folder, cwd, logFile } = options;
  return {
    name: 'temporal',
    title: 'Temporal',
    port,
    command: binary,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
      ...(uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)]),
      ...['--log-level', 'warn'],
      ...(folder === null ? [] : await persistence(folder)),
    ],
    env: process.env,
    cwd,
    stopSignal: 'SIGTERM',
    graceMs: 2_500,
    logFile,
    ready: () => becameReady(`127.0.0.1:${port}`, folder),
  };
}

/**
 * FULL loses nothing when the power fails, and with WAL is still twice as fast as the default.
 * Search attributes are known from the start: the dev server otherwise reads them from its
 * database whenever one is used, which Temporal advises against where it is not tested with.
 */
async function persistence(folder: string): Promise<string[]> {
  const database = join(folder, 'temporal.db');
  // A first start that was interrupted leaves a schema half made, on which no later start works.
  if (!(await exists(readyMark(folder)))) {
    for (const suffix of ['', '-wal', '-shm']) await rm(database + suffix, { force: true });
  }
  const pragmas = ['journal_mode=WAL', 'synchronous=FULL'];
  return [
    ...['--db-filename', database, ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])],
    ...['--dynamic-config-value', 'system.forceSearchAttributesCacheRefreshOnRead=false'],
    ...Object.values(searchAttributes).flatMap(({ name, type }) => [
      ...['--search-attribute', `${name}=${type}`],
    ]),
  ];
}

async function becameReady(address: string, folder: string | null): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 2_000 });
  try {
    await connection.workflowService.updateNamespace({
      namespace: 'default',
      config: { workflowExecutionRetentionTtl: msToTs(retention) },
    });
  } finally {
    await connection.close();
  }
  if (folder !== null) await writeFile(readyMark(folder), '');
  return true;
}

function readyMark(folder: string): string {
  return join(folder, 'temporal.ready');
}
