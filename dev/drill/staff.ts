import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Role, roles } from '../../domain/vocabulary.ts';
import { demoPassword } from '../demo-data.ts';
import { faultOfRefusal } from './promises.ts';
import type { Tally } from './tally.ts';

const Reply = z.looseObject({ code: z.string().optional(), data: z.unknown().optional() });
/** `status` 0: nobody answered. */
export type Reply = { status: number; code: string; data: unknown };

export type Request = {
  role: Role;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: object;
  /** The same key is the same message, however often it is sent. */
  key?: string;
  isAsync?: boolean;
};

export type Staff = Awaited<ReturnType<typeof signInAll>>;

const patienceMs = 20_000;

/** One member of staff of each role, signed in, who send requests as people's browsers do. */
export async function signInAll(url: string, tally: Tally) {
  const tokens = new Map<Role, string>();

  async function send(request: Request): Promise<Reply> {
    const { role, method, path, body, key, isAsync } = request;
    const token = tokens.get(role);
    const headers = {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
      ...(isAsync ? { prefer: 'respond-async' } : {}),
    };
    const { fault, ...reply } = await answered(`${url}/api${path}`, {
      ...{ method, headers, signal: AbortSignal.timeout(patienceMs) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (method !== 'GET')
      tally.count(
        'answers',
        reply.status === 0 ? 'nobody answered' : `${reply.status} ${reply.code}`.trim(),
      );
    if (reply.status === 500) tally.violated(`${method} ${pathOf(path)} answered 500`);
    if (fault) tally.violated(`${method} ${pathOf(path)} ${fault}`);
    return reply;
  }

  for (const role of roles) {
    const body = { email: `${role}@hvar.local`, password: demoPassword };
    const { data } = await send({ role, method: 'POST', path: '/auth/login', body });
    tokens.set(role, z.object({ token: z.string() }).parse(data).token);
  }

  return {
    send,
    /** Sends until somebody answers, as the platform's own words ask for: the same again, with the same key. */
    async insist(request: Request, until: number): Promise<Reply> {
      for (;;) {
        const reply = await send(request);
        if ((reply.status > 0 && reply.status < 500) || Date.now() > until) return reply;
        await sleep(500);
      }
    },
  };
}

/** `fault`: what the answer should not be like. */
async function answered(
  url: string,
  init: RequestInit,
): Promise<Reply & { fault: string | undefined }> {
  try {
    const answer = await fetch(url, init);
    const [status, body] = [answer.status, bodyIn(await answer.text())];
    const { code = '', data } = Reply.safeParse(body).data ?? {};
    const retryAfter = answer.headers.get('retry-after');
    return { status, code, data, fault: faultOfRefusal({ status, retryAfter, body }) };
  } catch {
    return { status: 0, code: '', data: undefined, fault: undefined };
  }
}

/** Undefined where it is no JSON. */
function bodyIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The route, without the number of the case. */
function pathOf(path: string): string {
  return path.replaceAll(/\d+/g, ':id');
}
