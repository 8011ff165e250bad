/** Counts what happened, by kind and by what of that kind. */
export type Tally = ReturnType<typeof createTally>;

/** An empty tally, and an empty list of what must not have happened. */
export function createTally() {
  const counts = new Map<string, Map<string, number>>();
  const violations = new Set<string>();
  return {
    count(kind: string, what: string, times = 1): void {
      const of = counts.get(kind) ?? new Map<string, number>();
      counts.set(kind, of.set(what, (of.get(what) ?? 0) + times));
    },
    of: (kind: string): [string, number][] =>
      [...(counts.get(kind) ?? [])].toSorted(([a], [b]) => a.localeCompare(b)),
    /** Something that the platform promises never to do. */
    violated: (sentence: string) => void violations.add(sentence),
    violations: () => [...violations],
  };
}
