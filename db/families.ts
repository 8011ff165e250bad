import { findLinks, type StandingLink } from '../domain/family.ts';
import type { FamilyOrder } from '../domain/hierarchy.ts';
import { madeAt, phonesOf, typedPhonesOf } from '../domain/link-evidence.ts';
import { fullName } from '../domain/name-likeness.ts';
import { shopNumberOf } from '../domain/named-numbers.ts';
import { sameValue } from '../domain/order.ts';
import type { BostaOrder } from '../domain/order-columns.ts';
import type { Policy } from '../domain/policy.ts';
import { bringsAnother } from '../domain/product-agreement.ts';
import { isHalfOfRepair } from '../domain/way-back.ts';
import type { TransactionSql } from './client.ts';
import { customersOf, writeCustomers } from './customers.ts';
import { type Trail, writeClues } from './family-clues.ts';
import { noteCrowd, partedBy } from './family-crowds.ts';
import { compareLinks, standingAfter, writeLinks } from './family-links.ts';
import { type LinkingGround, loadFamilies, type Meanwhile, type Reach } from './family-loading.ts';
import { type Member, memberOf, membersBy } from './family-members.ts';
import { type Moved, movedMembers, writePlaces } from './family-places.ts';
import { writeWaiting } from './family-waiting.ts';
import type { Entry } from './ingest-batch.ts';
import { namedProducts } from './product-names.ts';
import { sideBySide } from './side-by-side.ts';

/** The families of a batch after it: all their orders, and the links that then stand. */
export type Families = {
  members: readonly Member[];
  links: readonly StandingLink[];
  phones: readonly string[];
  /** To be run when the batch's orders stand, since links refer to them. */
  write: () => Promise<unknown>;
};

/** How many orders were looked at, and how many of their links are others now. */
export type Relinked = { evaluated: number; changed: number };

/**
 * Finds the links of all orders that a batch bears on, anew and from the evidence
 * alone: so the result does not depend on what came first, and a changed state,
 * amount or phone re-evaluates what it bears on. Gives the entries their place in
 * the family.
 */
export async function relink(
  tx: TransactionSql,
  changed: readonly Entry[],
  { now, meanwhile, ...ground }: LinkingGround & { now: Date; meanwhile: Meanwhile },
): Promise<Families> {
  const written = changed.map(memberOf);
  const above = changed.filter(isOrWasAbove);
  const reach = {
    written,
    fresh: new Set(changed.flatMap(({ stored, facts }) => (stored ? [] : facts.order.id))),
    phones: [...new Set(changed.flatMap(phonesNowAndThen))],
    unsettled: new Set(
      [...above, ...changed.filter((one) => joinsOrJoined(one) || isHalfChanged(one))].flatMap(
        phonesNowAndThen,
      ),
    ),
    halved: new Set(written.filter(isHalfOfRepair).flatMap(phonesOf)),
    trails: changed.map(trailOf),
  };
  const found = await evaluate(tx, reach, ground, meanwhile);
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
  const [written, products] = await sideBySide(membersBy(tx, 'ids', orderIds), namedProducts(tx));
  const phones = [...new Set(written.flatMap(phonesOf))];
  const trails = written.map(trailOfMember);
  const fresh = new Set<string>();
  const unsettled = new Set(phones);
  const reach = { written, fresh, phones, unsettled, halved: new Set<string>(), trails };
  const found = await evaluate(tx, reach, { policy, products });
  await found.write(found.moved(now), now);
  await writeCustomers(tx, await customersOf(tx, found.families, policy));
  const { added, revised, ended } = found.change;
  return { evaluated: found.evaluated, changed: added.length + revised.length + ended.length };
}

async function evaluate(
  tx: TransactionSql,
  reach: Reach,
  ground: LinkingGround,
  meanwhile: Meanwhile = async () => {},
) {
  const loaded = await loadFamilies(tx, reach, ground, meanwhile);
  await meanwhile();
  const { loader, evaluated, crowded } = loaded;
  const ids = new Set(evaluated.map((member) => member.id));
  const found = findLinks(evaluated, loaded, loaded.own, loaded.waiting);
  const change = compareLinks(ids, loaded.links, found);
  // A return counts among the figures of whoever bought, also where it came under another phone.
  const ofEvaluated = loaded.links.filter((link) => ids.has(link.sub_order_id));
  const buyers = await loader.addCustomers(
    [...ofEvaluated, ...found].filter((link) => link.is_active).map((link) => link.main_order_id),
  );
  const { members, links } = loader.household();
  const standing = standingAfter(links, change);
  const ended = change.ended.map(partedBy(loaded.crowd, members));
  const phones = [...new Set([...reach.phones, ...buyers])].filter((phone) => !crowded.has(phone));
  return {
    change,
    evaluated: evaluated.length,
    families: { members, links: standing, phones },
    moved: (now: Date) => movedMembers(members, standing, now),
    write: (moved: readonly Moved[], now: Date) =>
      sideBySide(
        writeLinks(tx, { ...change, ended }, members, now),
        writePlaces(tx, moved),
        writeClues(tx, loaded),
        writeWaiting(tx, loaded.waitedBefore, loaded.waiting),
        noteCrowd(tx, loaded.crowd),
      ),
  };
}

function isOrWasSale({ conclusions, stored }: Entry): boolean {
  return conclusions.service_type === 'main' || stored?.conclusions.service_type === 'main';
}

/** Whether other orders of its phones may belong to it, or may have. */
function isOrWasAbove(entry: Entry): boolean {
  return isOrWasSale(entry) || nowAndThen(entry).some(bringsAnother);
}

/** The order as it will stand, and as it stood, if it did. */
function nowAndThen({ facts, stored }: Entry): BostaOrder[] {
  return stored === undefined ? [facts.order] : [facts.order, stored.facts.order];
}

function trailOf(entry: Entry): Trail {
  const { id, tracking_number } = entry.facts.order;
  const sales = isOrWasSale(entry) ? nowAndThen(entry) : [];
  return { id, tracking_number, ...trailOfSales(sales) };
}

function trailOfMember(member: Member): Trail {
  const { id, tracking_number, service_type } = member;
  return { id, tracking_number, ...trailOfSales(service_type === 'main' ? [member] : []) };
}

/** By what orders elsewhere may wait for these sales. */
function trailOfSales(sales: readonly (BostaOrder | Member)[]) {
  return {
    phones_of_sale: [...new Set(sales.flatMap(typedPhonesOf))],
    shop_numbers: [...new Set(sales.flatMap((sale) => shopNumberOf(sale) ?? []))],
  };
}

/** Whether two phones stand together on it that did not before, or did and do no more: other orders of either may be one customer's. */
function joinsOrJoined({ facts, stored }: Entry): boolean {
  const now = phonesOf(facts.order);
  const then = stored ? phonesOf(stored.facts.order) : [];
  return Math.max(now.length, then.length) > 1 && !sameValue(now, then);
}

/** Whether it was half of a repair and is so no more, or of another product, sale, time or customer: what came after it may be the other half of another. */
function isHalfChanged(entry: Entry): boolean {
  const { stored } = entry;
  if (stored === undefined) return false;
  const then = { ...stored.facts.order, ...stored.conclusions };
  return isHalfOfRepair(then) && !sameValue(tellingOf(then), tellingOf(memberOf(entry)));
}

/** What tells which other half a half of a repair belongs to, and of which sale that is. */
function tellingOf(order: FamilyOrder) {
  const { product_name, notes, business_reference, cod, goods_amount } = order;
  return [
    ...[isHalfOfRepair(order), product_name, madeAt(order), fullName(order), phonesOf(order)],
    ...[notes, business_reference, cod, goods_amount],
  ];
}

function phonesNowAndThen(entry: Entry): string[] {
  return nowAndThen(entry).flatMap(phonesOf);
}
