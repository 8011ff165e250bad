import { z } from 'zod';
import type { AnySql, Fragment, TransactionSql } from './client.ts';
import { many, one } from './query.ts';

/** Which orders that stand under their number have which id at Bosta, as far as a batch bears on them, and what the batch tells of it anew. */
export class LearnedIds {
  readonly #orderOf = new Map<string, string>();
  readonly #named = new Set<string>();
  readonly #fresh: { bosta_id: string; order_id: string }[] = [];

  constructor(known: readonly { bosta_id: string; order_id: string }[] = []) {
    for (const { bosta_id, order_id } of known) this.#keep(bosta_id, order_id);
  }

  /** The id that the order of a delivery stands under. */
  orderOf(bostaId: string): string {
    return this.#orderOf.get(bostaId) ?? bostaId;
  }

  /** Whether it is known which delivery of Bosta's an order is that stands under its number. */
  isNamed(orderId: string): boolean {
    return this.#named.has(orderId);
  }

  learn(bosta_id: string, order_id: string): void {
    this.#keep(bosta_id, order_id);
    this.#fresh.push({ bosta_id, order_id });
  }

  /** Writes what was learned. */
  async write(tx: TransactionSql): Promise<void> {
    if (this.#fresh.length > 0)
      await tx`insert into order_ids ${tx(this.#fresh)} on conflict do nothing`;
  }

  #keep(bostaId: string, orderId: string): void {
    this.#orderOf.set(bostaId, orderId);
    this.#named.add(orderId);
  }
}

const learned = z.object({ bosta_id: z.string(), order_id: z.string() });

/** What is known of these ids, and of the orders under these numbers. There are few such orders, mostly none: then nothing more is asked. */
export async function learnedIds(
  tx: TransactionSql,
  ids: readonly string[],
  numbers: readonly string[],
): Promise<LearnedIds> {
  const [first] = await tx`select from order_ids limit 1`;
  if (first === undefined) return new LearnedIds();
  const rows = await many(
    learned,
    tx`select bosta_id, order_id from order_ids
      where bosta_id = any(${[...ids]}) or order_id = any(${[...numbers]})`,
  );
  return new LearnedIds(rows);
}

/** What an order stands under that Bosta has by this id: its number, where that alone was known first. */
export function standingId(sql: AnySql, bostaId: string | Fragment) {
  return sql`coalesce((select order_id from order_ids where bosta_id = ${bostaId}), ${bostaId})`;
}

/** The id that an order stands under, by that or by Bosta's id of it; whether there is one is not asked. */
export async function orderIdOf(sql: AnySql, id: string): Promise<string> {
  const row = await one(z.object({ id: z.string() }), sql`select ${standingId(sql, id)} as id`);
  return row.id;
}
