import { z } from 'zod';
import type { Sql } from './client.ts';
import { isUnusableValue } from './errors.ts';
import { many, one } from './query.ts';

/** After this many tries in vain a callback is given up: kept, with the reason, and asked for no more. */
export const maxAttempts = 8;

/** `json` is the text as it came. */
type Callback = { tracking_number: string | null; json: string };

/** Stores a callback as it came, before it is answered; what it says is checked when it is read back. */
export async function storeCallback(sql: Sql, callback: Callback): Promise<void> {
  try {
    await insertCallback(sql, callback);
  } catch (error) {
    if (!isUnusableValue(error)) throw error;
    // Postgres reads JSON only so deep: what is deeper is kept as a text.
    await insertCallback(sql, { ...callback, json: JSON.stringify(callback.json) });
  }
}

function insertCallback(sql: Sql, callback: Callback): Promise<{ callback_id: number }> {
  return one(
    z.object({ callback_id: z.number() }),
    sql`insert into bosta_callbacks (tracking_number, raw, given_up_at, last_error)
      values (${callback.tracking_number}, ${callback.json}::text::json,
        ${callback.tracking_number === null ? sql`now()` : null},
        ${callback.tracking_number === null ? 'It names no delivery' : null})
      returning callback_id`,
  );
}

const due = z.object({ tracking_number: z.string(), wait_ms: z.number() });

/** The deliveries whose callbacks wait to be read back, each once, with how long to wait for its next try (0 where it is due). */
export function waitingCallbacks(sql: Sql, limit: number): Promise<z.infer<typeof due>[]> {
  return many(
    due,
    sql`select tracking_number,
        greatest(0, extract(epoch from min(next_attempt_at) - now()) * 1000)::float8 as wait_ms
      from bosta_callbacks
      where processed_at is null and given_up_at is null and tracking_number is not null
      group by tracking_number order by min(next_attempt_at), tracking_number limit ${limit}`,
  );
}

/** The last callback of a delivery that was not read back since, given up or not; 0 where there is none. Of two clocks, ours and Postgres', nobody could tell which callbacks were there. */
export async function lastCallback(sql: Sql, trackingNumber: string): Promise<number> {
  const { last } = await one(
    z.object({ last: z.number() }),
    sql`select coalesce(max(callback_id), 0) as last from bosta_callbacks
      where tracking_number = ${trackingNumber} and processed_at is null`,
  );
  return last;
}

/** Marks a delivery's callbacks as processed: those that were there when it was read, up to `last`, given up or not, and no later ones. */
export async function markProcessed(sql: Sql, trackingNumber: string, last: number): Promise<void> {
  await sql`update bosta_callbacks set processed_at = now(), attempts = attempts + 1, last_error = null
    where tracking_number = ${trackingNumber} and callback_id <= ${last} and processed_at is null`;
}

/** What came of a try in vain: why, and how long Bosta asked to be left alone, where it did. */
type InVain = { message: string; retryAfterSeconds?: number | undefined };

/**
 * Puts a delivery's callbacks off after a try in vain, twice as long each time and no
 * shorter than Bosta asks for, with up to a quarter more by chance; gives them up after the last.
 */
export async function putOff(
  sql: Sql,
  trackingNumber: string,
  { message, retryAfterSeconds = 0 }: InVain,
): Promise<void> {
  await sql`update bosta_callbacks set attempts = attempts + 1, last_error = ${message},
      next_attempt_at = now() + interval '1 second'
        * greatest(power(2, attempts), ${retryAfterSeconds}::float8) * (1 + random() / 4),
      given_up_at = case when attempts + 1 >= ${maxAttempts} then now() end
    where tracking_number = ${trackingNumber} and processed_at is null and given_up_at is null`;
}
