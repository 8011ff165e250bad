import { z } from 'zod';
import type { Waiting } from '../domain/family.ts';
import { phonesOneSlipAway } from '../domain/phone-likeness.ts';
import { tellingTypedPhones } from '../domain/shared-phones.ts';
import type { TransactionSql } from './client.ts';
import type { Member } from './family-members.ts';
import { many } from './query.ts';

const row = z.object({ order_id: z.string(), neighbours: z.array(z.string()) });

/** Which of these orders wait by what is stored. */
export async function storedWaiting(
  tx: TransactionSql,
  orders: readonly Member[],
): Promise<Waiting> {
  if (orders.length === 0) return new Map();
  const rows = await many(
    row,
    tx`select order_id, neighbours from family_waiting
      where order_id = any(${orders.map((order) => order.id)})`,
  );
  return new Map(rows.map(({ order_id, neighbours }) => [order_id, neighbours]));
}

/** The phones under which orders that wait may have their main order: for one that waited before, those that were found then. */
export function phonesToTry(
  orders: readonly Member[],
  before: Waiting,
  isNew: (order: Member) => boolean,
  crowded: ReadonlySet<string>,
): string[] {
  return orders.flatMap((order) => {
    const known = isNew(order) ? undefined : before.get(order.id);
    return known ?? tellingTypedPhones(order, crowded).flatMap(phonesOneSlipAway);
  });
}

/** Makes what is stored of these orders what it is now. */
export async function writeWaiting(
  tx: TransactionSql,
  before: Waiting,
  now: Waiting,
): Promise<void> {
  const gone = [...before.keys()].filter((id) => !now.has(id));
  const changed = [...now].filter(([id, phones]) => `${phones}` !== String(before.get(id)));
  if (gone.length > 0) await tx`delete from family_waiting where order_id = any(${gone})`;
  if (changed.length === 0) return;
  const rows = changed.map(([order_id, neighbours]) => ({ order_id, neighbours }));
  await tx`insert into family_waiting (order_id, neighbours)
    select order_id, neighbours
      from jsonb_to_recordset(${tx.json(rows)}) w (order_id text, neighbours text[])
    on conflict (order_id) do update set neighbours = excluded.neighbours`;
}
