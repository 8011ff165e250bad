import type { Client } from '@temporalio/client';
import { lastCallback, markProcessed } from '../db/callbacks.ts';
import type { Sql } from '../db/client.ts';
import { markAsked } from '../db/full-reads.ts';
import type { BostaClient } from './bosta/client.ts';
import { tellCases } from './courier-reports.ts';
import { logProgramError } from './failures.ts';
import { takeIn } from './take-in.ts';
import { together } from './together.ts';

type Deps = { sql: Sql; bosta: BostaClient; temporal: Client; clock?: () => Date };
type Read = { tracking_number: string; read_at: Date; payload: unknown };

/** In a rush, single deliveries are taken in this often at most, in milliseconds: whoever waits for one is a machine. */
const batchEveryMs = 250;

/** Reads single deliveries in full at Bosta and takes them in, those of a rush together. Rejects with a BostaError where Bosta does not give one. */
export function singleReads({ sql, bosta, temporal, clock = () => new Date() }: Deps) {
  const takeInTogether = together(takeInRead, batchEveryMs);
  return {
    /** Takes in a delivery that was just made: no callback waits for it yet. */
    readNew,

    /** Reads a delivery back, whoever asked for it: its callbacks are done by it, also those that were given up while Bosta was away. */
    async readBack(trackingNumber: string): Promise<void> {
      const last = await lastCallback(sql, trackingNumber);
      await readNew(trackingNumber);
      if (last > 0) await markProcessed(sql, trackingNumber, last);
    },
  };

  async function readNew(tracking_number: string): Promise<void> {
    const read_at = clock();
    await takeInTogether({ tracking_number, read_at, payload: await bosta.read(tracking_number) });
  }

  /** Each batch holds the one lock of the ingest, and takes some 25 statements however many are in it. */
  async function takeInRead(reads: Read[]): Promise<void> {
    const payloads = reads.map(({ payload }) => payload);
    // The earliest: nothing must seem newer than it is.
    const read_at = new Date(Math.min(...reads.map((one) => one.read_at.getTime())));
    const source = { kind: 'full', read_at, page: null, erred: logProgramError } as const;
    await takeIn(sql, payloads, source, clock());
    // Also where nothing of it was stored: what could not be taken in, or says the same as before.
    const numbers = reads.map(({ tracking_number }) => tracking_number);
    await markAsked(sql, numbers, read_at);
    await tellCases(sql, temporal);
  }
}
