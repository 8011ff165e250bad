import { importFile } from '../activities/import-file.ts';
import type { Sql } from '../db/client.ts';
import type { Console } from './commands.ts';
import { progressBar } from './progress.ts';

/** More bad lines than these are counted and no longer listed: the file is another one than was meant. */
const listedLines = 200;

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
