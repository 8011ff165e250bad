import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  isCancellation,
  rootCause,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import { inWords, nothingRead, type SyncProgress } from '../domain/sync-progress.ts';
import { bostaCallbacks } from './bosta-callbacks.ts';
import { bostaDetails } from './bosta-details.ts';
import { bostaCallbacksId, bostaDetailsId } from './contract.ts';
import { beginSync, endSync, syncPage, tellCases } from './ingest-activities.ts';
import { type PageBefore, seenBefore } from './same-page.ts';
import { startOnce } from './start-once.ts';

/** How far a sync has come, from one run of its workflow to the next. */
type Cursor = {
  sync_run_id: number;
  page: number;
  progress: SyncProgress;
  /** What a good end makes the next watermark: the latest change on the first page; where Bosta tells no times, the sync's beginning. */
  watermark: string;
  /** Behind a page on which nothing is new and every change is before this, nothing is new either. */
  read_until: string | null;
  before?: PageBefore;
};
export type SyncRequest = { full?: boolean; cursor?: Cursor };

/** The type of the failure with which a sync ends that Bosta did not let come to its end. */
export const syncFailed = 'sync_failed';

/** Pages move while they are read, and Bosta's clocks need not agree to the second: read a little more than what is new. */
const overlapMs = 10 * 60_000;
const pagesPerRun = 200;

/**
 * Reads every delivery that Bosta changed since the last sync that ended well,
 * newest change first; all of them where `full`, or the first time. What changes
 * meanwhile moves to the front, behind our back, and is after the new watermark:
 * the next sync reads it. A page that fails for long ends the sync without moving
 * the watermark, so nothing is skipped (lessons.md 2); so does a Bosta that shows one
 * page for ever.
 */
export async function bostaSync({ full = false, cursor }: SyncRequest = {}): Promise<SyncProgress> {
  const at = cursor ?? (await begin(full));
  try {
    await readPages(at, full);
    await tellCases();
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(() => endInVain(at, 'It was called off'));
      throw error;
    }
    if (!(error instanceof ActivityFailure || error instanceof ApplicationFailure)) throw error;
    const reason = rootCause(error) ?? 'It failed';
    await endInVain(at, reason);
    throw ApplicationFailure.nonRetryable(
      `The sync ended at page ${at.page}: ${reason}`,
      syncFailed,
    );
  }
  await endSync({
    sync_run_id: at.sync_run_id,
    watermark: at.watermark,
    error: null,
  });
  // What a callback left behind while Temporal was away, and what searches do not show.
  await startOnce(bostaCallbacks, bostaCallbacksId, []);
  await startOnce(bostaDetails, bostaDetailsId, []);
  setCurrentDetails(`Done: ${inWords(at.progress)}`);
  return at.progress;
}

/** Ends a sync without moving the watermark. */
async function endInVain({ sync_run_id }: Cursor, error: string): Promise<void> {
  await endSync({ sync_run_id, watermark: null, error });
}

async function begin(full: boolean): Promise<Cursor> {
  const { firstExecutionRunId } = workflowInfo();
  const { sync_run_id, started_at, watermark } = await beginSync({
    run_id: firstExecutionRunId,
    is_full: full,
  });
  const read_until = full || watermark === null ? null : earlier(watermark, overlapMs);
  return { sync_run_id, page: 1, progress: nothingRead, watermark: started_at, read_until };
}

async function readPages(at: Cursor, full: boolean): Promise<void> {
  for (let pages = 0; ; pages++) {
    if (pages === pagesPerRun) await continueAsNew<typeof bostaSync>({ full, cursor: at });
    setCurrentDetails(`Reading page ${at.page}; ${inWords(at.progress)}`);
    const { progress, is_empty, has_news, newest, shows } = await syncPage(at);
    at.progress = progress;
    if (at.page === 1) at.watermark = newest ?? at.watermark;
    // What a search puts first may tell an old time of change, or none: what is stored decides too.
    const isPast = at.read_until !== null && !has_news && (newest ?? '') < at.read_until;
    if (is_empty || isPast) return;
    at.before = seenBefore(at.before, { shows });
    at.page += 1;
  }
}

function earlier(time: string, ms: number): string {
  return new Date(Date.parse(time) - ms).toISOString();
}
