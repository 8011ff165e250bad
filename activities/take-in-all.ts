import type { Sql } from '../db/client.ts';
import { analyzeGrown } from '../db/statistics.ts';
import { type Source, type TakenIn, takeIn } from './take-in.ts';

/** Payloads to be taken in together, and what to do when they are. */
export type Batch = {
  payloads: readonly unknown[];
  source: Source;
  done: (taken: TakenIn) => void | Promise<void>;
};

/**
 * Takes batches in, each of them prepared while Postgres still writes the one
 * before: what has to be decided about a batch comes first and alone. They are done
 * in their order, so that what is behind the last one that is done can be
 * forgotten. Ends with the first error.
 */
export async function takeAllIn(sql: Sql, batches: AsyncIterable<Batch>): Promise<void> {
  let before: Promise<void> = Promise.resolve();
  for await (const { payloads, source, done } of batches) {
    const { promise: isDecided, resolve: decided } = Promise.withResolvers<void>();
    const taking = takeIn(sql, payloads, { ...source, decided }, new Date());
    const inTurn = before.then(async () => {
      await done(await taking);
      await analyzeGrown(sql);
    });
    // Each is awaited in its turn; until then its failure is not unhandled.
    for (const promise of [taking, inTurn]) promise.catch(() => {});
    await before;
    before = inTurn;
    await Promise.race([isDecided, inTurn]);
  }
  await before;
}
