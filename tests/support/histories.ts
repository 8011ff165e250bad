import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';

const folder = join(import.meta.dirname, '..', 'histories');
const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));

/** The recorded histories, each `workflow id` and text, by the name of its path. */
export async function recordedHistories(): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: basename(name, '.json'),
      text: await readFile(join(folder, name), 'utf8'),
    })),
  );
}

/** Runs today's workflows over a recorded history; throws where they would do anything else than was done. */
export async function replay(text: string, workflowId: string): Promise<void> {
  await Worker.runReplayHistory({ workflowsPath }, historyFromJSON(JSON.parse(text)), workflowId);
}

/** Keeps the history of a case under the name of its path, where `RECORD_HISTORIES` asks for it. */
export async function recordHistory(client: Client, actionId: number, name: string): Promise<void> {
  if (!process.env.RECORD_HISTORIES) return;
  const history = await client.workflow.getHandle(`service-case:${actionId}`).fetchHistory();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.json`), `${historyToJSON(history)}\n`);
}
