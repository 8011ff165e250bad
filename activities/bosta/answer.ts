import { z } from 'zod';
import { BostaError, type BostaErrorKind } from './errors.ts';

/** An answer as it came over the wire. */
export type Answer = { status: number; retryAfter: string | null; text: string };

/** What was asked, for the error's sentence, and whether it changes anything at Bosta. */
export type Operation = { name: string; changes: boolean };

const looseNumber = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .optional()
  .catch(undefined);

// The code comes as `errorCode`, or as `code` (pickups): bosta-api.md, "Seen in the wild".
const envelope = z.looseObject({
  success: z.boolean().optional(),
  message: z.string().nullish().catch(null),
  errorCode: looseNumber,
  code: looseNumber,
  retryAfter: looseNumber,
  data: z.unknown().optional(),
});
type Envelope = z.infer<typeof envelope>;

/** The `data` of a success; throws a BostaError for everything else, also for `success: false` inside an HTTP 200. */
export function dataOf(answer: Answer, operation: Operation): unknown {
  const body = parseBody(answer.text);
  if (isRateLimit(answer, body)) throw rateLimited(answer, body, operation);
  if (answer.status >= 500 || answer.status === 408) {
    throw unsettled('unavailable', `HTTP ${answer.status}`, operation);
  }
  if (!body) throw unreadable(answer, operation);
  if (answer.status < 300 && body.success === true) return body.data;
  // Older routes answer a delivery without an envelope (v0).
  if (answer.status < 300 && body.success === undefined && 'trackingNumber' in body) return body;
  throw failure(answer, body, operation);
}

/**
 * A call that failed without a clear no: for a change that may have taken
 * effect `uncertain`, for a read the kind given.
 */
export function unsettled(
  kind: BostaErrorKind,
  what: string,
  operation: Operation,
  cause?: unknown,
): BostaError {
  const sentence = `Bosta's answer to ${operation.name} is unusable (${what})`;
  return operation.changes
    ? new BostaError('uncertain', `${sentence}: it may have taken effect`, { cause })
    : new BostaError(kind, sentence, { cause });
}

function parseBody(text: string): Envelope | undefined {
  try {
    return envelope.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // no JSON: told apart by the status
  }
}

function isRateLimit(answer: Answer, body: Envelope | undefined): boolean {
  return answer.status === 429 || (body?.success === false && codeOf(body) === 429);
}

function rateLimited(answer: Answer, body: Envelope | undefined, operation: Operation): BostaError {
  const retryAfterSeconds = pauseIn(body?.retryAfter ?? answer.retryAfter);
  const until = retryAfterSeconds === undefined ? 'later' : `in ${Math.ceil(retryAfterSeconds)} s`;
  return new BostaError(
    'rate_limited',
    `Bosta limits the rate: ${operation.name} may be tried ${until}`,
    {
      errorCode: 429,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  );
}

/** What asks for longer means another unit, or a clock that is wrong: a case must not wait days for that. */
const longestPauseSeconds = 3_600;

/** Seconds to wait, from a number of them or a moment; undefined where that is no time to come. */
function pauseIn(asked: number | string | null): number | undefined {
  if (asked === null) return undefined;
  const seconds = Number(asked);
  const pause = Number.isNaN(seconds) ? (Date.parse(String(asked)) - Date.now()) / 1_000 : seconds;
  return pause > 0 ? Math.min(pause, longestPauseSeconds) : undefined;
}

function unreadable(answer: Answer, operation: Operation): BostaError {
  if (answer.status === 401 || answer.status === 403) return unauthorized(operation);
  if (answer.status === 404) return new BostaError('not_found', notFound(operation));
  return unsettled('malformed', `HTTP ${answer.status} without Bosta's envelope`, operation);
}

function failure(answer: Answer, body: Envelope, operation: Operation): BostaError {
  const errorCode = codeOf(body);
  const sentence = presentable(body.message ?? '');
  if (answer.status === 401 || answer.status === 403 || errorCode === 1028) {
    return unauthorized(operation, errorCode);
  }
  // An unknown tracking number is a 404, or a 400 with this sentence.
  if (answer.status === 404 || /delivery not found/i.test(sentence)) {
    return new BostaError('not_found', notFound(operation));
  }
  if (isDuplicate(sentence)) return new BostaError('duplicate_reference', sentence);
  if (answer.status < 400 && sentence === '' && errorCode === undefined) {
    return unsettled('malformed', 'neither data nor a reason', operation);
  }
  const reason = sentence || `HTTP ${answer.status}`;
  const coded = errorCode === undefined ? '' : ` (${errorCode})`;
  return new BostaError(
    'refused',
    `Bosta refused ${operation.name}${coded}: ${reason}`,
    errorCode === undefined ? {} : { errorCode },
  );
}

function codeOf(body: Envelope): number | undefined {
  return body.errorCode ?? body.code;
}

function unauthorized(operation: Operation, errorCode = 1028): BostaError {
  const sentence = `Bosta does not accept the API key for ${operation.name}: check BOSTA_API_KEY, its access level, and that this address is whitelisted`;
  return new BostaError('unauthorized', sentence, { errorCode });
}

function notFound(operation: Operation): string {
  return `Bosta does not know the delivery asked for by ${operation.name}`;
}

// Bosta documents no code for a used reference, so it is known by its sentence.
function isDuplicate(sentence: string): boolean {
  return (
    /business\s*reference/i.test(sentence) &&
    /exist|duplicat|already|must be unique/i.test(sentence)
  );
}

// Bosta may quote the request: phones must reach neither logs nor workflow histories.
function presentable(message: string): string {
  return message.replaceAll(/\+?\d[\d\s-]{5,}\d/g, '…').slice(0, 200);
}
