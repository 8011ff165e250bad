import { z } from 'zod';
import { machine } from '../domain/family.ts';
import { relationshipTypes } from '../domain/vocabulary.ts';
import type { Sql } from './client.ts';
import { linkColumns } from './family-links.ts';
import { familyLink } from './family-queries.ts';
import { many, one } from './query.ts';

const coverage = z.object({
  orders: z.number(),
  main_orders: z.number(),
  main_orders_with_subs: z.number(),
  sub_orders: z.number(),
  linked: z.number(),
  linked_by_people: z.number(),
  pending_review: z.number(),
  unlinked: z.number(),
});

const pattern = z.object({
  relationship_type: z.enum(relationshipTypes),
  links: z.number(),
  average_confidence: z.number(),
  average_days: z.number().nullable(),
});

const band = z.object({
  from: z.number(),
  to: z.number(),
  active: z.number(),
  pending_review: z.number(),
});

const rule = z.object({ rule: z.string(), links: z.number(), average_confidence: z.number() });

const waiting = familyLink.pick({
  hierarchy_id: true,
  main_order_id: true,
  sub_order_id: true,
  relationship_type: true,
  confidence_score: true,
  rule: true,
  evidence: true,
  linked_at: true,
});

export const familyAnalytics = z.object({
  coverage: coverage.extend({
    linked_share: z.number().nullable().meta({ description: 'Of the sub-orders, 0 to 1' }),
  }),
  patterns: z.array(pattern),
  confidence: z.array(band),
  rules: z.array(rule),
  waiting_reviews: z.object({
    total: z.number(),
    oldest_since: z.date().nullable(),
    surest: z.array(waiting),
  }),
  unlinked_by_people: z.number(),
});
type FamilyAnalytics = z.infer<typeof familyAnalytics>;

const waitingShown = 25;

/** The figures of all families: how many sub-orders are linked, as what, how surely, by which rule, and what waits for a person. */
export async function analyseFamilies(sql: Sql): Promise<FamilyAnalytics> {
  const [covered, patterns, confidence, rules, surest, totals] = await Promise.all([
    coverageOf(sql),
    patternsOf(sql),
    confidenceOf(sql),
    rulesOf(sql),
    surestWaiting(sql),
    reviewTotals(sql),
  ]);
  const linked_share = covered.sub_orders === 0 ? null : covered.linked / covered.sub_orders;
  return {
    coverage: { ...covered, linked_share },
    ...{ patterns, confidence, rules },
    waiting_reviews: { total: totals.total, oldest_since: totals.oldest_since, surest },
    unlinked_by_people: totals.parted,
  };
}

/** A sub-order is what is linked, waits for a person, or should be linked: an exchange that stands above its own returns is none. */
function coverageOf(sql: Sql) {
  return one(
    coverage,
    sql`select count(*) as orders, count(*) filter (where service_type = 'main') as main_orders,
        count(*) filter (where s.is_sub) as sub_orders,
        (select count(distinct main_order_id) from order_hierarchy_management where is_active) as main_orders_with_subs,
        count(*) filter (where s.is_sub and original_order_id is not null) as linked,
        count(*) filter (where hierarchy_status = 'linked') as linked_by_people,
        count(*) filter (where hierarchy_status = 'pending_review') as pending_review,
        count(*) filter (where s.is_sub and hierarchy_status = 'unlinked') as unlinked
      from orders, lateral (select original_order_id is not null
        or hierarchy_status = 'pending_review' or (hierarchy_status <> 'main'
          and service_type not in ('main', 'operational')) as is_sub) s`,
  );
}

/** As what orders are linked, and how long after their sale. */
function patternsOf(sql: Sql) {
  return many(
    pattern,
    sql`select relationship_type, count(*) as links, avg(confidence_score)::float8 as average_confidence,
        avg(extract(epoch from s.created_at - m.created_at) / 86400)::float8 as average_days
      from order_hierarchy_management l join orders m on m.id = l.main_order_id
        join orders s on s.id = l.sub_order_id
      where l.is_active group by 1 order by 2 desc, 1`,
  );
}

/** Links and candidates by tenths of confidence. */
function confidenceOf(sql: Sql) {
  return many(
    band,
    sql`select n / 10.0::float8 as from, (n + 1) / 10.0::float8 as to,
        count(*) filter (where is_active) as active,
        count(*) filter (where is_pending_review) as pending_review
      from generate_series(0, 9) n left join order_hierarchy_management
        on least(floor(confidence_score * 10), 9) = n and (is_active or is_pending_review)
      group by n order by n`,
  );
}

function rulesOf(sql: Sql) {
  return many(
    rule,
    sql`select rule, count(*) as links, avg(confidence_score)::float8 as average_confidence
      from order_hierarchy_management where is_active group by 1 order by 2 desc, 1`,
  );
}

/** The candidates that a person can decide soonest. */
function surestWaiting(sql: Sql) {
  return many(
    waiting,
    sql`select ${linkColumns(sql, waiting)} from order_hierarchy_management where is_pending_review
      order by order_hierarchy_management.confidence_score desc, hierarchy_id limit ${waitingShown}`,
  );
}

function reviewTotals(sql: Sql) {
  return one(
    z.object({ total: z.number(), oldest_since: z.date().nullable(), parted: z.number() }),
    sql`select count(*) filter (where is_pending_review) as total,
        min(linked_at) filter (where is_pending_review) as oldest_since,
        count(*) filter (where ended_by <> ${machine}) as parted
      from order_hierarchy_management`,
  );
}
