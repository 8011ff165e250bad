import { appendFileSync } from 'node:fs';
import { rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runImport } from '../../cli/import.ts';
import { type ImportLab, importLab } from './import-lab.ts';
import { payload } from './lab.ts';

let lab: ImportLab;
beforeAll(async () => {
  lab = await importLab();
});
afterAll(() => lab.drop());

test('an import that was cut off goes on where everything before is taken in', async () => {
  const all = Array.from({ length: 2_500 }, (_, n) => JSON.stringify({ trackingNumber: `R-${n}` }));
  const path = await lab.file('long.ndjson', all.join('\n'));
  await lab.cutOff(path);
  const moved = join(lab.folder, 'moved.ndjson');
  await rename(path, moved);
  const end = await lab.imported(moved);
  expect(end).toMatchObject({ read: 2_500, failed: 0, begins: [['resumed', 2_001]] });
  expect(await lab.imported(moved)).toMatchObject({ read: 2_500, changed: 0, begins: [] });
});

test('a file that was corrected after it was cut off is read anew, though its size and beginning are the same', async () => {
  const lines = Array.from({ length: 2_500 }, (_, n) =>
    JSON.stringify(payload(`K-${n}`, { state: n === 1_500 ? 'wrong' : 45, updatedAt: null })),
  );
  const path = await lab.file('corrected.ndjson', lines.join('\n'));
  await lab.cutOff(path);
  const corrected = lines.map((line) => line.replace('"wrong"', '41     '));
  await writeFile(path, corrected.join('\n'));
  await utimes(path, new Date(), new Date(Date.now() + 1_000));
  expect(await lab.imported(path)).toMatchObject({ read: 2_500, begins: [['changed', 2_001]] });
  expect(await lab.order('K-1500')).toMatchObject({ state_code: 41 });
});

test('an import that was cut off within a page takes the page in anew', async () => {
  const deliveries = Array.from({ length: 1_500 }, (_, n) => ({ trackingNumber: `Q-${n}` }));
  const pages = [deliveries.slice(0, 700), deliveries.slice(700, 1_300), deliveries.slice(1_300)];
  const more = Array.from({ length: 1_000 }, (_, n) => ({ trackingNumber: `Q-more-${n}` }));
  const lines = [...pages, more].map((page) =>
    JSON.stringify({ data: { deliveries: page }, success: true }),
  );
  const path = await lab.file('pages.ndjson', lines.join('\n'));
  await lab.cutOff(path, ({ line }) => line > 1);
  await lab.imported(path);
  const [row] =
    await lab.sql`select count(*)::int as count from orders where tracking_number like 'Q-%'`;
  expect(row?.count).toBe(2_500);
});

test('a file that still grows while it is imported is taken in to its end', async () => {
  const lines = (numbers: string[]) => numbers.map((one) => `${JSON.stringify(payload(one))}\n`);
  const path = await lab.file('growing.ndjson', lines(['G-1', 'G-2']).join(''));
  await lab.cutOff(path);
  const line = (said: string) => {
    if (said.includes('cut off')) appendFileSync(path, lines(['G-3', 'G-4', 'G-5']).join(''));
  };
  expect(await runImport({ sql: lab.sql }, { line }, [path])).toBe(0);
  expect(await lab.order('G-5')).toMatchObject({ cod: 900_00 });
});
