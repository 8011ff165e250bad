import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/create-workers.ts';
import { quietRuntime } from './quiet-runtime.ts';

const folder = join(import.meta.dirname, '..', 'histories');

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

/** Runs today's workflows over recorded histories; gives those in which they would do anything else than was done, each with what. */
export async function replayAll(
  histories: readonly { name: string; text: string }[],
): Promise<string[]> {
  quietRuntime();
  const recorded = histories.map(({ name, text }) => ({
    workflowId: name,
    history: historyFromJSON(JSON.parse(text)),
  }));
  const failures: string[] = [];
  const options = { workflowBundle: await bundleWorkflows() };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, recorded)) {
    if (error) failures.push(`${workflowId}: ${error.message}`);
  }
  return failures;
}

/** Keeps the history of a case under the name of its path, where `RECORD_HISTORIES` asks for it. */
export async function recordHistory(client: Client, actionId: number, name: string): Promise<void> {
  if (!process.env.RECORD_HISTORIES) return;
  const history = await client.workflow.getHandle(`service-case:${actionId}`).fetchHistory();
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify(JSON.parse(historyToJSON(history)));
  await writeFile(join(folder, `${name}.json`), `${text}\n`);
}
