/** How much of Bosta has been read, in pages and deliveries. */
export type SyncProgress = { pages: number; read: number; changed: number; failed: number };

/** Before the first page. */
export const nothingRead: SyncProgress = { pages: 0, read: 0, changed: 0, failed: 0 };

/** Both together. */
export function sum(a: SyncProgress, b: SyncProgress): SyncProgress {
  return {
    pages: a.pages + b.pages,
    read: a.read + b.read,
    changed: a.changed + b.changed,
    failed: a.failed + b.failed,
  };
}

/** For the Temporal Web UI. */
export function inWords({ pages, read, changed, failed }: SyncProgress): string {
  return `${pages} pages, ${read} deliveries read, ${changed} changed, ${failed} could not be taken in`;
}
