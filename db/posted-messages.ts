import { z } from 'zod';
import { acts } from '../domain/acts.ts';
import type { Act, Contents } from '../domain/messages.ts';
import { type AnySql, jsonOf, type TransactionSql } from './client.ts';
import { many } from './query.ts';

/** What was said, under an id of the case's own, and by whom. */
type Said = Contents[Act] & { message_id?: string; by?: number };

const posted = z.object({
  message_id: z.string(),
  action_id: z.number(),
  act: z.custom<Act>((value) => typeof value === 'string' && Object.hasOwn(acts, value)),
  /** Written by the API alone, whole and in this type. */
  said: z.custom<Said>((value) => typeof value === 'object' && value !== null),
});
/** What a device said to a case, and did not wait for. */
export type PostedMessage = z.infer<typeof posted>;

const columns = (sql: AnySql) => sql`p.message_id, p.action_id, p.act, p.said`;

/** Stores what a device said before it is passed on; the same once more is one. */
export async function storePosted(
  sql: AnySql,
  { action_id, act, said }: Omit<PostedMessage, 'message_id'>,
): Promise<void> {
  const message_id = `${action_id}/${said.message_id}`;
  await sql`insert into posted_messages (message_id, action_id, act, said)
    values (${message_id}, ${action_id}, ${act}, ${sql.json(jsonOf(said))}) on conflict do nothing`;
}

/** What was said to this case and not passed on yet, in its order. */
export function postsFor(sql: AnySql, actionId: number): Promise<PostedMessage[]> {
  return many(
    posted,
    sql`select ${columns(sql)} from posted_messages p
      where action_id = ${actionId} and sent_at is null order by posted_at, message_id`,
  );
}

/** What was said to any case and not passed on yet, with whether that is open, in its order; the caller's own until its transaction ends. */
export function waitingPosts(tx: TransactionSql, limit: number) {
  return many(
    posted.extend({ is_open: z.boolean() }),
    tx`select ${columns(tx)}, a.completed_at is null as is_open
      from posted_messages p join service_actions a using (action_id) where sent_at is null
      order by posted_at, message_id limit ${limit} for update of p skip locked`,
  );
}

/** Notes that these were passed on, or found their cases closed. */
export async function markPassedOn(sql: AnySql, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`update posted_messages set sent_at = now() where message_id = any(${[...messageIds]})`;
}

/** Has what these cases, where they are open, have not recorded passed on once more: it may be lost with the one who heard it. */
export async function passOnAgain(sql: AnySql, actionIds: readonly number[]): Promise<void> {
  await sql`update posted_messages p set sent_at = null from service_actions a
    where p.action_id = any(${[...actionIds]}) and a.action_id = p.action_id
      and a.completed_at is null
      and not exists (select from case_messages m where m.message_id = p.message_id)`;
}
