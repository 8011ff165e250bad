import { z } from 'zod';
import { type FoundLink, machine, type StandingLink } from '../domain/family.ts';
import { relationshipTypes } from '../domain/vocabulary.ts';
import type { AnySql, Fragment, TransactionSql } from './client.ts';
import type { Member } from './family-members.ts';
import { manyAlike } from './query.ts';

/** A link as linking goes by it. */
export const linkRow = z.object({
  hierarchy_id: z.number(),
  main_order_id: z.string(),
  sub_order_id: z.string(),
  relationship_type: z.enum(relationshipTypes),
  confidence_score: z.number(),
  rule: z.string(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  linked_by: z.string(),
  is_active: z.boolean(),
  is_pending_review: z.boolean(),
});
export type Link = z.infer<typeof linkRow>;

/** What to do so that the machine's links are those that were found. */
export type LinkChange = {
  ended: Link[];
  revised: (FoundLink & { hierarchy_id: number })[];
  added: FoundLink[];
};

/** The columns of a link that a schema has; the confidence as a number, where the driver would give a text. */
export function linkColumns(sql: AnySql, { shape }: z.ZodObject): Fragment {
  const plain = Object.keys(shape).filter((column) => column !== 'confidence_score');
  return sql`${sql(plain)}, confidence_score::float8 as confidence_score`;
}

/** The links of these orders, above them and below, that stand, wait, or were ended by a person. */
export function linksOf(tx: TransactionSql, ids: readonly string[]): Promise<Link[]> {
  return manyAlike(
    linkRow,
    tx`select ${linkColumns(tx, linkRow)} from order_hierarchy_management
      where (sub_order_id = any(${[...ids]}) or main_order_id = any(${[...ids]}))
        and (is_active or is_pending_review or ended_by <> ${machine})`,
  );
}

/** Compares what stands with what was found; a link that is found again as it is, for the same reasons, stays untouched. */
export function compareLinks(
  evaluated: ReadonlySet<string>,
  links: readonly Link[],
  found: readonly FoundLink[],
): LinkChange {
  const foundOf = new Map(found.map((link) => [link.sub_order_id, link]));
  const change: LinkChange = { ended: [], revised: [], added: [] };
  const met = new Set<FoundLink>();
  for (const link of links) {
    const isOurs = link.linked_by === machine && (link.is_active || link.is_pending_review);
    if (!isOurs || !evaluated.has(link.sub_order_id)) continue;
    const now = foundOf.get(link.sub_order_id);
    if (now?.main_order_id !== link.main_order_id) {
      change.ended.push(link);
      continue;
    }
    met.add(now);
    const keys = ['is_active', 'confidence_score', 'rule', 'relationship_type'] as const;
    if (keys.some((key) => now[key] !== link[key]) || !isAlike(now.evidence, link.evidence))
      change.revised.push({ ...now, hierarchy_id: link.hierarchy_id });
  }
  change.added = found.filter((link) => !met.has(link));
  return change;
}

function isAlike(found: Link['evidence'], standing: Link['evidence']): boolean {
  const seen = Object.entries(found);
  const isAll = seen.length === Object.keys(standing).length;
  return isAll && seen.every(([key, value]) => standing[key] === value);
}

/** The links that stand once such a change is written. */
export function standingAfter(
  links: readonly Link[],
  { ended, revised, added }: LinkChange,
): StandingLink[] {
  const replaced = new Set([...ended, ...revised].map((link) => link.hierarchy_id));
  const found = [...revised, ...added].map((link) => ({
    ...link,
    linked_by: machine,
    is_pending_review: !link.is_active,
  }));
  return [...links.filter((link) => !replaced.has(link.hierarchy_id)), ...found];
}

/** Writes what compareLinks found. The orders must stand by now. */
export async function writeLinks(
  tx: TransactionSql,
  { ended, revised, added }: LinkChange,
  members: readonly Member[],
  now: Date,
): Promise<void> {
  if (ended.length > 0) await endLinks(tx, ended, now);
  if (revised.length > 0)
    await tx`update order_hierarchy_management h set is_active = n.is_active,
        is_pending_review = not n.is_active, confidence_score = n.confidence_score, rule = n.rule,
        relationship_type = n.relationship_type, evidence = n.evidence, linked_at = ${now}
      from jsonb_to_recordset(${tx.json(revised)}) n (hierarchy_id bigint, is_active boolean,
        confidence_score numeric, rule text, relationship_type text, evidence jsonb)
      where h.hierarchy_id = n.hierarchy_id`;
  if (added.length > 0) await addLinks(tx, added, members, now);
}

async function endLinks(tx: TransactionSql, ended: readonly Link[], now: Date): Promise<void> {
  const ids = ended.map((link) => link.hierarchy_id);
  const rows = ended.map(({ hierarchy_id, evidence }) => ({ hierarchy_id, evidence }));
  // A candidate was never in force: nobody will ask when it ended.
  await tx`delete from order_hierarchy_management
    where is_pending_review and hierarchy_id = any(${ids})`;
  await tx`update order_hierarchy_management h
    set is_active = false, ended_by = ${machine}, ended_at = ${now}, evidence = n.evidence
    from jsonb_to_recordset(${tx.json(rows)}) n (hierarchy_id bigint, evidence jsonb)
    where is_active and h.hierarchy_id = n.hierarchy_id`;
}

async function addLinks(
  tx: TransactionSql,
  added: readonly FoundLink[],
  members: readonly Member[],
  now: Date,
): Promise<void> {
  const byId = new Map(members.map((member) => [member.id, member]));
  const rows = added.map((link) => {
    const [main, sub] = [byId.get(link.main_order_id), byId.get(link.sub_order_id)];
    return {
      ...link,
      main_tracking_number: main?.tracking_number ?? null,
      sub_tracking_number: sub?.tracking_number ?? null,
      main_customer_phone: main?.receiver_phone ?? null,
    };
  });
  await tx`insert into order_hierarchy_management (main_order_id, sub_order_id, main_tracking_number,
      sub_tracking_number, main_customer_phone, relationship_type, confidence_score, rule, evidence,
      linked_by, linked_at, is_active, is_pending_review)
    select main_order_id, sub_order_id, main_tracking_number, sub_tracking_number,
      main_customer_phone, relationship_type, confidence_score, rule, evidence,
      ${machine}, ${now}, is_active, not is_active
    from jsonb_to_recordset(${tx.json(rows)}) n (main_order_id text, sub_order_id text,
      main_tracking_number text, sub_tracking_number text, main_customer_phone text,
      relationship_type text, confidence_score numeric, rule text, evidence jsonb, is_active boolean)`;
}
