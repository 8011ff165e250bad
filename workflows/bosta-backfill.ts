import {
  CancellationScope,
  continueAsNew,
  executeChild,
  isCancellation,
  patched,
  rootCause,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { PageSeen } from '../activities/pages.ts';
import { inWords, nothingRead, type SyncProgress, sum } from '../domain/sync-progress.ts';
import { beginBackfill, endBackfill, lookAtPage, takePage } from './ingest-activities.ts';
import { type PageBefore, seenBefore } from './same-page.ts';

/** Days in Cairo's clock as instants; without them everything. */
export type BackfillRequest = { from?: string | null; to?: string | null };
/** The pages of one child: from `first` on, until `last` is behind and one shows no change at or after `until`; null where that is not known. */
export type BackfillPart = {
  first: number;
  last: number;
  until: string | null;
  backfill_run_id?: number | undefined;
  progress?: SyncProgress;
  before?: PageBefore;
};

const children = 4;
const pagesPerRun = 200;
/** Before every change: what is new meanwhile pushes others behind the page that was the last. */
const beforeAll = '';
/** Where Bosta does not tell how many there are: a million deliveries. */
const mostPages = 5_000;

/**
 * Reads everything again that Bosta changed between two instants, in parallel
 * children; the queue of all calls to Bosta holds their one rate. Bosta's search
 * ignores date filters but is sorted by change: the pages are found by bisection.
 */
export async function bostaBackfill({ from = null, to = null }: BackfillRequest = {}) {
  const record = await begin(from, to);
  try {
    const total = await readDays(from, to, record);
    await record.end(null);
    setCurrentDetails(`Done: ${inWords(total)}`);
    return total;
  } catch (error) {
    // It has ended for whoever looks, also where somebody cancelled it: between two tries of an activity that says nothing itself.
    const reason = isCancellation(error) ? 'It was called off' : rootCause(error);
    await CancellationScope.nonCancellable(() => record.end(reason ?? 'It failed'));
    throw error;
  }
}

/** What Postgres is told of a backfill; of one that began before there was such a record, nothing. */
type OnRecord = { backfill_run_id?: number; end: (error: string | null) => Promise<void> };

async function begin(from: string | null, to: string | null): Promise<OnRecord> {
  if (!patched('backfills-on-record')) return { end: async () => {} };
  const { backfill_run_id } = await beginBackfill({ run_id: workflowInfo().runId, from, to });
  return { backfill_run_id, end: (error) => endBackfill({ backfill_run_id, error }) };
}

async function readDays(
  from: string | null,
  to: string | null,
  { backfill_run_id }: OnRecord,
): Promise<SyncProgress> {
  const look: Look = (page) => lookAtPage(page, backfill_run_id);
  const { count, limit } = await look(1);
  const pages = count === null ? mostPages : Math.max(1, Math.ceil(count / limit));
  const isBelow = ({ oldest }: PageSeen) => oldest === null || to === null || oldest <= to;
  const isBehind = ({ oldest, is_empty }: PageSeen) =>
    is_empty || (oldest !== null && from !== null && oldest < from);
  const first = await firstPage(pages, look, isBelow);
  const behind = await firstPage(pages, look, isBehind);
  const last = Math.max(first, Math.min(behind, pages));
  const parts = await split(first, last, from, look);
  setCurrentDetails(`Reading pages ${first} to ${last} in ${parts.length} parts`);
  const ends = await Promise.all(
    parts.map((part, index) => runPart({ ...part, backfill_run_id }, index)),
  );
  return ends.reduce(sum, nothingRead);
}

type Look = (page: number) => Promise<PageSeen>;

/** The first page of which something holds that holds of all after it; the one behind the last where there is none. */
async function firstPage(
  pages: number,
  look: Look,
  holds: (page: PageSeen) => boolean,
): Promise<number> {
  let [low, high] = [1, pages + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(await look(middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Cuts the pages among the children. Each reads on to what the next one's first
 * page showed at the beginning: what is changed meanwhile moves to the front and
 * pushes the others back, so that a page's number alone would leave gaps.
 */
async function split(
  first: number,
  last: number,
  from: string | null,
  look: Look,
): Promise<BackfillPart[]> {
  const size = Math.ceil((last - first + 1) / children);
  const starts: number[] = [];
  for (let page = first; page <= last; page += size) starts.push(page);
  const borders = await Promise.all(starts.slice(1).map(look));
  return starts.map((start, index) => ({
    first: start,
    last: Math.min(start + size - 1, last),
    until: index < borders.length ? (borders[index]?.newest ?? null) : (from ?? beforeAll),
  }));
}

function runPart(part: BackfillPart, index: number): Promise<SyncProgress> {
  const { workflowId, taskQueue } = workflowInfo();
  return executeChild(bostaBackfillPart, {
    ...{ workflowId: `${workflowId}:${index + 1}`, taskQueue, args: [part] },
    parentClosePolicy: 'REQUEST_CANCEL',
  });
}

/** One child of a backfill: page after page. */
export async function bostaBackfillPart(part: BackfillPart): Promise<SyncProgress> {
  let { progress = nothingRead, before } = part;
  for (let page = part.first, pages = 0; ; page++, pages++) {
    if (pages === pagesPerRun)
      await continueAsNew<typeof bostaBackfillPart>({
        ...part,
        first: page,
        progress,
        ...(before && { before }),
      });
    setCurrentDetails(`Reading page ${page}, planned to ${part.last}; ${inWords(progress)}`);
    const { taken, is_empty, newest, shows } = await takePage(page, recordOf(part, progress));
    if (is_empty) return progress;
    progress = sum(progress, { pages: 1, ...taken });
    const isPast = part.until === null || (newest ?? '') < part.until;
    if (page >= part.last && isPast) return progress;
    before = seenBefore(before, { shows });
  }
}

/** As which part of which backfill a page is taken in: its last page stays what it is from run to run. */
function recordOf({ backfill_run_id, last }: BackfillPart, progress: SyncProgress) {
  return backfill_run_id === undefined ? undefined : { backfill_run_id, part: last, progress };
}
