/** What a check of the whole compares. */
export type CheckedArea =
  | 'case'
  | 'workflow'
  | 'event'
  | 'message'
  | 'hub'
  | 'stock'
  | 'refund'
  | 'cash'
  | 'delivery';

/** Two records of one fact that do not agree. Told in the same words each time, so that one that lasts is known again. */
export type Difference = { area: CheckedArea; action_id: number | null; problem: string };

/** Those differences that were found both times: what was only on its way is none. */
export function lasting(before: readonly Difference[], now: readonly Difference[]): Difference[] {
  const known = new Set(before.map(inWords));
  return now.filter((difference) => known.has(inWords(difference)));
}

function inWords({ area, action_id, problem }: Difference): string {
  return `${area} ${action_id}: ${problem}`;
}
