import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A delivery that was made, posted or changed here. */
const Stored = z.object({
  /** The tracking number, or a key of ours where the payload has none. */
  key: z.string(),
  payload: z.unknown(),
  origin: z.enum(['base', 'created', 'posted']),
  uniqueReference: z.string().optional(),
  /** How far it has come on its type's way; 0 is the first state. */
  step: z.number().optional(),
  /** The callback's address that came with the creation. */
  webhook: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }).optional(),
});
export type Stored = z.infer<typeof Stored>;

export type Journal = { entries: Stored[]; append: (entry: Stored) => void };

/**
 * Opens the journal of a data folder: one line for each change, the last one of
 * a key counts. A line is with the system before anything is answered, so it
 * outlives a `kill -9`; one torn in the middle is dropped.
 */
export function openJournal(dataDir: string): Journal {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'journal.ndjson');
  const entries = [...latest(readLines(path)).values()];
  // Rewritten at each start, so that it grows with the deliveries and not with their changes.
  const fresh = `${path}.new`;
  writeFileSync(fresh, entries.map(line).join(''), { mode: 0o600 });
  renameSync(fresh, path);
  return { entries, append: (entry) => appendFileSync(path, line(entry)) };
}

function line(entry: Stored): string {
  return `${JSON.stringify(entry)}\n`;
}

/** Last changed last, whatever came first. */
function latest(lines: string[]): Map<string, Stored> {
  const byKey = new Map<string, Stored>();
  for (const text of lines) {
    const entry = readEntry(text);
    if (!entry) continue;
    byKey.delete(entry.key);
    byKey.set(entry.key, entry);
  }
  return byKey;
}

function readEntry(text: string): Stored | undefined {
  try {
    return Stored.parse(JSON.parse(text));
  } catch {
    return undefined; // the torn last line of a process that was killed
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The instant at which the base set ends, fixed by the first start on a folder so that later ones see the same deliveries. */
export function anchorOf(dataDir: string, now: Date): Date {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'ends-at');
  const [kept] = readLines(path);
  if (kept) return new Date(kept);
  writeFileSync(path, `${now.toISOString()}\n`);
  return now;
}
