import {
  condition,
  continueAsNew,
  defineSignal,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { ingestCallback, waitingCallbacks } from './ingest-activities.ts';

/** A callback has been stored: look again before you end. */
export const callbackStored = defineSignal('callbackStored');

/** A delivery that has to wait longer than this for its next try is left to the next sync, which wakes this again. */
const longestWaitMs = 60_000;

/**
 * Reads back each delivery that a stored callback names, until none is left. The
 * signal comes with the start or during it; one that comes after the last look
 * makes Temporal refuse the end, so no callback is left lying.
 */
export async function bostaCallbacks(): Promise<void> {
  let isNudged = false;
  setHandler(callbackStored, () => {
    isNudged = true;
  });
  for (;;) {
    isNudged = false;
    const waiting = await waitingCallbacks();
    const due = waiting.filter((delivery) => delivery.wait_ms === 0);
    setCurrentDetails(
      `${due.length} deliveries to read back, ${waiting.length - due.length} to try again later`,
    );
    await Promise.all(due.map((delivery) => ingestCallback(delivery.tracking_number)));
    const [next] = waiting.map((delivery) => delivery.wait_ms).filter((ms) => ms > 0);
    if (due.length > 0 || isNudged) {
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof bostaCallbacks>();
    } else if (next !== undefined && next <= longestWaitMs) {
      await condition(() => isNudged, next);
    } else return;
  }
}
