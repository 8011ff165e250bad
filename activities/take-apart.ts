import { z } from 'zod';

type Way<T> = {
  /** Takes some of a batch in, all of it or nothing; gives how many were news. */
  take: (batch: readonly T[]) => Promise<number>;
  fail: (one: T, error: Error) => Promise<void>;
};

/**
 * Takes a batch in; where something in it cannot be, its halves, down to the one
 * that is at fault. Trouble (a connection, a time-out, a full disk) is nobody's
 * fault: the batch ends with it, and is tried again. Gives how many were news.
 */
export async function takeApart<T>(batch: readonly T[], way: Way<T>): Promise<number> {
  try {
    return await way.take(batch);
  } catch (error) {
    if (!isOwnFault(error)) throw error;
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      await way.fail(only, error);
      return 0;
    }
    const middle = Math.ceil(batch.length / 2);
    const first = await takeApart(batch.slice(0, middle), way);
    return first + (await takeApart(batch.slice(middle), way));
  }
}

function isOwnFault(error: unknown): error is Error {
  return isRefusedValue(error) || isProgramError(error);
}

/** SQLSTATE classes 22 (data), 23 (constraints) and 54 (more than Postgres can hold), and 25P02, by which a refused COPY is known (db/copy.ts). */
function isRefusedValue(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:2[23]|54)|^25P02$/.test(code);
}

/** By what JavaScript and the checks of rows say that the program has come upon something that it was not written for. No trouble of the world is told by these. */
const programErrors = [TypeError, RangeError, ReferenceError, SyntaxError, URIError, z.ZodError];

/** Whether an error is a mistake of the program: one delivery has shown it, and the others need not wait until it is mended. */
export function isProgramError(error: unknown): error is Error {
  return programErrors.some((kind) => error instanceof kind);
}
