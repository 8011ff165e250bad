import { z } from 'zod';
import type { Sql } from './client.ts';
import { onPage, type Page, type Paged, readPage } from './query.ts';

export const callbackGivenUp = z.object({
  callback_id: z.number(),
  tracking_number: z
    .string()
    .nullable()
    .meta({ description: 'Null where it names no delivery: such a one cannot be tried again' }),
  received_at: z.date(),
  given_up_at: z.date(),
  attempts: z.number(),
  last_error: z.string().nullable(),
});

/** Of callbacks: that one was given up, and its delivery was not read back since. */
export const wasGivenUp = (sql: Sql) => sql`given_up_at is not null and processed_at is null`;

/** One page of the callbacks that were given up, the latest first, and how many these are. */
export function callbacksGivenUp(
  sql: Sql,
  page: Page,
): Promise<Paged<z.infer<typeof callbackGivenUp>>> {
  return readPage(
    callbackGivenUp,
    sql`select callback_id, tracking_number, received_at, given_up_at, attempts, last_error
      from bosta_callbacks where ${wasGivenUp(sql)} order by given_up_at desc, callback_id desc
      ${onPage(sql, page)}`,
    sql`select count(*) as total from bosta_callbacks where ${wasGivenUp(sql)}`,
  );
}

/** Has callbacks that were given up tried again from the beginning, of one delivery or of all, and says how many these are. */
export async function tryCallbacksAgain(
  sql: Sql,
  { tracking_number }: { tracking_number?: string | undefined },
): Promise<number> {
  const { count } = await sql`update bosta_callbacks
    set given_up_at = null, attempts = 0, next_attempt_at = now()
    where ${wasGivenUp(sql)} and tracking_number is not null
      and ${tracking_number === undefined ? sql`true` : sql`tracking_number = ${tracking_number}`}`;
  return count;
}
