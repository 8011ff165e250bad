import { z } from 'zod';
import { takeIn } from '../../activities/take-in.ts';
import type { Sql } from '../../db/client.ts';
import { many } from '../../db/query.ts';
import { type Judged, type Outcomes, outcomesOf } from './explain.ts';
import type { Labelled } from './population.ts';

export type Judgement = {
  orders: number;
  /** After-sales orders that truly belong to one of ours. */
  linkable: number;
  automatic: number;
  right: number;
  waiting: number;
  /** Right automatic links among all automatic ones, and among all that could be. */
  precision: number;
  recall: number;
  calibration: { from: number; links: number; said: number; right: number }[];
  outcomes: Outcomes[];
};

const link = z.object({
  sub: z.string(),
  main: z.string(),
  confidence: z.number(),
  is_active: z.boolean(),
});
const pageSize = 200;

/** Takes a population in by the ingest's own path, in its order of arrival, and judges the links that then stand. */
export async function judge(sql: Sql, all: readonly Labelled[]): Promise<Judgement> {
  const read_at = new Date('2026-06-01T00:00:00Z');
  for (let at = 0; at < all.length; at += pageSize) {
    const page = all.slice(at, at + pageSize).map(({ payload }) => payload);
    const { failed } = await takeIn(sql, page, { kind: 'full', read_at, page: 1 }, read_at);
    if (failed > 0) throw new Error(`${failed} deliveries could not be taken in`);
  }
  const links = await many(
    link,
    sql`select sub_tracking_number as sub, main_tracking_number as main,
        confidence_score::float8 as confidence, is_active
      from order_hierarchy_management where is_active or is_pending_review`,
  );
  const truth = new Map(all.map((one) => [String(one.payload.trackingNumber), one.truth]));
  const judged = links.map((one) => ({ ...one, is_right: truth.get(one.sub) === one.main }));
  return summary(all, judged);
}

function summary(all: readonly Labelled[], judged: readonly Judged[]): Judgement {
  const linkable = all.filter(({ truth }) => typeof truth === 'string').length;
  const automatic = judged.filter(({ is_active }) => is_active);
  const right = automatic.filter(({ is_right }) => is_right).length;
  return {
    ...{ orders: all.length, linkable, automatic: automatic.length, right },
    waiting: judged.length - automatic.length,
    precision: right / automatic.length,
    recall: right / linkable,
    calibration: [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98].flatMap((from, n, steps) =>
      bucket(judged, from, steps[n + 1] ?? 1.01),
    ),
    outcomes: outcomesOf(all, judged),
  };
}

function bucket(judged: readonly Judged[], from: number, to: number) {
  const inside = judged.filter(({ confidence }) => confidence >= from && confidence < to);
  if (inside.length === 0) return [];
  const said = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length;
  const right = inside.filter(({ is_right }) => is_right).length / inside.length;
  return [{ from, links: inside.length, said, right }];
}
