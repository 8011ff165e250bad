import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { demoPassword } from '../../dev/demo-data.ts';
import type { Role } from '../../domain/vocabulary.ts';
import { until } from './until.ts';

const leg = z.string().nullable();
/** What the stories look at in a case. */
const caseView = z.looseObject({
  action_id: z.int(),
  action_status: z.string(),
  return_tracking_number: leg,
  delivery_tracking_number: leg,
  waiting_for: z
    .looseObject({
      who: z.string(),
      what: z.string(),
      sentence: z.object({ en: z.string(), ar: z.string() }),
    })
    .nullable(),
  allowed: z.array(z.looseObject({ act: z.string() })),
  costs: z.record(z.string(), z.number()),
  refund: z.looseObject({ amount: z.number().nullable(), status: z.string() }).nullable(),
  events: z.array(z.looseObject({ event: z.string() })),
});
export type CaseSeen = z.infer<typeof caseView>;

const envelope = z.looseObject({
  success: z.boolean(),
  data: z.unknown().optional(),
  error: z.string().optional(),
  code: z.string().optional(),
  total: z.int().optional(),
});
export type Reply = z.infer<typeof envelope> & { status: number };

/** One member of staff at the API, signed in with a demo account. */
export type Staff = Awaited<ReturnType<typeof signIn>>;

/** Signs in somebody of each of these roles. */
export function signInAll<R extends readonly Role[]>(
  base: string,
  ...roles: R
): Promise<{ -readonly [I in keyof R]: Staff }>;
export function signInAll(base: string, ...roles: Role[]): Promise<Staff[]> {
  return Promise.all(roles.map((role) => signIn(base, role)));
}

/** Signs somebody of this role in at the API under `base`. */
export async function signIn(base: string, role: Role) {
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers = {},
  ): Promise<Reply> => {
    const answer = await fetch(`${base}/api${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, ...envelope.parse(await answer.json()) };
  };
  let token = '';
  const session = await send('POST', '/auth/login', {
    email: `${role}@hvar.local`,
    password: demoPassword,
  });
  token = z.object({ token: z.string() }).parse(session.data).token;

  const seen = async (answer: Promise<Reply>): Promise<CaseSeen> => {
    const reply = await answer;
    if (!reply.success) throw new Error(`${reply.status} ${reply.code}: ${reply.error}`);
    return caseView.parse(reply.data);
  };

  return {
    send,
    get: (path: string) => send('GET', path),
    /** Opens a case; each call is a new one unless the key says otherwise. */
    open: (body: object, key: string = randomUUID()) =>
      seen(send('POST', '/service-actions', body, { 'idempotency-key': key })),
    /** Does something to a case and sees it afterwards. */
    act: (path: string, body: object) => seen(send('POST', `/service-actions${path}`, body)),
    look: (actionId: number) => seen(send('GET', `/service-actions/${actionId}`)),
    /** The case, once it is in this status. */
    whenIn: (actionId: number, status: string) =>
      until(`case ${actionId} to be ${status}`, async () => {
        const found = await seen(send('GET', `/service-actions/${actionId}`));
        return found.action_status === status && found;
      }),
  };
}
