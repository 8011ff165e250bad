import { importFile } from '../activities/import-file.ts';
import type { Sql } from '../db/client.ts';
import type { Console } from './commands.ts';
import { progressBar } from './progress.ts';

/** More bad lines than these are counted and no longer listed: the file is another one than was meant. */
const listedLines = 200;

/** How an import begins whose last one was cut off. */
const beginningText = {
  resumed: (line: number, read: number) =>
    `The last import of this file was cut off: going on at line ${line}, behind ${read} deliveries.`,
  changed: (line: number) =>
    `The file was changed since its last import was cut off at line ${line}: it is read from the beginning.`,
};

/** Takes a file of raw deliveries in; gives 1 where some of its lines could not be. */
export async function runImport(
  { sql }: { sql: Sql },
  console: Console,
  [path, ...others]: readonly string[],
): Promise<number> {
  if (path === undefined || others.length > 0)
    throw new Error('name one file: npm run hvar -- import deliveries.ndjson');
  const bar = progressBar(process.stderr);
  let bad = 0;
  const end = await importFile(sql, path, {
    begins: (how, { line, read }) => console.line(beginningText[how](line, read)),
    at: ({ byte_offset, read, changed, failed }, size) =>
      bar.show(
        size === 0 ? 1 : byte_offset / size,
        `${read} deliveries, ${changed} changed, ${failed} bad`,
      ),
    bad: (line, reason) => {
      bad += 1;
      bar.clear();
      if (bad <= listedLines) console.line(`line ${line}: ${reason}`);
    },
  });
  bar.clear();
  if (bad > listedLines) console.line(`and ${bad - listedLines} more bad lines`);
  console.line(
    `${end.read} deliveries, ${end.changed} changed, ${end.failed} could not be taken in.`,
  );
  return end.failed === 0 ? 0 : 1;
}
