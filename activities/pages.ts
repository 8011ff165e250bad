import { hash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import type { Sql } from '../db/client.ts';
import { analyzeGrown } from '../db/statistics.ts';
import { type BostaClient, mostOnPage } from './bosta/client.ts';
import { BostaError } from './bosta/errors.ts';
import { isObject } from './bosta/payload.ts';
import { readTime } from './bosta/read-time.ts';
import { readText } from './bosta/read-value.ts';
import { askingBosta, logProgramError } from './failures.ts';
import { takeIn } from './take-in.ts';

type Deps = { sql: Sql; bosta: BostaClient; clock: () => Date };

const triesOfEmptyPage = 4;

/** What can be said of a page without its content. */
export type PageSeen = {
  /** How many deliveries there are in all, where Bosta tells it, and how many at least are on a page behind which others come. */
  count: number | null;
  limit: number;
  is_empty: boolean;
  /** Which deliveries are on it, in whatever order, as a hash. */
  shows: string;
  /** The latest and the earliest change on the page, where Bosta tells any. */
  newest: string | null;
  oldest: string | null;
};

/** Reads pages of all deliveries, the latest change first. */
export function pageReader({ sql, bosta, clock }: Deps) {
  async function look(page: number) {
    const read_at = clock();
    const { deliveries, count } = await askingBosta(() => search(page));
    const times = deliveries.flatMap((delivery) => changedAt(delivery, read_at)).sort();
    const seen: PageSeen = {
      ...{ count: count ?? null, limit: deliveries.length || mostOnPage },
      is_empty: deliveries.length === 0,
      shows: hash('md5', JSON.stringify(deliveries.flatMap(keysOf).sort())),
      ...{ newest: times.at(-1) ?? null, oldest: times[0] ?? null },
    };
    return { deliveries, read_at, seen };
  }

  /** A page where others come behind is not empty: asked again, a bounded number of times, since what Bosta counts need not be what it shows. */
  async function search(page: number) {
    const found = await bosta.search({ page, limit: mostOnPage, sortBy: '-updatedAt' });
    const isMissed = found.deliveries.length === 0 && (page - 1) * mostOnPage < (found.count ?? 0);
    if (isMissed && activityInfo().attempt < triesOfEmptyPage)
      throw new BostaError(
        'malformed',
        `Bosta shows nothing on page ${page} of ${found.count} deliveries`,
      );
    return found;
  }

  return {
    look,
    /** Reads a page and takes it in. */
    async take(page: number) {
      const { deliveries, read_at, seen } = await look(page);
      const source = { kind: 'search', read_at, page, erred: logProgramError } as const;
      const taken = await takeIn(sql, deliveries, source, clock());
      await analyzeGrown(sql);
      return { deliveries, seen, taken };
    },
  };
}

/** When a delivery was changed. A change that is still to come would end every later sync at its first page: it is a mistake. */
function changedAt(delivery: unknown, now: Date): string[] {
  const time = isObject(delivery) ? readTime(delivery.updatedAt) : undefined;
  return time instanceof Date && time <= now ? [time.toISOString()] : [];
}

/** What an order of this payload is stored under. */
export function keysOf(delivery: unknown): string[] {
  if (!isObject(delivery)) return [];
  return [delivery._id, delivery.trackingNumber]
    .map(readText)
    .filter((key) => typeof key === 'string');
}
