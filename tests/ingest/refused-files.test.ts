import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImportLab, importLab } from './import-lab.ts';
import { payload } from './lab.ts';

let lab: ImportLab;
beforeAll(async () => {
  lab = await importLab();
});
afterAll(() => lab.drop());

test.each([
  ['as Windows saves it', Buffer.from(`\uFEFF${JSON.stringify(payload('U-1'))}`, 'utf16le')],
  ['without a mark', Buffer.from(JSON.stringify(payload('U-1')), 'utf16le')],
  ['the other way round', Buffer.from(`\uFEFF${JSON.stringify([])}`, 'utf16le').swap16()],
])('a file in UTF-16, %s, is refused with what to do, not line by line', async (_, bytes) => {
  const path = join(lab.folder, 'utf16.ndjson');
  await writeFile(path, bytes);
  await expect(lab.imported(path)).rejects.toThrow('is UTF-16: save it as UTF-8');
});

test('a folder is refused by its name', async () => {
  await expect(lab.imported(lab.folder)).rejects.toThrow(`${lab.folder} is no file`);
});

test('a pipe is refused with what to do: what was read of it could not be read again', async () => {
  const path = join(lab.folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const writing = writeFile(path, JSON.stringify(payload('Z-2'))).catch(() => {});
  await expect(lab.imported(path)).rejects.toThrow(
    `${path} is no file: write what comes out of it to one`,
  );
  await writing;
});

test('a compressed file is refused with what to do', async () => {
  const path = join(lab.folder, 'all.ndjson.gz');
  await writeFile(path, gzipSync(JSON.stringify(payload('Z-1'))));
  await expect(lab.imported(path)).rejects.toThrow('unpack it with gunzip');
});
