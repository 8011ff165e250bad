import type { SyncPageRequest } from '../activities/ingest.ts';

/** How much of Bosta has been read. */
export type Progress = SyncPageRequest['progress'];

/** Before the first page. */
export const nothingRead: Progress = { pages: 0, read: 0, changed: 0, failed: 0 };

/** For the Temporal Web UI. */
export function inWords({ pages, read, changed, failed }: Progress): string {
  return `${pages} pages, ${read} deliveries read, ${changed} changed, ${failed} could not be taken in`;
}
