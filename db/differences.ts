import { z } from 'zod';
import type { CheckedArea, Difference } from '../domain/difference.ts';
import { many } from './query.ts';

const found = z.object({ action_id: z.number().nullable(), problem: z.string() });

/** What a query finds, as differences of one area. */
export async function differences(
  area: CheckedArea,
  query: Parameters<typeof many>[1],
): Promise<Difference[]> {
  return (await many(found, query)).map((row) => ({ area, ...row }));
}
