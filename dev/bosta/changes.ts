import type { Journal, Stored } from './journal.ts';

/** The numbers of deliveries made here begin where those of the base set have long ended. */
const firstTracking = 5_000_000_003;

export type Changes = ReturnType<typeof createChanges>;

/** What was made, posted or moved: kept in the journal, in the order of change. */
export function createChanges(journal: Journal) {
  // A map keeps the order of insertion: what changed last stands last.
  const entries = new Map(journal.entries.map((entry) => [entry.key, entry]));
  const uniqueReferences = new Set(journal.entries.flatMap((entry) => entry.uniqueReference ?? []));
  const madeSinceStart: string[] = [];

  return {
    get: (key: string) => entries.get(key),
    has: (key: string) => entries.has(key),
    newestFirst: (): Stored[] => [...entries.values()].reverse(),
    madeSinceStart: () => madeSinceStart.flatMap((key) => entries.get(key) ?? []),
    /** Whether a `uniqueBusinessReference` was taken, ever. */
    isUsed: (uniqueReference: string) => uniqueReferences.has(uniqueReference),

    /** A number that neither the base set nor another delivery here has. */
    nextTracking(): string {
      let number = firstTracking + entries.size * 7;
      while (entries.has(String(number))) number += 7;
      return String(number);
    },

    /** Keeps a change, as the newest. */
    put(entry: Stored): void {
      journal.append(entry);
      if (entry.origin === 'created' && !entries.has(entry.key)) madeSinceStart.push(entry.key);
      entries.delete(entry.key);
      entries.set(entry.key, entry);
      if (entry.uniqueReference !== undefined) uniqueReferences.add(entry.uniqueReference);
    },
  };
}
