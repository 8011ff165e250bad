import type { Changes } from './changes.ts';
import type { Stored } from './journal.ts';
import { isPayload, searchItem, trackingOf } from './payload.ts';
import { matcherOf, type Search } from './search.ts';
import type { World } from './world.ts';

export type Store = ReturnType<typeof createStore>;
type Page = { count: number; entries: Stored[] };

/** All deliveries: the base set, and over it the changes. */
export function createStore(world: World, changes: Changes) {
  function fromBase(index: number | undefined): Stored[] {
    if (index === undefined) return [];
    const payload = world.delivery(index);
    return [{ key: trackingOf(payload) ?? '', payload, origin: 'base' }];
  }

  /** Newest change first; each is made when it is come to. */
  function* all(): Generator<Stored> {
    yield* changes.newestFirst();
    for (let index = world.count - 1; index >= 0; index--) {
      for (const entry of fromBase(index)) if (!changes.has(entry.key)) yield entry;
    }
  }

  function find(tracking: string): Stored | undefined {
    const key = tracking.trim();
    return changes.get(key) ?? fromBase(world.indexOfTracking(key))[0];
  }

  function withReference(reference: string): Stored[] {
    const base = fromBase(world.indexOfReference(reference));
    return [...changes.newestFirst(), ...base.filter(({ key }) => !changes.has(key))].filter(
      ({ payload }) => isPayload(payload) && payload.businessReference === reference,
    );
  }

  /** A page of all deliveries, of which only the page itself is made. */
  function pageOfAll(from: number, limit: number): Page {
    const changed = changes.newestFirst();
    const hidden = changed
      .flatMap(({ key }) => world.indexOfTracking(key) ?? [])
      .sort((a, b) => b - a);
    const count = changed.length + world.count - hidden.length;
    const entries = changed.slice(from, from + limit);
    for (let rank = from + entries.length; rank < Math.min(from + limit, count); rank++) {
      entries.push(...fromBase(indexAt(rank - changed.length, world.count, hidden)));
    }
    return { count, entries };
  }

  function candidates(search: Search): Iterable<Stored> {
    if (search.trackingNumbers) return search.trackingNumbers.flatMap((one) => find(one) ?? []);
    if (search.businessReference !== undefined) return withReference(search.businessReference);
    return all();
  }

  return {
    all,
    find,
    withReference,
    /** A page as Bosta's search gives it; `count` is of all pages. */
    search(search: Search): { count: number; deliveries: unknown[] } {
      const from = (search.page - 1) * search.limit;
      const isMatch = matcherOf(search);
      const { count, entries } = isMatch
        ? pageOfMatches(candidates(search), isMatch, from, search.limit)
        : pageOfAll(from, search.limit);
      return { count, deliveries: entries.map(({ payload }) => searchItem(payload)) };
    },
  };
}

/** The base index at a rank, newest first, where the hidden ones (descending) are skipped. */
function indexAt(rank: number, count: number, hidden: number[]): number {
  let index = count - 1 - rank;
  for (const other of hidden) if (other >= index) index--;
  return index;
}

function pageOfMatches(
  candidates: Iterable<Stored>,
  isMatch: (entry: Stored) => boolean,
  from: number,
  limit: number,
): Page {
  const entries: Stored[] = [];
  let count = 0;
  for (const entry of candidates) {
    if (!isMatch(entry)) continue;
    if (count >= from && entries.length < limit) entries.push(entry);
    count++;
  }
  return { count, entries };
}
