import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { hashPassword, passwordMatches } from '../../db/passwords.ts';
import { closeSession, openSession, sessionHours } from '../../db/sessions.ts';
import { accountOf } from '../../db/users.ts';
import { roles } from '../../domain/vocabulary.ts';
import { answer, answerOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { sessionOf, userOf } from '../plugins/auth.ts';
import { email } from '../schemas/fields.ts';

const user = z.object({ email: z.string(), name: z.string(), role: z.enum(roles) });
const credentials = z.strictObject({
  email,
  password: z.string().min(1, 'must not be empty').max(1_000),
});
const signedIn = z.object({ token: z.string(), expires_at: z.date(), user });
const tags = ['sign-in'];

/** Compared where no account is found, so that the time of the answer does not tell which e-mails exist. */
const nobody = hashPassword('nobody');

/** Signing in: the one way to a token. */
export const signInRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  app.post('/auth/login', {
    schema: {
      ...{ tags, summary: 'Sign in', body: credentials, response: { 200: answerOf(signedIn) } },
      description: `The token is good for ${sessionHours} hours: send it as \`Authorization: Bearer …\`.`,
    },
    config: { rateLimit: signInLimit },
    handler: async ({ body }) => {
      const account = await accountOf(sql, body.email);
      const hash = account?.password_hash ?? (await nobody);
      if (!(await passwordMatches(body.password, hash)) || !account) throw wrongCredentials();
      const { email, name, role } = account;
      return answer({
        ...(await openSession(sql, account.user_id)),
        user: { email, name, role },
      });
    },
  });
};

/** Per address and e-mail: slow enough against guessing, fast enough for a shift that starts at one desk. */
const signInLimit = {
  max: 30,
  timeWindow: '1 minute',
  hook: 'preHandler' as const,
  keyGenerator: ({ ip, body }: { ip: string; body?: unknown }) =>
    `${ip} ${credentials.safeParse(body).data?.email.toLowerCase()}`,
};

function wrongCredentials(): ApiError {
  return new ApiError('CREDENTIALS_WRONG', 'The e-mail or the password is wrong.');
}

/** Who one is, and signing out. */
export const sessionRoutes: FastifyPluginAsyncZod<Deps> = async (app, { sql }) => {
  app.get('/auth/me', {
    schema: {
      ...{ tags, summary: 'Who is signed in', response: { 200: answerOf(user) } },
      description: 'The account whose token this is.',
    },
    config: { permission: 'use_account' },
    handler: async (request) => {
      const { email, name, role } = userOf(request);
      return answer({ email, name, role });
    },
  });

  app.post('/auth/logout', {
    schema: {
      ...{ tags, summary: 'Sign out', response: { 200: answerOf(z.null()) } },
      description: 'Ends the session of this token, and no other.',
    },
    config: { permission: 'use_account' },
    handler: async (request) => {
      await closeSession(sql, sessionOf(request).token);
      return answer(null);
    },
  });
};
