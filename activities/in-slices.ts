import { setImmediate } from 'node:timers/promises';

/** A millisecond of work or so. */
const sliceSize = 25;

/** Does `work` for each item, some at a time: what waits for its turn meanwhile gets it, so that Postgres is never idle because the next batch is being read. */
export async function inSlices<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => R,
): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % sliceSize === 0) await setImmediate();
    results.push(work(item, index));
  }
  return results;
}
