import { ApplicationFailure, activityInfo, log } from '@temporalio/activity';
import { framesOf } from '../db/errors.ts';
import { BostaError } from './bosta/errors.ts';

/**
 * Runs a call to Bosta for a workflow: what goes wrong becomes a failure that
 * Temporal tries again after a pause. Even a wrong key is tried again: somebody
 * mends it, and no case is lost meanwhile.
 */
export async function askingBosta<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof BostaError)) throw error;
    throw ApplicationFailure.create({
      message: error.message,
      type: `bosta_${error.kind}`,
      cause: error,
      nextRetryDelay: pauseMs(activityInfo().attempt, error.retryAfterSeconds),
    });
  }
}

const longestPauseMs = 120_000;

/**
 * Milliseconds until the next try: what Bosta asks for, else twice as long each
 * time, up to two minutes. Always with up to a quarter more by chance: Temporal's
 * own back-off has none, and cases that failed together must not come back together.
 */
export function pauseMs(attempt: number, retryAfterSeconds: number | undefined): number {
  const backOff = Math.min(1_000 * 2 ** (attempt - 1), longestPauseMs);
  const asked = retryAfterSeconds === undefined ? backOff : retryAfterSeconds * 1_000;
  return Math.round(asked * (1 + Math.random() / 4));
}

/** Logs that the program failed at a delivery, without the error's message: it may quote what people wrote. */
export function logProgramError(error: Error, tracking_number: string | null): void {
  log.error('the program failed at a delivery, which is kept in sync_failures', {
    ...{ type: error.name, tracking_number, frames: framesOf(error) },
  });
}
