import { WorkflowFailedError } from '@temporalio/client';
import { rootCause } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BostaClient } from '../../activities/bosta/client.ts';
import { BostaError } from '../../activities/bosta/errors.ts';
import { beginSync, endSync, recordProgress, syncStatus } from '../../db/sync-runs.ts';
import { bostaSyncId, taskQueues } from '../../workflows/contract.ts';
import type { Courier } from '../support/stand-in.ts';
import { payload } from './lab.ts';
import { type SyncLab, startSyncLab } from './sync-lab.ts';

const deliveries = 230;
/** No source confirms that Bosta gives as many as are asked for (bosta-api.md). */
const mostOfBosta = 20;

let lab: SyncLab;
let emptyPages: number[] = [];
let ignoresPage = false;
/** What happens at Bosta when a page is first looked at. */
const meanwhile = new Map<number, () => Promise<unknown>>();

/** Bosta as it may be: it gives few on a page, and what happens meanwhile moves its pages. */
const oddly = ({ client }: Courier): Partial<BostaClient> => ({
  search: async (query) => {
    const page = ignoresPage ? 1 : query.page;
    const happens = meanwhile.get(page);
    meanwhile.delete(page);
    await happens?.();
    const found = await client.search({ ...query, page, limit: mostOfBosta });
    const isEmpty = emptyPages[0] === query.page;
    if (isEmpty) emptyPages.shift();
    return isEmpty ? { ...found, deliveries: [] } : found;
  },
  // What a sync leaves to be read in full would come into the next test's empty tables.
  read: async () => {
    throw new BostaError('not_found', 'Bosta gives no delivery in full here');
  },
});

beforeAll(async () => {
  lab = await startSyncLab(deliveries, oddly);
});
afterAll(() => lab?.stop());
beforeEach(async () => {
  ignoresPage = false;
  await lab.database.sql`truncate orders, order_payloads cascade`;
});

function run(workflow: string, workflowId: string, args: object) {
  return lab.temporal.client.workflow.execute(workflow, {
    ...{ taskQueue: taskQueues.ingest, workflowId, args: [args] },
  });
}

async function stored(): Promise<number> {
  const [row] = await lab.database.sql`select count(*)::int as count from orders`;
  return row?.count;
}

test('a backfill reads everything, though Bosta gives fewer on a page than are asked for', async () => {
  const progress = await run('bostaBackfill', 'backfill', { from: null, to: null });
  expect(progress).toMatchObject({ failed: 0 });
  expect(await stored()).toBe(deliveries);
});

test('a page that is empty by mistake is no end: Bosta says that there are more', async () => {
  emptyPages = [2, 2];
  expect(await run('bostaSync', bostaSyncId, { full: true })).toMatchObject({ read: deliveries });
  expect(await stored()).toBe(deliveries);
});

test.each([
  ['bostaSync', bostaSyncId, { full: true }],
  ['bostaBackfill', 'backfill-of-one-page', { from: '2020-01-01T00:00:00Z', to: null }],
])('%s ends, and says why, where Bosta shows one page for ever', async (workflow, id, args) => {
  ignoresPage = true;
  const failure = await run(workflow, id, args).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(WorkflowFailedError);
  const reason = failure instanceof WorkflowFailedError ? rootCause(failure.cause) : undefined;
  expect(reason).toContain('the same deliveries on 5 pages in a row');
  expect(await stored()).toBe(mostOfBosta);
});

test('such a sync moves no watermark', async () => {
  const [last] = await lab.database.sql`select watermark, error from sync_runs
    order by sync_run_id desc limit 1`;
  expect(last).toEqual({ watermark: null, error: expect.stringContaining('the same deliveries') });
});

test('a sync that is called off says so, and counts as running no more', async () => {
  const handle = lab.temporal.client.workflow.getHandle(bostaSyncId);
  meanwhile.set(2, () => handle.cancel());
  await expect(run('bostaSync', bostaSyncId, { full: true })).rejects.toThrow('cancelled');
  const status = await syncStatus(lab.database.sql);
  expect(status).toMatchObject({ running: false, error: 'It was called off' });
});

test('a page that comes in behind the end of its sync takes nothing back of what that ended with', async () => {
  const { sql } = lab.database;
  const begun = { workflow_id: bostaSyncId, run_id: 'late', is_full: false };
  const { sync_run_id } = await beginSync(sql, begun, new Date());
  await endSync(sql, sync_run_id, { watermark: null, error: 'Bosta is away' });
  await recordProgress(sql, sync_run_id, { pages: 3, read: 60, changed: 0, failed: 0 });
  expect(await syncStatus(sql)).toMatchObject({ running: false, error: 'Bosta is away' });
});

test('a backfill reads what new deliveries push behind its last page', async () => {
  const last = Math.ceil(deliveries / mostOfBosta);
  const fresh = Array.from({ length: mostOfBosta }, (_, n) => payload(`NEW-${n}`));
  meanwhile.set(last, () => lab.courier.post(fresh));
  await run('bostaBackfill', 'backfill-meanwhile', { from: null, to: null });
  const [row] = await lab.database.sql`select count(*)::int as count from orders
    where tracking_number not like 'NEW-%'`;
  expect(row?.count).toBe(deliveries);
});
