import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { importFile } from '../../activities/import-file.ts';
import type { ImportPosition } from '../../db/file-imports.ts';
import { ingestLab } from './lab.ts';

export type ImportLab = Awaited<ReturnType<typeof importLab>>;

/** A database of the test's own, and a folder for files to be imported into it. */
export async function importLab() {
  const lab = await ingestLab();
  const folder = await mkdtemp(join(tmpdir(), 'hvar-import-'));
  return {
    ...lab,
    folder,
    drop: async () => {
      await lab.drop();
      await rm(folder, { recursive: true });
    },
    file: async (name: string, text: string) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    },
    imported: async (path: string) => {
      const bad: [number, string][] = [];
      const begins: [string, number][] = [];
      const end = await importFile(lab.sql, path, {
        begins: (how, { line }) => begins.push([how, line]),
        at: () => {},
        bad: (line, reason) => bad.push([line, reason]),
      });
      return { ...end, bad, begins };
    },
    /** An import that is cut off where it has come so far: when the first batch is taken in. */
    cutOff: async (path: string, isFar = ({ read }: ImportPosition) => read > 0) => {
      const importing = importFile(lab.sql, path, {
        begins: () => {},
        at: (position) => {
          if (isFar(position)) throw new Error('the power failed');
        },
        bad: () => {},
      });
      await expect(importing).rejects.toThrow('the power failed');
    },
  };
}
