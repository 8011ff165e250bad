import { findLinks, machine, type StandingLink } from '../domain/family.ts';
import { positions } from '../domain/family-positions.ts';
import { phonesOf } from '../domain/link-evidence.ts';
import { sameValue } from '../domain/order.ts';
import type { Policy } from '../domain/policy.ts';
import type { TransactionSql } from './client.ts';
import { upsertCustomers } from './customers.ts';
import { phonesBornOn, type Trail, writeClues } from './family-clues.ts';
import { compareLinks, type LinkChange, writeLinks } from './family-links.ts';
import { loadFamilies, noteCrowded } from './family-loading.ts';
import { type Member, memberOf, membersBy, type Place } from './family-members.ts';
import type { Entry } from './ingest-batch.ts';

/** The families of a batch after it: all their orders, and the links that then stand. */
export type Families = {
  members: readonly Member[];
  links: readonly StandingLink[];
  phones: readonly string[];
  /** To be run when the batch's orders stand, since links refer to them. */
  write: () => Promise<void>;
};

/** How many orders were looked at, and how many of their links are others now. */
export type Relinked = { evaluated: number; changed: number };

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
  const bornOn = await phonesBornOn(tx, changed.map(trailOf));
  const phones = [...new Set([...changed.flatMap(phonesThenAndNow), ...bornOn])];
  const found = await evaluate(tx, changed.map(memberOf), phones, policy);
  const entryOf = new Map(changed.map((entry) => [entry.facts.order.id, entry]));
  const moved: Moved[] = [];
  for (const place of found.moved(now)) {
    const { id, ...to } = place;
    const entry = entryOf.get(id);
    if (entry) Object.assign(entry.conclusions, to);
    else moved.push(place);
  }
  return { ...found.families, write: () => found.write(moved, now) };
}

/** Looks at the families of these stored orders again. Whatever is right already stays untouched. */
export async function relinkStored(
  tx: TransactionSql,
  orderIds: readonly string[],
  policy: Policy,
  now: Date,
): Promise<Relinked> {
  const orders = await membersBy(tx, 'ids', orderIds);
  const bornOn = await phonesBornOn(tx, orders.map(trailOfMember));
  const phones = [...new Set([...orders.flatMap(phonesOf), ...bornOn])];
  const found = await evaluate(tx, orders, phones, policy);
  await found.write(found.moved(now), now);
  await upsertCustomers(tx, found.families, policy);
  const { added, revised, ended } = found.change;
  return { evaluated: found.evaluated, changed: added.length + revised.length + ended.length };
}

type Moved = Place & { id: string };

async function evaluate(
  tx: TransactionSql,
  written: readonly Member[],
  phones: readonly string[],
  policy: Policy,
) {
  const loaded = await loadFamilies(tx, written, phones, policy);
  const { members, links, evaluated } = loaded;
  const ids = new Set(evaluated.map((member) => member.id));
  const change = compareLinks(ids, links, findLinks(evaluated, loaded));
  const standing = standingAfter(links, change);
  return {
    change,
    evaluated: evaluated.length,
    families: { members, links: standing, phones: phones.filter((p) => !loaded.crowded.has(p)) },
    moved: (now: Date) => movedMembers(members, standing, now),
    write: async (moved: readonly Moved[], now: Date) => {
      await writeLinks(tx, change, members, now);
      await writePlaces(tx, moved);
      await writeClues(tx, loaded);
      await noteCrowded(tx, loaded);
    },
  };
}

function trailOf({ facts, stored }: Entry): Trail {
  const { id, tracking_number, receiver_phone } = facts.order;
  const phones = [receiver_phone, stored?.facts.order.receiver_phone ?? null];
  return { id, tracking_number, first_phones: phones.filter((phone) => phone !== null) };
}

function trailOfMember({ id, tracking_number, receiver_phone }: Member): Trail {
  return { id, tracking_number, first_phones: receiver_phone === null ? [] : [receiver_phone] };
}

function phonesThenAndNow({ facts, stored }: Entry): string[] {
  return [...phonesOf(facts.order), ...(stored ? phonesOf(stored.facts.order) : [])];
}

function standingAfter<L extends StandingLink & { hierarchy_id: number }>(
  links: readonly L[],
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

/** The orders whose place in their family is another now. */
function movedMembers(
  members: readonly Member[],
  links: readonly StandingLink[],
  now: Date,
): Moved[] {
  const positionOf = positions(members, links);
  return members.flatMap((member) => {
    const position = positionOf.get(member.id);
    if (position === undefined || sameValue(position, positionIn(member))) return [];
    const isFound = position.hierarchy_status !== member.hierarchy_status;
    const hierarchy_detected_at = isFound ? now : member.hierarchy_detected_at;
    return { id: member.id, ...position, hierarchy_detected_at };
  });
}

function positionIn({ original_order_id, order_level, hierarchy_status }: Member) {
  return { original_order_id, order_level, hierarchy_status };
}

async function writePlaces(tx: TransactionSql, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  await tx`update orders o set original_order_id = n.original_order_id, order_level = n.order_level,
      hierarchy_status = n.hierarchy_status, hierarchy_detected_at = n.hierarchy_detected_at
    from jsonb_to_recordset(${tx.json([...moved])}) n (id text, original_order_id text,
      order_level int, hierarchy_status text, hierarchy_detected_at timestamptz)
    where o.id = n.id`;
}
