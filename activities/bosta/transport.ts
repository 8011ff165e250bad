import { type Answer, dataOf, type Operation, unsettled } from './answer.ts';
import { BostaError } from './errors.ts';

export type TransportOptions = {
  /** With or without `/api/v2`. */
  baseUrl: string;
  apiKey: string;
  timeoutMs: number;
  /** Replaced by tests that answer for Bosta. */
  fetch?: typeof globalThis.fetch;
};

export type Call = Operation & { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: unknown };

/** Makes the function through which every call to Bosta goes: it answers `data`, or throws a BostaError. */
export function createTransport(options: TransportOptions): (call: Call) => Promise<unknown> {
  const root = apiRoot(options.baseUrl);
  return async (call) => dataOf(await send(root, call, options), call);
}

function apiRoot(baseUrl: string): string {
  return `${baseUrl.replace(/\/+$/, '').replace(/\/api\/v2$/, '')}/api/v2`;
}

async function send(root: string, call: Call, options: TransportOptions): Promise<Answer> {
  const fetch = options.fetch ?? globalThis.fetch;
  const hasBody = call.body !== undefined;
  try {
    const response = await fetch(`${root}${call.path}`, {
      method: call.method,
      // The bare key: Bosta knows no scheme word.
      headers: {
        authorization: options.apiKey,
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      signal: AbortSignal.timeout(options.timeoutMs),
      ...(hasBody ? { body: JSON.stringify(call.body) } : {}),
    });
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, retryAfter, text: await response.text() };
  } catch (error) {
    throw unanswered(error, call, options.timeoutMs);
  }
}

function unanswered(error: unknown, call: Call, timeoutMs: number): BostaError {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return unsettled('unavailable', `none within ${timeoutMs} ms`, call);
  }
  const code = networkCode(error);
  if (code !== undefined && neverSent.has(code)) {
    return new BostaError('unavailable', `Bosta cannot be reached for ${call.name} (${code})`);
  }
  return unsettled('unavailable', code ?? 'the connection broke', call);
}

/** The connection was never made, so nothing can have taken effect. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The system's code, which `fetch` hides in the cause (one for each address tried, when there are several). */
function networkCode(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error && 'code' in first ? String(first.code) : undefined;
}
