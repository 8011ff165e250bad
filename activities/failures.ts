import { ApplicationFailure } from '@temporalio/activity';
import { BostaError } from './bosta/errors.ts';

/**
 * Runs a call to Bosta for a workflow: what goes wrong becomes a failure that
 * Temporal tries again, after the pause that Bosta asks for. Even a wrong key is
 * tried again: somebody mends it, and no case is lost meanwhile.
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
      ...(error.retryAfterSeconds === undefined
        ? {}
        : { nextRetryDelay: error.retryAfterSeconds * 1000 }),
    });
  }
}
