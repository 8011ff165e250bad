import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError, invalidField } from '../errors.ts';

const longestKey = 255;

/** Tells the docs of the header; what it may be is checked below, with a sentence of its own. */
export const keyHeader = z.looseObject({
  'idempotency-key': z
    .string()
    .optional()
    .meta({ description: 'The same key is the same request, for life: done once' }),
});
/** The same, and that one need not wait. */
export const keyAndPreferHeaders = keyHeader.extend({
  prefer: z.string().optional().meta({ description: 'respond-async: answered 202' }),
});

/** The key under which a request counts once, for life; undefined where none was sent. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = String(request.headers['idempotency-key'] ?? '').trim();
  if (key === '') return undefined;
  if (key.length <= longestKey) return key;
  throw invalidField('idempotency-key', `must be at most ${longestKey} characters`);
}

/** The key of a request that takes one and has none is refused: sent twice, it would be done twice. */
export function requireIdempotencyKey(request: FastifyRequest): string {
  const key = idempotencyKey(request);
  if (key !== undefined) return key;
  throw new ApiError(
    'IDEMPOTENCY_KEY_REQUIRED',
    'Send a header Idempotency-Key with a new value for each case, and the same value when you try again.',
  );
}

/** The refusal of a key that stands for another request. */
export function keyReused(): ApiError {
  return new ApiError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used with another body: send a new key for a new request.',
  );
}
