import { z } from 'zod';
import { intText } from './fields.ts';

const largestPage = 1_000_000;
const largestLimit = 100;

const page = intText
  .refine((value) => value >= 1 && value <= largestPage, `must be from 1 to ${largestPage}`)
  .default(1);
const limit = intText
  .refine((value) => value >= 1 && value <= largestLimit, `must be from 1 to ${largestLimit}`)
  .default(25);

const direction = z
  .string()
  .transform((word) => word.toLowerCase())
  .pipe(z.enum(['asc', 'desc']));

/** The parameters of every list. */
export const paging = {
  page: page.meta({ description: 'From 1' }),
  limit: limit.meta({ description: `How many on a page, at most ${largestLimit}` }),
};

/** The parameters of a list that can be sorted by these columns, first the default. */
export function sorting<const C extends readonly [string, ...string[]]>(columns: C) {
  return {
    ...paging,
    sort_by: z.enum(columns).default(columns[0]),
    sort_dir: direction.default('desc'),
  };
}
