import { caseReference } from '../domain/case-reference.ts';
import type { Difference } from '../domain/difference.ts';

/** Differences as lines with columns: area, case, what differs. */
export function tableOf(differences: readonly Difference[]): string {
  const rows = [
    ['area', 'case', 'difference'],
    ...differences.map(({ area, action_id, problem }) => [
      area,
      action_id === null ? '' : caseReference(action_id),
      problem,
    ]),
  ];
  return rows
    .map(([area = '', of = '', problem = '']) => `${area.padEnd(10)}${of.padEnd(12)}${problem}`)
    .join('\n');
}
