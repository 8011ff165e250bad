import { ApplicationFailure } from '@temporalio/workflow';
import type { PageSeen } from '../activities/pages.ts';

/** What the page before showed, and how many pages in a row have shown it. */
export type PageBefore = { shows: string | undefined; times: number };

/** Pages move while they are read, so that one may well show what the one before did. */
const mostTimes = 5;

/**
 * What the next page is held against. Throws where page after page shows the same
 * deliveries: Bosta does not go by the page's number then, and reading would never end.
 */
export function seenBefore(
  before: PageBefore | undefined,
  { shows }: Partial<Pick<PageSeen, 'shows'>>, // workers of before do not tell it
): PageBefore {
  const isSame = shows !== undefined && shows === before?.shows;
  const times = isSame ? before.times + 1 : 1;
  if (times < mostTimes) return { shows, times };
  throw ApplicationFailure.nonRetryable(
    `Bosta shows the same deliveries on ${mostTimes} pages in a row`,
    'same_page',
  );
}
