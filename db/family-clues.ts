import { z } from 'zod';
import type { Household } from '../domain/family.ts';
import { groupByEach } from '../domain/group-by-each.ts';
import { canBeSub } from '../domain/hierarchy.ts';
import { brokenPhonesOf, typedPhonesOf } from '../domain/link-evidence.ts';
import {
  namedClue,
  numbersNamedIn,
  shopClue,
  shopNumbersNamedIn,
  shopPrefix,
} from '../domain/named-numbers.ts';
import { isOneSlipApart, slipPatterns } from '../domain/phone-likeness.ts';
import type { Policy } from '../domain/policy.ts';
import type { Fragment, TransactionSql } from './client.ts';
import type { LoadedFamilies } from './family-loading.ts';
import type { Member } from './family-members.ts';
import { many, manyAlike } from './query.ts';
import { sideBySide } from './side-by-side.ts';

/** What leads from an order that arrived or changed to those that may wait for it. */
export type Trail = {
  id: string;
  tracking_number: string | null;
  /** Of a sale: those who wait for one may have it a digit wrong. */
  phones_of_sale: string[];
  /** Of a sale: the shop's numbers of it, now and before. */
  shop_numbers: string[];
};

/** The orders elsewhere that these bear on: linked below them, naming their tracking numbers or the shop's numbers of sales, or with a phone that is a slip away from that of a sale among them. Nothing is below a fresh one yet. */
export async function ordersBornOn(
  tx: TransactionSql,
  trails: readonly Trail[],
  fresh: ReadonlySet<string>,
  { linking: { policy }, crowded }: Household<Member>,
): Promise<string[]> {
  const named = trails.flatMap(({ tracking_number: number, shop_numbers }) => [
    ...(number === null ? [] : [namedClue(number)]),
    ...shop_numbers.map(shopClue),
  ]);
  const phones = trails.flatMap((trail) => trail.phones_of_sale);
  const known = trails.map(({ id }) => id).filter((id) => !fresh.has(id));
  const [naming, near, below] = await sideBySide(
    giversOf(
      tx,
      named.filter((clue) => !crowded.has(clue)),
    ),
    giversNear(
      tx,
      phones.filter((phone) => !crowded.has(phone)),
      slipClues,
    ),
    ordersBelow(tx, known),
  );
  const clues = naming.map(({ clue }) => clue);
  const shared = await cluesOfMany(tx, clues, policy.linking.max_sales_per_number + trails.length);
  const meant = naming.filter(({ clue }) => !shared.has(clue));
  return [...new Set([...meant, ...near].map((giver) => giver.order_id).concat(below))];
}

const shared = z.object({ number: z.string() });

/** Of these clues the shop's numbers that more than `most` sales bear: they name none, also after as many of these as are looked at have changed. */
async function cluesOfMany(
  tx: TransactionSql,
  clues: readonly string[],
  most: number,
): Promise<Set<string>> {
  const numbers = new Set(clues.filter((clue) => clue.startsWith(shopPrefix)));
  if (numbers.size === 0) return new Set();
  const asked = [...numbers].map((clue) => clue.slice(shopPrefix.length));
  const rows = await many(
    shared,
    tx`select number from unnest(${asked}::text[]) asked (number)
      where exists (select from orders where ${bearsAsked(tx)} offset ${most})`,
  );
  return new Set(rows.map(({ number }) => shopClue(number)));
}

const sale = z.object({ id: z.string() });

/** The sales that bear one of these numbers of the shop; of a number that names none, one more than may bear it, so that this is seen. */
export async function salesByShopNumber(
  tx: TransactionSql,
  numbers: readonly string[],
  { linking }: Policy,
): Promise<string[]> {
  if (numbers.length === 0) return [];
  const rows = await many(
    sale,
    tx`select sale.id from unnest(${[...new Set(numbers)]}::text[]) asked (number)
      cross join lateral (select id from orders where ${bearsAsked(tx)}
        limit ${linking.max_sales_per_number + 1}) sale`,
  );
  return rows.map(({ id }) => id);
}

/** Whether an order is a sale that bears the number `asked`, as the index `sales_by_shop_number` has it. */
function bearsAsked(tx: TransactionSql): Fragment {
  return tx`service_type = 'main' and shop_number(business_reference) = asked.number
    and business_reference is not null`;
}

/** The sales of which a phone that is not the first, or that could not be read, is a slip away from one of these. */
export async function salesBySecondPhone(
  tx: TransactionSql,
  phones: readonly string[],
): Promise<string[]> {
  const givers = await giversNear(tx, phones, saleClues);
  return givers.map(({ order_id }) => order_id);
}

const clueRow = z.object({ order_id: z.string(), clue: z.string(), phone: z.string() });
/** What an order gives to be found by, and the phone that it is a pattern of: '' for a number. */
export type Clue = z.infer<typeof clueRow>;

/** The orders that gave one of these clues. */
export async function giversOf(tx: TransactionSql, clues: readonly string[]): Promise<Clue[]> {
  if (clues.length === 0) return [];
  return manyAlike(
    clueRow,
    tx`select order_id, clue, phone from family_clues where clue = any(${[...clues]})`,
  );
}

/** Of the orders that a pattern of these phones leads to, those with a phone a slip away. */
async function giversNear(
  tx: TransactionSql,
  phones: readonly string[],
  cluesOf: (phone: string) => string[],
): Promise<Clue[]> {
  const asked = groupByEach([...new Set(phones)], cluesOf);
  const givers = await giversOf(tx, [...asked.keys()]);
  return givers.filter(({ clue, phone }) =>
    asked.get(clue)?.some((near) => isOneSlipApart(phone, near)),
  );
}

const sub = z.object({ sub_order_id: z.string() });

async function ordersBelow(tx: TransactionSql, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await many(
    sub,
    tx`select sub_order_id from order_hierarchy_management
      where main_order_id = any(${[...ids]}) and (is_active or is_pending_review)`,
  );
  return rows.map(({ sub_order_id }) => sub_order_id);
}

function slipClues(phone: string): string[] {
  return slipPatterns(phone).map((pattern) => `slip:${pattern}`);
}

/** What leads to a sale by a phone that is not its first: where that is a slip away, there are few enough to ask for each. */
function saleClues(phone: string): string[] {
  return slipPatterns(phone).map((pattern) => `sale:${pattern}`);
}

async function cluesOfOrders(tx: TransactionSql, ids: readonly string[]): Promise<Clue[]> {
  if (ids.length === 0) return [];
  return manyAlike(
    clueRow,
    tx`select order_id, clue, phone from family_clues where order_id = any(${[...ids]})`,
  );
}

/** Makes the stored clues those that the evaluated orders give now. One that is as it was and waits as it did gives the same. */
export async function writeClues(
  tx: TransactionSql,
  { evaluated, renewed, fresh, waiting, waitedBefore, crowded }: LoadedFamilies,
): Promise<void> {
  const turned = evaluated.filter(({ id }) => waiting.has(id) !== waitedBefore.has(id));
  const givers = [...new Set([...renewed, ...turned])];
  const given = givers.flatMap((member) => cluesOf(member, waiting.has(member.id), crowded));
  const wanted = new Map(given.map((clue) => [keyOf(clue), clue]));
  const stored = await cluesOfOrders(
    tx,
    givers.flatMap(({ id }) => (fresh.has(id) ? [] : id)),
  );
  const standing = new Set(stored.map(keyOf));
  const gone = stored.filter((clue) => !wanted.has(keyOf(clue)));
  const added = [...wanted].filter(([key]) => !standing.has(key)).map(([, clue]) => clue);
  if (gone.length > 0)
    await tx`delete from family_clues where (order_id, clue, phone) in (select order_id, clue, phone
      from jsonb_to_recordset(${tx.json(gone)}) g (order_id text, clue text, phone text))`;
  if (added.length > 0)
    await tx`insert into family_clues (order_id, clue, phone) select order_id, clue, phone
      from jsonb_to_recordset(${tx.json(added)}) a (order_id text, clue text, phone text)
      on conflict do nothing`;
}

function keyOf({ order_id, clue, phone }: Clue): string {
  return `${order_id} ${clue} ${phone}`;
}

function cluesOf(member: Member, isWaiting: boolean, crowded: ReadonlySet<string>): Clue[] {
  const { id: order_id } = member;
  const ofPhones = (
    phones: readonly (string | null)[],
    patternsOf: (phone: string) => string[],
  ): Clue[] =>
    phones
      .filter((phone) => phone !== null)
      .filter((phone) => !crowded.has(phone))
      .flatMap((phone) => patternsOf(phone).map((clue) => ({ order_id, clue, phone })));
  const numbers = numbersOf(member, crowded).map((clue) => ({ order_id, clue, phone: '' }));
  if (member.service_type === 'main') {
    const phones = [member.receiver_second_phone, ...brokenPhonesOf(member)];
    return [...numbers, ...ofPhones(phones, saleClues)];
  }
  return isWaiting ? [...numbers, ...ofPhones(typedPhonesOf(member), slipClues)] : numbers;
}

/** What an order has in common with others besides its phones, if few have it: broken phones, and numbers that it names. */
export function numbersOf(member: Member, crowded: ReadonlySet<string>): string[] {
  const broken = brokenPhonesOf(member).filter((phone) => !crowded.has(phone));
  if (!canBeSub(member)) return broken;
  return [
    ...broken,
    ...[...numbersNamedIn(member, crowded)].map(namedClue),
    ...[...shopNumbersNamedIn(member, crowded)].map(shopClue),
  ];
}
