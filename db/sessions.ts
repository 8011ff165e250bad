import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { roles } from '../domain/vocabulary.ts';
import type { Sql } from './client.ts';
import { maybeOne, one } from './query.ts';

const user = z.object({
  user_id: z.number(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  /** Where somebody works; empty for those who work anywhere. */
  hub_ids: z.array(z.number()),
});
export type User = z.infer<typeof user>;

const session = z.object({ expires_at: z.date() });

/** A working day. */
export const sessionHours = 12;

/** Opens a session of `sessionHours`, and gives its token, which is kept nowhere. */
export async function openSession(
  sql: Sql,
  userId: number,
): Promise<{ token: string; expires_at: Date }> {
  const token = randomBytes(32).toString('base64url');
  const { expires_at } = await one(
    session,
    sql`insert into sessions (token_hash, user_id, expires_at)
      values (${hashOf(token)}, ${userId}, now() + make_interval(hours => ${sessionHours}))
      returning expires_at`,
  );
  return { token, expires_at };
}

/** Who signed in with this token; undefined where it is unknown or over, or its account was closed. */
export function userOfToken(sql: Sql, token: string): Promise<User | undefined> {
  return maybeOne(
    user,
    sql`select user_id, email, name, role,
        array(select hub_id from user_hubs h where h.user_id = u.user_id order by hub_id) as hub_ids
      from sessions join users u using (user_id)
      where token_hash = ${hashOf(token)} and expires_at > now() and u.is_active`,
  );
}

/** Ends the session of this token. */
export async function closeSession(sql: Sql, token: string): Promise<void> {
  await sql`delete from sessions where token_hash = ${hashOf(token)}`;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
