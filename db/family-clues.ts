import { z } from 'zod';
import { groupByEach } from '../domain/group-by-each.ts';
import { canBeSub } from '../domain/hierarchy.ts';
import { brokenPhonesOf, typedPhonesOf } from '../domain/link-evidence.ts';
import { mostSalesOfANumber, numbersNamedIn, shopNumbersNamedIn } from '../domain/named-numbers.ts';
import { isOneSlipApart, slipPatterns } from '../domain/phone-likeness.ts';
import type { TransactionSql } from './client.ts';
import type { LoadedFamilies } from './family-loading.ts';
import type { Member } from './family-members.ts';
import { many } from './query.ts';
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
): Promise<string[]> {
  const named = trails.flatMap(({ tracking_number: number, shop_numbers }) => [
    ...(number === null ? [] : [`named:${number}`]),
    ...shop_numbers.map(shopClue),
  ]);
  const phones = trails.flatMap((trail) => trail.phones_of_sale);
  const known = trails.map(({ id }) => id).filter((id) => !fresh.has(id));
  const [naming, near, below] = await sideBySide(
    giversOf(tx, named),
    giversNear(tx, phones, slipClues),
    ordersBelow(tx, known),
  );
  const clues = naming.map(({ clue }) => clue);
  const shared = await cluesOfMany(tx, clues, mostSalesOfANumber + trails.length);
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
    tx`select number from unnest(${asked}::text[]) of_sales (number)
      where exists (select from orders
        where service_type = 'main' and shop_number(business_reference) = number
          and business_reference is not null
        offset ${most})`,
  );
  return new Set(rows.map(({ number }) => shopClue(number)));
}

const shopPrefix = 'shop:';

function shopClue(number: string): string {
  return `${shopPrefix}${number}`;
}

/** The sales of which a phone that is not the first, or that could not be read, is a slip away from one of these. */
export async function salesBySecondPhone(
  tx: TransactionSql,
  phones: readonly string[],
): Promise<string[]> {
  const givers = await giversNear(tx, phones, saleClues);
  return givers.map(({ order_id }) => order_id);
}

const giver = z.object({
  order_id: z.string(),
  clue: z.string(),
  receiver_phone: z.string().nullable(),
  receiver_second_phone: z.string().nullable(),
  receiver_phone_raw: z.string().nullable(),
  receiver_second_phone_raw: z.string().nullable(),
});
type Giver = z.infer<typeof giver>;

/** The orders that gave one of these clues. */
async function giversOf(tx: TransactionSql, clues: readonly string[]): Promise<Giver[]> {
  if (clues.length === 0) return [];
  return many(
    giver,
    tx`select c.order_id, c.clue, o.receiver_phone, o.receiver_second_phone,
        o.receiver_phone_raw, o.receiver_second_phone_raw
      from family_clues c join orders o on o.id = c.order_id where c.clue = any(${[...clues]})`,
  );
}

/** Of the orders that a pattern of these phones leads to, those with a phone a slip away. */
async function giversNear(
  tx: TransactionSql,
  phones: readonly string[],
  cluesOf: (phone: string) => string[],
): Promise<Giver[]> {
  const asked = groupByEach([...new Set(phones)], cluesOf);
  const givers = await giversOf(tx, [...asked.keys()]);
  return givers.filter((one) =>
    typedPhonesOf(one).some((phone) =>
      asked.get(one.clue)?.some((near) => isOneSlipApart(phone, near)),
    ),
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

const clueRow = z.object({ order_id: z.string(), clue: z.string() });

async function cluesOfOrders(tx: TransactionSql, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return many(
    clueRow,
    tx`select order_id, clue from family_clues where order_id = any(${[...ids]})`,
  );
}

/** Makes the stored clues those that the evaluated orders give now. One that is as it was and waits as it did gives the same. */
export async function writeClues(
  tx: TransactionSql,
  { evaluated, renewed, fresh, waiting, waitedBefore, crowded }: LoadedFamilies,
): Promise<void> {
  const turned = evaluated.filter(({ id }) => waiting.has(id) !== waitedBefore.has(id));
  const givers = [...new Set([...renewed, ...turned])];
  const wanted = new Map<string, z.infer<typeof clueRow>>();
  for (const member of givers)
    for (const clue of cluesOf(member, waiting.has(member.id), crowded))
      wanted.set(`${member.id} ${clue}`, { order_id: member.id, clue });
  const stored = await cluesOfOrders(
    tx,
    givers.flatMap(({ id }) => (fresh.has(id) ? [] : id)),
  );
  const standing = new Set(stored.map(({ order_id, clue }) => `${order_id} ${clue}`));
  const gone = stored.filter(({ order_id, clue }) => !wanted.has(`${order_id} ${clue}`));
  const added = [...wanted].filter(([key]) => !standing.has(key)).map(([, row]) => row);
  if (gone.length > 0)
    await tx`delete from family_clues where (order_id, clue) in
      (select order_id, clue from jsonb_to_recordset(${tx.json(gone)}) g (order_id text, clue text))`;
  if (added.length > 0)
    await tx`insert into family_clues (order_id, clue)
      select order_id, clue from jsonb_to_recordset(${tx.json(added)}) a (order_id text, clue text)
      on conflict do nothing`;
}

function cluesOf(member: Member, isWaiting: boolean, crowded: ReadonlySet<string>): string[] {
  const telling = (phones: readonly (string | null)[]) =>
    phones.filter((phone) => phone !== null).filter((phone) => !crowded.has(phone));
  if (member.service_type === 'main')
    return telling([member.receiver_second_phone, ...brokenPhonesOf(member)]).flatMap(saleClues);
  if (!canBeSub(member)) return [];
  const named = [...numbersNamedIn(member)].map((number) => `named:${number}`);
  const shop = [...shopNumbersNamedIn(member)].map(shopClue);
  if (!isWaiting) return [...named, ...shop];
  return [...named, ...shop, ...telling(typedPhonesOf(member)).flatMap(slipClues)];
}
