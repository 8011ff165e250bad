import {
  type FoundLink,
  findLinks,
  machine,
  positions,
  type StandingLink,
} from '../domain/family.ts';
import { phonesOf } from '../domain/hierarchy.ts';
import { sameValue } from '../domain/order.ts';
import type { Policy } from '../domain/policy.ts';
import type { TransactionSql } from './client.ts';
import { type Link, loadFamilies, type Member, memberOf, type Place } from './family-members.ts';
import type { Entry } from './ingest-batch.ts';

/** The families of a batch after it: all their orders, and the links that then stand. */
export type Families = {
  members: readonly Member[];
  links: readonly StandingLink[];
  phones: readonly string[];
  /** To be run when the batch's orders stand, since links refer to them. */
  write: () => Promise<void>;
};

type Change = {
  ended: Link[];
  revised: (FoundLink & { hierarchy_id: number })[];
  added: FoundLink[];
};

/**
 * Finds the links of every customer that a batch touches, anew and from the
 * evidence alone: so the result does not depend on what came first, and a
 * changed state, amount or phone re-evaluates what it bears on. Gives the
 * entries their place in the family.
 */
export async function relink(
  tx: TransactionSql,
  changed: readonly Entry[],
  policy: Policy,
  now: Date,
): Promise<Families> {
  const phones = [...new Set(changed.flatMap(phonesThenAndNow))];
  const written = changed.map(memberOf);
  const { members, nearIds, links } = await loadFamilies(tx, written, phones);
  const subs = members.filter((member) => nearIds.has(member.id));
  const change = compare(subs, links, findLinks(subs, members, links, policy));
  const standing = [
    ...links.filter(
      (link) =>
        !change.ended.includes(link) &&
        !change.revised.some((r) => r.hierarchy_id === link.hierarchy_id),
    ),
    ...[...change.revised, ...change.added].map(asStanding),
  ];
  const moved = place(changed, members, standing, now);
  const write = async () => {
    await writeLinks(tx, change, members, now);
    await writePlaces(tx, moved);
  };
  return { members, links: standing, phones, write };
}

function phonesThenAndNow({ facts, stored }: Entry): string[] {
  return [...phonesOf(facts.order), ...(stored ? phonesOf(stored.facts.order) : [])];
}

function asStanding(found: FoundLink): StandingLink {
  return { ...found, linked_by: machine, is_pending_review: !found.is_active };
}

/** What to do so that the machine's links are those that were found; a link that is found again as it is stays untouched. */
function compare(
  subs: readonly Member[],
  links: readonly Link[],
  found: readonly FoundLink[],
): Change {
  const evaluated = new Set(subs.map((sub) => sub.id));
  const foundOf = new Map(found.map((link) => [link.sub_order_id, link]));
  const change: Change = { ended: [], revised: [], added: [] };
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
    if (keys.some((key) => now[key] !== link[key]))
      change.revised.push({ ...now, hierarchy_id: link.hierarchy_id });
  }
  change.added = found.filter((link) => !met.has(link));
  return change;
}

/** Gives the orders being written their place, and returns the others whose place is another now. */
function place(
  changed: readonly Entry[],
  members: readonly Member[],
  links: readonly StandingLink[],
  now: Date,
): (Place & { id: string })[] {
  const entryOf = new Map(changed.map((entry) => [entry.facts.order.id, entry]));
  const moved: (Place & { id: string })[] = [];
  const positionOf = positions(members, links);
  for (const member of members) {
    const position = positionOf.get(member.id);
    if (position === undefined || sameValue(position, positionIn(member))) continue;
    const isFound = position.hierarchy_status !== member.hierarchy_status;
    const found = {
      ...position,
      hierarchy_detected_at: isFound ? now : member.hierarchy_detected_at,
    };
    const entry = entryOf.get(member.id);
    if (entry) Object.assign(entry.conclusions, found);
    else moved.push({ id: member.id, ...found });
  }
  return moved;
}

function positionIn({ original_order_id, order_level, hierarchy_status }: Member) {
  return { original_order_id, order_level, hierarchy_status };
}

async function writeLinks(
  tx: TransactionSql,
  { ended, revised, added }: Change,
  members: readonly Member[],
  now: Date,
): Promise<void> {
  // A candidate was never in force: nobody will ask when it ended.
  await tx`delete from order_hierarchy_management where is_pending_review
    and hierarchy_id = any(${ended.map((link) => link.hierarchy_id)})`;
  await tx`update order_hierarchy_management
    set is_active = false, ended_by = ${machine}, ended_at = ${now}
    where is_active and hierarchy_id = any(${ended.map((link) => link.hierarchy_id)})`;
  if (revised.length > 0)
    await tx`update order_hierarchy_management h set is_active = n.is_active,
        is_pending_review = not n.is_active, confidence_score = n.confidence_score, rule = n.rule,
        relationship_type = n.relationship_type, evidence = n.evidence, linked_at = ${now}
      from jsonb_to_recordset(${tx.json(revised)}) n (hierarchy_id bigint, is_active boolean,
        confidence_score numeric, rule text, relationship_type text, evidence jsonb)
      where h.hierarchy_id = n.hierarchy_id`;
  if (added.length === 0) return;
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

async function writePlaces(
  tx: TransactionSql,
  moved: readonly (Place & { id: string })[],
): Promise<void> {
  if (moved.length === 0) return;
  await tx`update orders o set original_order_id = n.original_order_id, order_level = n.order_level,
      hierarchy_status = n.hierarchy_status, hierarchy_detected_at = n.hierarchy_detected_at
    from jsonb_to_recordset(${tx.json(moved)}) n (id text, original_order_id text, order_level int,
      hierarchy_status text, hierarchy_detected_at timestamptz)
    where o.id = n.id`;
}
