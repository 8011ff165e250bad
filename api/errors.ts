import { hasZodFastifySchemaValidationErrors } from '@fastify/type-provider-zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isCutShort, isDatabaseAway, isUnusableValue } from '../db/errors.ts';
import { problemsOf } from './problems.ts';

/** Every code an answer can carry, and its HTTP status. */
export const statusOf = {
  INVALID_REQUEST: 400,
  INVALID_JSON: 400,
  MESSAGE_UNUSABLE: 400,
  ADDRESS_INCOMPLETE: 400,
  IDEMPOTENCY_KEY_REQUIRED: 400,
  UNAUTHENTICATED: 401,
  CREDENTIALS_WRONG: 401,
  FORBIDDEN: 403,
  REVIEW_BY_INSPECTOR: 403,
  NOT_FOUND: 404,
  CASE_NOT_FOUND: 404,
  ORDER_NOT_FOUND: 404,
  MAIN_ORDER_NOT_FOUND: 404,
  CUSTOMER_NOT_FOUND: 404,
  LINK_NOT_FOUND: 404,
  UNLINK_NOT_FOUND: 404,
  CALLBACK_NOT_FOUND: 404,
  FAILURE_NOT_FOUND: 404,
  CITY_NOT_FOUND: 404,
  HUB_NOT_FOUND: 404,
  TECHNICIAN_NOT_FOUND: 404,
  PARCEL_UNEXPECTED: 404,
  UNKNOWN_SKU: 404,
  REQUEST_TIMEOUT: 408,
  ACT_NOT_ALLOWED: 409,
  WRONG_SERVICE: 409,
  OTHER_PARCEL: 409,
  OUT_OF_STOCK: 409,
  CASH_DUE: 409,
  CUSTOMER_MISMATCH: 409,
  ALREADY_LINKED: 409,
  LINK_TOO_FAR_APART: 409,
  FAMILY_CYCLE: 409,
  NOTHING_TO_UNDO: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  CASE_ENGINE_UNAVAILABLE: 503,
  DATABASE_BUSY: 503,
  DATABASE_UNAVAILABLE: 503,
  NOT_READY: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof statusOf;

/** A refusal for people: what was wrong, what is allowed, what to do. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    sentence: string,
    details?: Record<string, unknown>,
    options?: ErrorOptions,
  ) {
    super(sentence, options);
    this.code = code;
    this.details = details;
  }
}

/** The refusal of a request for one of its fields. */
export function invalidField(field: string, problem: string): ApiError {
  return new ApiError('INVALID_REQUEST', `${field}: ${problem}`, { fields: [{ field, problem }] });
}

/** The refusal of an order that is not known. */
export function noSuchOrder(details?: Record<string, unknown>): ApiError {
  const sentence = 'There is no such order. New ones come with the next sync.';
  return new ApiError('ORDER_NOT_FOUND', sentence, details);
}

/** Somebody should know of these, and of what was behind them. */
const awayCodes: ErrorCode[] = ['CASE_ENGINE_UNAVAILABLE', 'DATABASE_BUSY', 'DATABASE_UNAVAILABLE'];

/** The one error handler: every failure becomes the envelope; only what is our own fault is logged as an error. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const answer = toApiError(error);
  if (answer.code === 'INTERNAL') request.log.error({ err: error }, 'request failed');
  else if (awayCodes.includes(answer.code)) request.log.warn({ err: error }, answer.code);
  if (statusOf[answer.code] === 503) void reply.header('retry-after', '5');
  void reply.code(statusOf[answer.code]).send(errorBody(answer));
}

/** The envelope of an error. */
export function errorBody({ code, message, details }: ApiError) {
  return {
    success: false as const,
    timestamp: new Date().toISOString(),
    error: message,
    code,
    ...(details && { details }),
  };
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = problemsOf(error.validation, error.validationContext);
    const sentence = problems.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
    return new ApiError('INVALID_REQUEST', sentence, { fields: problems });
  }
  return fromFastify(error) ?? fromPostgres(error) ?? internal;
}

const internal = new ApiError('INTERNAL', 'Something went wrong on our side. Please try again.');

const away = new ApiError(
  'DATABASE_UNAVAILABLE',
  'The database does not answer just now. Please try again.',
);

const fastifyCodes: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The body is larger than 1 MB.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'UNSUPPORTED_MEDIA_TYPE',
    'The body must be JSON, sent with content-type: application/json.',
  ],
  // Fastify says the path again, as long as it is.
  FST_ERR_BAD_URL: [
    'INVALID_REQUEST',
    'The path cannot be read: its "%" must be followed by two digits of a letter in UTF-8.',
  ],
  FST_ERR_MAX_PARAM_LENGTH: [
    'INVALID_REQUEST',
    'The path cannot be read: a part of it is longer than 300 characters.',
  ],
};

/** What Fastify itself refuses before a handler runs: its 4xx are the client's. And whoever it let wait too long waited for Postgres: for the case engine nobody does (engineTimeoutMs). */
function fromFastify(error: unknown): ApiError | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || !('code' in error)) return undefined;
  const { statusCode, code } = error;
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return away;
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return undefined;
  const [answer, sentence] = fastifyCodes[String(code)] ?? [
    String(code).startsWith('FST_ERR_CTP')
      ? ('INVALID_JSON' as const)
      : ('INVALID_REQUEST' as const),
    `The request cannot be read: ${error.message}.`,
  ];
  return new ApiError(answer, sentence);
}

/** What somebody can do whose statement was cut short. */
const cutShort = {
  held: 'Somebody else is at work on what this needs. Please try again in a moment; with the same Idempotency-Key it counts once.',
  long: 'The database took too long for this. Please ask for less (fewer days, another filter), or try again in a moment.',
};

function fromPostgres(error: unknown): ApiError | undefined {
  if (isDatabaseAway(error)) return away;
  const cut = isCutShort(error);
  if (cut !== undefined) return new ApiError('DATABASE_BUSY', cutShort[cut]);
  if (!isUnusableValue(error)) return undefined;
  return new ApiError('INVALID_REQUEST', 'A value in the request cannot be stored.');
}
