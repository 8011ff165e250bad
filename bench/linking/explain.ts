import type { Labelled } from './population.ts';

/** One link or candidate of the machine, judged by its label. */
export type Judged = { sub: string; confidence: number; is_active: boolean; is_right: boolean };

/** What became of the after-sales orders that met one difficulty, whatever else they met. */
export type Outcomes = { met: string; orders: number } & Record<Outcome, number>;

type Outcome = 'as it should be' | 'linked wrongly' | 'waits' | 'no candidate';

/** By difficulty, where most went wrong first. */
export function outcomesOf(all: readonly Labelled[], judged: readonly Judged[]): Outcomes[] {
  const linkOf = new Map(judged.map((link) => [link.sub, link]));
  const rows = new Map<string, Outcomes>();
  for (const { payload, truth, met } of all) {
    if (truth === undefined) continue;
    const outcome = outcomeOf(truth, linkOf.get(String(payload.trackingNumber)));
    for (const difficulty of met.length === 0 ? ['nothing'] : met) {
      const row = rows.get(difficulty) ?? emptyRow(difficulty);
      row.orders += 1;
      row[outcome] += 1;
      rows.set(difficulty, row);
    }
  }
  const failed = (row: Outcomes) => row.orders - row['as it should be'];
  return [...rows.values()].toSorted((a, b) => failed(b) - failed(a));
}

function emptyRow(met: string): Outcomes {
  return { met, orders: 0, 'as it should be': 0, 'linked wrongly': 0, waits: 0, 'no candidate': 0 };
}

function outcomeOf(truth: string | null, link: Judged | undefined): Outcome {
  if (link?.is_active) return link.is_right ? 'as it should be' : 'linked wrongly';
  if (truth === null) return 'as it should be';
  return link === undefined ? 'no candidate' : 'waits';
}
