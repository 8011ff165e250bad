import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where programs that were fetched once are kept, outside the checkout, for all checkouts of this account. */
export function cachePath(...parts: string[]): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'hvar-cycle', ...parts);
}

/** Lets `fill` fill a new folder, then puts it at `path` in one move: an interrupted fetch leaves nothing half done. */
export async function fillCache(
  path: string,
  fill: (folder: string) => Promise<unknown>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = await mkdtemp(`${path}.`);
  try {
    await fill(unfinished);
    await rm(path, { recursive: true, force: true });
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
