import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TransactionSql } from './client.ts';
import { one } from './query.ts';

/** What a key stands for: who asked for what, by which route. */
type KeyedRequest = { route: string; key: string; body: unknown; by: number };

const known = z.object({ body_hash: z.instanceof(Buffer), resource_id: z.number().nullable() });

/** `made`: done now, for the first time. `repeated`: the same was asked before, and made this. `reused`: the key stands for something else. */
type Keyed = { is: 'made' | 'repeated'; id: number | null } | { is: 'reused' };

/**
 * Makes something once for each key, for life. Whoever comes second with the
 * same key waits for the first, and gets what that one made; `make` gives its id, or null where it has none.
 */
export async function onceForKey(
  tx: TransactionSql,
  { route, key, body, by }: KeyedRequest,
  make: () => Promise<number | null>,
): Promise<Keyed> {
  const body_hash = hashOf(body);
  const { count } = await tx`
    insert into idempotency_keys (route, key, body_hash, created_by)
    values (${route}, ${key}, ${body_hash}, ${by}) on conflict do nothing`;
  if (count === 1) {
    const id = await make();
    await tx`update idempotency_keys set resource_id = ${id} where route = ${route} and key = ${key}`;
    return { is: 'made', id };
  }
  const first = await one(
    known,
    tx`select body_hash, resource_id from idempotency_keys where route = ${route} and key = ${key}`,
  );
  return first.body_hash.equals(body_hash)
    ? { is: 'repeated', id: first.resource_id }
    : { is: 'reused' };
}

/** The same for bodies that say the same, in whatever order. */
function hashOf(body: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(sorted(body)))
    .digest();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
