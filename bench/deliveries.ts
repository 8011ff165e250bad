import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createWorld } from '../dev/bosta/world.ts';

const now = new Date('2026-06-30T21:00:00.000Z');

/** Writes deliveries of the stand-in's base set, in full, one on each line: of `count` those from `from` to before `to`, in the order in which they were changed. */
export async function writeDeliveries(
  path: string,
  { count, from, to }: { count: number; from: number; to: number },
): Promise<void> {
  const world = createWorld({ seed: 1, count, now });
  const out = createWriteStream(path);
  for (let index = from; index < to; index++) {
    if (!out.write(`${JSON.stringify(world.delivery(index))}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

/** The deliveries of a file as Bosta's client gives them, parsed, in pages of `size`, some `pages` at a time. */
export async function* parsedPages(
  path: string,
  { size, pages }: { size: number; pages: number },
): AsyncGenerator<unknown[][]> {
  let some: unknown[][] = [[]];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (some.at(-1)?.length === size) {
      if (some.length === pages) {
        yield some;
        some = [];
      }
      some.push([]);
    }
    some.at(-1)?.push(JSON.parse(line));
  }
  yield some;
}
