import { ApplicationFailure } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { type BackfillPartKey, beginBackfill, recordPart } from '../db/backfill-runs.ts';
import { putOff, waitingCallbacks } from '../db/callbacks.ts';
import type { Sql } from '../db/client.ts';
import { deliveriesToRead, markAsked } from '../db/full-reads.ts';
import { endRun, recordTrouble } from '../db/runs.ts';
import { beginSync, endSync, hasNews, recordProgress } from '../db/sync-runs.ts';
import { type SyncProgress, sum } from '../domain/sync-progress.ts';
import { bostaBackfillId, bostaSyncId } from '../workflows/contract.ts';
import type { BostaClient } from './bosta/client.ts';
import { BostaError } from './bosta/errors.ts';
import { tellCases } from './courier-reports.ts';
import { askingBosta } from './failures.ts';
import { keysOf, type PageSeen, pageReader } from './pages.ts';
import { createPlaceActivities } from './places.ts';
import { singleReads } from './single-reads.ts';
import type { TakenIn } from './take-in.ts';

type Deps = { sql: Sql; bosta: BostaClient; temporal: Client; clock?: () => Date };

/** The page before, as far as the sync has come. */
export type SyncPageRequest = { sync_run_id: number; page: number; progress: SyncProgress };
export type SyncPage = {
  progress: SyncProgress;
  /** Nothing comes after an empty page; a short one proves nothing, since Bosta may give fewer than were asked for. */
  is_empty: boolean;
  /** Which deliveries are on it. */
  shows: string;
  /** Whether anything on the page changed since the sync began, also where an earlier try of this page took it in. */
  has_news: boolean;
  /** The latest change on the page, where Bosta tells one. */
  newest: string | null;
};

/** A page of a part of a backfill, and how far the part had come before. */
export type BackfillPage = BackfillPartKey & { progress: SyncProgress };

const callbacksAtOnce = 50;

/** All that brings Bosta's deliveries in. Results carry counts, codes and tracking numbers: no personal data enters a workflow's history. */
export function createIngestActivities({ sql, bosta, temporal, clock = () => new Date() }: Deps) {
  const pages = pageReader({ sql, bosta, clock });
  const reads = singleReads({ sql, bosta, temporal, clock });
  const troubleOf = (backfillRunId: number | undefined) => async (trouble: string) => {
    if (backfillRunId !== undefined)
      await recordTrouble(sql, 'backfill_runs', backfillRunId, trouble);
  };
  return {
    ...createPlaceActivities({ sql, bosta, clock }),

    /** Notes that the sync began; answers when, and up to when everything is read. */
    async beginSync(run: { run_id: string; is_full: boolean }) {
      const begun = await beginSync(sql, { ...run, workflow_id: bostaSyncId }, clock());
      return {
        sync_run_id: begun.sync_run_id,
        started_at: begun.started_at.toISOString(),
        watermark: begun.watermark?.toISOString() ?? null,
      };
    },

    /** Searches one page and takes it in, in one step: its content never leaves this process. */
    async syncPage({ sync_run_id, page, progress }: SyncPageRequest): Promise<SyncPage> {
      const { deliveries, seen, taken } = await telling(pages.take(page), (trouble) =>
        recordTrouble(sql, 'sync_runs', sync_run_id, trouble),
      );
      const next = sum(progress, { pages: 1, ...taken });
      await recordProgress(sql, sync_run_id, next);
      await tellCases(sql, temporal);
      return {
        progress: next,
        is_empty: seen.is_empty,
        shows: seen.shows,
        newest: seen.newest,
        has_news:
          taken.changed > 0 || (await hasNews(sql, sync_run_id, deliveries.flatMap(keysOf))),
      };
    },

    /** What is on one page, without taking it in: for a backfill. */
    async lookAtPage(page: number, backfillRunId?: number): Promise<PageSeen> {
      return (await telling(pages.look(page), troubleOf(backfillRunId))).seen;
    },

    /** Notes that a backfill of what Bosta changed in between began. */
    async beginBackfill(asked: { run_id: string; from: string | null; to: string | null }) {
      const run = { ...asked, workflow_id: bostaBackfillId };
      return beginBackfill(sql, run, clock());
    },

    /** Takes one page in, apart from any sync; notes how far its part of a backfill has come. */
    async takePage(page: number, of?: BackfillPage): Promise<PageSeen & { taken: TakenIn }> {
      const { seen, taken } = await telling(pages.take(page), troubleOf(of?.backfill_run_id));
      if (of && !seen.is_empty) await recordPart(sql, of, sum(of.progress, { pages: 1, ...taken }));
      await tellCases(sql, temporal);
      return { ...seen, taken };
    },

    /** Notes how a backfill ended. */
    endBackfill: (end: { backfill_run_id: number; error: string | null }) =>
      endRun(sql, 'backfill_runs', end.backfill_run_id, end.error),

    /** Notes how the sync ended. Without an error everything changed up to `watermark` is read. */
    async endSync(end: { sync_run_id: number; watermark: string | null; error: string | null }) {
      const watermark = end.watermark === null ? null : new Date(end.watermark);
      await endSync(sql, end.sync_run_id, { watermark, error: end.error });
    },

    /** The deliveries with stored callbacks, and how long each has to wait for its next try. */
    waitingCallbacks: () => waitingCallbacks(sql, callbacksAtOnce),

    /** Reads a delivery back because a callback named it. One that Bosta does not know, or does not give, is tried again later, a bounded number of times: `is_done` is false then. */
    async ingestCallback(trackingNumber: string): Promise<{ is_done: boolean }> {
      try {
        await reads.readBack(trackingNumber);
        return { is_done: true };
      } catch (error) {
        if (!(error instanceof BostaError)) throw error;
        await putOff(sql, trackingNumber, error);
        return { is_done: false };
      }
    },

    /** Some deliveries that are to be read in full, the latest change first. */
    deliveriesToRead: () => deliveriesToRead(sql),

    /** Reads one delivery in full and takes it in; `is_found` is false where Bosta does not show it (yet). */
    async readBack(trackingNumber: string): Promise<{ is_found: boolean }> {
      return askingBosta(async () => {
        try {
          await reads.readBack(trackingNumber);
          return { is_found: true };
        } catch (error) {
          if (!(error instanceof BostaError && error.kind === 'not_found')) throw error;
          await markAsked(sql, [trackingNumber], clock());
          return { is_found: false };
        }
      });
    },

    /** Tells cases what they have not been told yet, where a process died between storing and telling. */
    tellCases: () => tellCases(sql, temporal),
  };
}

/** Has whoever looks told why a page cannot be taken in: it is tried again for long. */
async function telling<T>(page: Promise<T>, tell: (trouble: string) => Promise<void>): Promise<T> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof ApplicationFailure) await tell(error.message);
    throw error;
  }
}

export type IngestActivities = ReturnType<typeof createIngestActivities>;
