import { z } from 'zod';
import { roles } from '../domain/vocabulary.ts';
import type { AnySql } from './client.ts';
import { maybeOne } from './query.ts';

const account = z.object({
  user_id: z.number(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  password_hash: z.string(),
});

/** The open account with this e-mail, in capitals or not; undefined where there is none, or it was closed. */
export function accountOf(
  sql: AnySql,
  email: string,
): Promise<z.infer<typeof account> | undefined> {
  return maybeOne(
    account,
    sql`select user_id, email, name, role, password_hash from users
      where email = ${email.toLowerCase()} and is_active`,
  );
}
