import { z } from 'zod';
import { tellingPhones } from '../domain/family.ts';
import { canBeSub } from '../domain/hierarchy.ts';
import { numbersNamedIn } from '../domain/link-evidence.ts';
import { slipPatterns } from '../domain/phone-likeness.ts';
import type { TransactionSql } from './client.ts';
import type { LoadedFamilies } from './family-loading.ts';
import type { Member } from './family-members.ts';
import { many } from './query.ts';

/** What leads from an order that arrived or changed to those that may wait for it. */
export type Trail = {
  id: string;
  tracking_number: string | null;
  /** Of a sale: those who wait for one may have it a digit wrong. */
  first_phones: string[];
};

const orderId = z.object({ order_id: z.string() });

/** The orders elsewhere that these bear on: linked below them, naming their tracking numbers, or with a phone that is a slip away from that of a sale among them. */
export async function ordersBornOn(
  tx: TransactionSql,
  trails: readonly Trail[],
): Promise<string[]> {
  const ids = trails.map((trail) => trail.id);
  const clues = trails.flatMap(({ tracking_number, first_phones }) => [
    ...(tracking_number === null ? [] : [`named:${tracking_number}`]),
    ...first_phones.flatMap(slipPatterns).map((pattern) => `slip:${pattern}`),
  ]);
  const rows = await many(
    orderId,
    tx`select order_id from family_clues where clue = any(${clues})
      union select sub_order_id from order_hierarchy_management
        where main_order_id = any(${ids}) and (is_active or is_pending_review)`,
  );
  return rows.map((row) => row.order_id);
}

const clueRow = z.object({ order_id: z.string(), clue: z.string() });

/** Makes the stored clues those that the evaluated orders give now. One that is as it was and waits as it did gives the same. */
export async function writeClues(
  tx: TransactionSql,
  { evaluated, renewed, waiting, waitedBefore, crowded }: LoadedFamilies,
): Promise<void> {
  const turned = evaluated.filter(({ id }) => waiting.has(id) !== waitedBefore.has(id));
  const givers = [...new Set([...renewed, ...turned])];
  const wanted = new Map<string, z.infer<typeof clueRow>>();
  for (const member of givers)
    for (const clue of cluesOf(member, waiting.has(member.id), crowded))
      wanted.set(`${member.id} ${clue}`, { order_id: member.id, clue });
  const stored = await many(
    clueRow,
    tx`select order_id, clue from family_clues where order_id = any(${givers.map((m) => m.id)})`,
  );
  const known = new Set(stored.map(({ order_id, clue }) => `${order_id} ${clue}`));
  const gone = stored.filter(({ order_id, clue }) => !wanted.has(`${order_id} ${clue}`));
  const fresh = [...wanted].filter(([key]) => !known.has(key)).map(([, row]) => row);
  if (gone.length > 0)
    await tx`delete from family_clues where (order_id, clue) in
      (select order_id, clue from jsonb_to_recordset(${tx.json(gone)}) g (order_id text, clue text))`;
  if (fresh.length > 0)
    await tx`insert into family_clues (order_id, clue)
      select order_id, clue from jsonb_to_recordset(${tx.json(fresh)}) f (order_id text, clue text)
      on conflict do nothing`;
}

function cluesOf(member: Member, isWaiting: boolean, crowded: ReadonlySet<string>): string[] {
  if (!canBeSub(member)) return [];
  const named = [...numbersNamedIn(member)].map((number) => `named:${number}`);
  if (!isWaiting) return named;
  const slips = tellingPhones(member, crowded).flatMap(slipPatterns);
  return [...named, ...slips.map((pattern) => `slip:${pattern}`)];
}
