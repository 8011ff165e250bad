import type { FastifyInstance, InjectOptions } from 'fastify';
import { z } from 'zod';
import { buildApp } from '../../api/app.ts';
import type { Deps } from '../../api/deps.ts';
import { openSession } from '../../db/sessions.ts';
import { accountOf } from '../../db/users.ts';
import { seedDemoData } from '../../dev/demo-data.ts';
import type { Role } from '../../domain/vocabulary.ts';
import { createTestDatabase } from '../support/database.ts';
import { connectTestTemporal } from '../support/temporal.ts';

export const webhookSecret = 'the-secret-of-the-tests';

const envelope = z.looseObject({
  success: z.boolean(),
  data: z.unknown().optional(),
  error: z.string().optional(),
  code: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
  total: z.int().optional(),
});
export type Reply = z.infer<typeof envelope> & { status: number; text: string };

/** The API on a database and a Temporal server of its own, with the demo's accounts, and no worker. */
export async function startApi({ engineTimeoutMs = 10_000 } = {}) {
  const [database, temporal] = await Promise.all([createTestDatabase(), connectTestTemporal()]);
  await seedDemoData(database.sql);
  const settings: Deps['settings'] = {
    ...{ webhookSecret, temporalUiUrl: 'http://localhost:8233' },
    ...{ needsFirstSync: false, engineTimeoutMs, answerTimeoutMs: 15_000 },
  };
  const app = await buildApp({ sql: database.sql, temporal: temporal.client, settings });
  return {
    ...{ app, settings, sql: database.sql, url: database.url, temporal },
    /** Sends requests as somebody of this role. */
    as: async (role: Role) => {
      const account = await accountOf(database.sql, `${role}@hvar.local`);
      const { token } = await openSession(database.sql, account?.user_id ?? 0);
      return requester(app, { authorization: `Bearer ${token}` });
    },
    anybody: requester(app, {}),
    stop: async () => {
      await app.close();
      await temporal.close();
      await database.drop();
    },
  };
}
export type Api = Awaited<ReturnType<typeof startApi>>;

export type Requester = ReturnType<typeof requester>;

/** Sends requests with these headers, and reads the envelope of each answer. */
export function requester(app: FastifyInstance, headers: Record<string, string>) {
  return async (
    method: NonNullable<InjectOptions['method']>,
    url: string,
    body?: InjectOptions['payload'],
    more: Record<string, string> = {},
  ): Promise<Reply> => {
    const answer = await app.inject({
      ...{ method, url, headers: { ...headers, ...more } },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, text: answer.body, ...envelope.parse(answer.json()) };
  };
}
