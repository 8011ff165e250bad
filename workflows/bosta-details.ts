import {
  ActivityFailure,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import { deliveriesToRead, readDetails } from './ingest-activities.ts';

/** Ends before the next sync, which starts this again. */
const budgetMs = 4 * 60_000;

/**
 * Reads deliveries in full whose search item was news: timeline, settlement and
 * what comes back are in no search. One after the other, the latest change first,
 * so that no case waits for Bosta behind more than one of them. One that Bosta
 * cannot give keeps no other from being read. What is left when the time is up
 * comes after the next sync.
 */
export async function bostaDetails(until = Date.now() + budgetMs): Promise<void> {
  const failed = new Set<string>();
  for (;;) {
    const numbers = (await deliveriesToRead()).filter((number) => !failed.has(number));
    if (numbers.length === 0) return;
    for (const [index, trackingNumber] of numbers.entries()) {
      if (Date.now() > until) return;
      setCurrentDetails(`Reading delivery ${index + 1} of ${numbers.length} in full`);
      if (!(await isRead(trackingNumber))) failed.add(trackingNumber);
    }
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof bostaDetails>(until);
  }
}

async function isRead(trackingNumber: string): Promise<boolean> {
  try {
    await readDetails(trackingNumber);
    return true;
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return false;
  }
}
