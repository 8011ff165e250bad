import { actionTypes } from '../../domain/vocabulary.ts';
import type { DrillCase } from './clients.ts';
import type { Tally } from './tally.ts';

const endings = ['completed', 'failed', 'rejected', 'cancelled', 'open'] as const;

/** What the drill did and found, as a table for people. */
export function reportOf(cases: readonly DrillCase[], tally: Tally, seconds: number): string {
  const kinds = [
    'kills',
    'standstills',
    'faults',
    'fault kinds',
    'deliveries',
    'deliveries that failed',
  ];
  const more = ['callbacks', 'messages', 'refusals', 'answers', 'looks in vain'];
  return [
    row(['', ...endings]),
    ...actionTypes.map((type, index) =>
      row([
        type,
        ...endings.map((ending) =>
          String(
            cases.filter(
              (one) => one.index % actionTypes.length === index && endingOf(one) === ending,
            ).length,
          ),
        ),
      ]),
    ),
    '',
    ...[...kinds, ...more].flatMap((kind) => {
      const counts = tally.of(kind).map(([what, times]) => `${what} ${times}`);
      return counts.length === 0 ? [] : [`${kind}: ${counts.join(', ')}`];
    }),
    `duration: ${Math.round(seconds)} s`,
  ].join('\n');
}

function endingOf({ isOver, seen }: DrillCase): string {
  return isOver ? (seen?.action_status ?? 'open') : 'open';
}

function row([first = '', ...others]: string[]): string {
  return first.padEnd(16) + others.map((text) => text.padStart(11)).join('');
}
