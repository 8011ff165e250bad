import { z } from 'zod';
import { many } from './query.ts';

export const checkedAreas = [
  'case',
  'workflow',
  'event',
  'message',
  'stock',
  'refund',
  'delivery',
] as const;
export type CheckedArea = (typeof checkedAreas)[number];

/** Two records of one fact that do not agree. Told the same way each time, so that one that lasts is known again. */
export type Difference = { area: CheckedArea; action_id: number | null; problem: string };

const found = z.object({ action_id: z.number().nullable(), problem: z.string() });

/** What a query finds, as differences of one area. */
export async function differences(
  area: CheckedArea,
  query: Parameters<typeof many>[1],
): Promise<Difference[]> {
  return (await many(found, query)).map((row) => ({ area, ...row }));
}
