import type { Cost } from './history.ts';
import type { OpenCases } from './open-cases.ts';
import type { Answers } from './scan.ts';
import type { Speed } from './speed.ts';
import { median, percentile } from './statistics.ts';

/** One line of the table; `met` says whether the goal is, where there is one. */
type Line = { measured: string; beside: string; ratio: string; goal: string; met: string };

type Results = {
  costs: Record<string, Cost>;
  speed: Speed;
  answers: Answers;
  open: OpenCases;
};

/** All figures in one table, by what they say. */
export function table({ costs, speed, answers, open }: Results): Record<string, Line> {
  return {
    ...speedLines(speed),
    ...answerLines(answers),
    ...costLines(costs),
    ...openLines(open),
  };
}

function speedLines({ cases, bare }: Speed): Record<string, Line> {
  const perSecond = (turns: Speed['cases']) => median(turns.map((turn) => turn.perSecond));
  const ratios = cases.map((turn, i) => turn.perSecond / (bare[i]?.perSecond ?? Number.NaN));
  const ratio = median(ratios);
  return {
    'maintenance cases a second, beside bare workflows': line({
      measured: perSecond(cases).toFixed(1),
      beside: perSecond(bare).toFixed(1),
      ratio: ratio.toFixed(2),
      ...goal('at least 0.70', ratio >= 0.7),
    }),
  };
}

function answerLines({ overHttp, asUpdate, bare }: Answers): Record<string, Line> {
  const ms = (sample: number[], p: number) => percentile(sample, p);
  const compared = (sample: number[], p: number) => ({
    measured: `${ms(sample, p).toFixed(1)} ms`,
    beside: `${ms(bare, p).toFixed(1)} ms`,
    ratio: (ms(sample, p) / ms(bare, p)).toFixed(2),
  });
  const ratio = ms(overHttp, 0.95) / ms(bare, 0.95);
  return {
    'scan to answer over HTTP, p95, beside a bare update': line({
      ...compared(overHttp, 0.95),
      ...goal('at most 2.00', ratio <= 2),
    }),
    'the same, median': line(compared(overHttp, 0.5)),
    'the scan as an update alone, p95': line(compared(asUpdate, 0.95)),
  };
}

function costLines(costs: Record<string, Cost>): Record<string, Line> {
  const lines = Object.entries(costs).map(([type, { events, actions }]) => [
    `history events of a case: ${type}`,
    line({
      measured: `${events} events, ${actions} billable actions`,
      ...(type === 'maintenance' ? goal('at most 120 events', events <= 120) : {}),
    }),
  ]);
  return Object.fromEntries(lines);
}

function openLines(open: OpenCases): Record<string, Line> {
  const mib = (memory: number) => `${memory.toFixed(0)} MiB`;
  return {
    [`${open.opened} open cases on one worker: memory`]: line({
      measured: `${mib(open.memory)}, at most ${mib(open.memoryAtMost)}`,
      beside: `${mib(open.memoryBefore)} before`,
    }),
    [`all ${open.opened} answer after a restart`]: line({
      measured: `${open.answeredIn.toFixed(1)} s`,
      beside: `opened in ${open.openedIn.toFixed(1)} s`,
    }),
  };
}

function goal(said: string, isMet: boolean): Pick<Line, 'goal' | 'met'> {
  return { goal: said, met: isMet ? 'yes' : 'NO' };
}

function line(given: Partial<Line>): Line {
  return { measured: '', beside: '', ratio: '', goal: '', met: '', ...given };
}
