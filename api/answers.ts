import { z } from 'zod';
import type { Page, Paged } from '../db/query.ts';
import { type ErrorCode, statusOf } from './errors.ts';

const timestamp = z.iso.datetime();

/** The schema of an answer with one thing in it. */
export function answerOf<T extends z.ZodType>(data: T) {
  return z.object({ success: z.literal(true), timestamp, data });
}

/** The schema of an answer with one page of a list in it. */
export function pageOf<T extends z.ZodType>(item: T) {
  const count = z.int().min(0);
  return answerOf(z.array(item)).extend({ total: count, page: count, limit: count });
}

/** Wraps what a route found in the envelope. */
export function answer<T>(data: T) {
  return { success: true as const, timestamp: new Date().toISOString(), data };
}

/** Wraps one page of a list in the envelope. */
export function answerPage<T>(found: Paged<T>, asked: Page) {
  return { ...answer(found.rows), total: found.total, page: asked.page, limit: asked.limit };
}

const codes = Object.keys(statusOf).filter((code): code is ErrorCode => code in statusOf);

/** The schema of every error. */
export const errorAnswer = z
  .object({
    success: z.literal(false),
    timestamp,
    error: z.string().meta({ description: 'A sentence for people.' }),
    code: z.enum(codes),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Error' });
