import { z } from 'zod';
import { groupByEach } from '../domain/family.ts';
import { canBeSub } from '../domain/hierarchy.ts';
import { brokenPhonesOf, numbersNamedIn, typedPhonesOf } from '../domain/link-evidence.ts';
import { isOneSlipApart, slipPatterns } from '../domain/phone-likeness.ts';
import type { TransactionSql } from './client.ts';
import type { LoadedFamilies } from './family-loading.ts';
import type { Member } from './family-members.ts';
import { many } from './query.ts';

/** What leads from an order that arrived or changed to those that may wait for it. */
export type Trail = {
  id: string;
  tracking_number: string | null;
  /** Of a sale: those who wait for one may have it a digit wrong. */
  phones_of_sale: string[];
};

const found = z.object({
  order_id: z.string(),
  clue: z.string().nullable(),
  receiver_phone: z.string().nullable(),
  receiver_second_phone: z.string().nullable(),
  receiver_phone_raw: z.string().nullable(),
  receiver_second_phone_raw: z.string().nullable(),
});

/** The orders elsewhere that these bear on: linked below them, naming their tracking numbers, or with a phone that is a slip away from that of a sale among them. */
export async function ordersBornOn(
  tx: TransactionSql,
  trails: readonly Trail[],
): Promise<string[]> {
  const ids = trails.map((trail) => trail.id);
  const named = trails.flatMap(({ tracking_number: number }) =>
    number === null ? [] : `named:${number}`,
  );
  const salesOf = groupByEach(
    trails.flatMap((trail) => trail.phones_of_sale),
    slipClues,
  );
  const clues = [...named, ...salesOf.keys()];
  const rows = await many(
    found,
    tx`select c.order_id, c.clue, o.receiver_phone, o.receiver_second_phone,
        o.receiver_phone_raw, o.receiver_second_phone_raw
      from family_clues c join orders o on o.id = c.order_id where c.clue = any(${clues})
      union all select sub_order_id, null, null, null, null, null from order_hierarchy_management
        where main_order_id = any(${ids}) and (is_active or is_pending_review)`,
  );
  const isBornOn = (row: z.infer<typeof found>) => {
    const sales = salesOf.get(row.clue ?? '');
    return (
      !sales ||
      typedPhonesOf(row).some((phone) => sales.some((sale) => isOneSlipApart(phone, sale)))
    );
  };
  return [...new Set(rows.filter(isBornOn).map((row) => row.order_id))];
}

function slipClues(phone: string): string[] {
  return slipPatterns(phone).map((pattern) => `slip:${pattern}`);
}

/** The sales whose phone could not be read, and may be one of these with a slip. */
export async function unreadSales(
  tx: TransactionSql,
  phones: readonly string[],
): Promise<string[]> {
  const clues = new Set(phones.flatMap(slipPatterns).map((pattern) => `sale:${pattern}`));
  if (clues.size === 0) return [];
  const rows = await many(
    clueRow,
    tx`select order_id, clue from family_clues where clue = any(${[...clues]})`,
  );
  return rows.map(({ order_id }) => order_id);
}

const clueRow = z.object({ order_id: z.string(), clue: z.string() });

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
  const known = givers.flatMap(({ id }) => (fresh.has(id) ? [] : id));
  const stored = await many(
    clueRow,
    tx`select order_id, clue from family_clues where order_id = any(${known})`,
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
  if (member.service_type === 'main')
    return brokenPhonesOf(member)
      .flatMap(slipPatterns)
      .map((pattern) => `sale:${pattern}`);
  if (!canBeSub(member)) return [];
  const named = [...numbersNamedIn(member)].map((number) => `named:${number}`);
  if (!isWaiting) return named;
  const telling = typedPhonesOf(member).filter((phone) => !crowded.has(phone));
  return [...named, ...telling.flatMap(slipClues)];
}
