import {
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { callbackStored } from './contract.ts';
import { ingestCallback, waitingCallbacks } from './ingest-activities.ts';

/** A delivery that has to wait longer than this for its next try is left to the next sync, which wakes this again. */
const longestWaitMs = 60_000;

/**
 * Reads back each delivery that a stored callback names, until none is left. One
 * that takes long (its worker has died, say) holds up no other. The signal comes
 * with the start or during it; one that comes after the last look makes Temporal
 * refuse the end, so no callback is left lying.
 */
export async function bostaCallbacks(): Promise<void> {
  const reading = new Set<string>();
  let failure: unknown;
  let isNews = false;
  setHandler(callbackStored, () => {
    isNews = true;
  });
  async function read(trackingNumber: string): Promise<void> {
    reading.add(trackingNumber);
    await ingestCallback(trackingNumber).catch((error: unknown) => {
      failure = error;
    });
    reading.delete(trackingNumber);
    isNews = true;
  }
  while (failure === undefined) {
    isNews = false;
    const waiting = (await waitingCallbacks()).filter((one) => !reading.has(one.tracking_number));
    // What is being read then is read again, which harms nobody.
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof bostaCallbacks>();
    const due = waiting.filter(({ wait_ms }) => wait_ms === 0);
    for (const { tracking_number } of due) void read(tracking_number);
    setCurrentDetails(
      `${reading.size} deliveries being read back, ${waiting.length - due.length} to try again later`,
    );
    const pause = waiting.map(({ wait_ms }) => wait_ms).find((ms) => ms > 0 && ms <= longestWaitMs);
    if (reading.size === 0 && pause === undefined && !isNews) return;
    await (pause === undefined ? condition(() => isNews) : condition(() => isNews, pause));
  }
  throw failure;
}
