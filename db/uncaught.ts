import { framesOf } from './errors.ts';

/** What is said of an error that nobody caught: a sentence, and where it came up. Not its own words, which may quote values. */
export type Uncaught = { sentence: string; type: string; frames: string[] };

/**
 * Ends the process at an error that nobody caught, with what `tell` makes of it in place of
 * a stack. The driver of Postgres throws beside all promises where a connection breaks just
 * as it writes. What then is under way nobody knows: whoever supervises the process starts
 * it again, and all it did is taken up where it stands recorded.
 */
export function endWhereUncaught(tell: (what: Uncaught) => void, exitCode: number): void {
  process.once('uncaughtException', (error) => {
    const frames = framesOf(error) ?? [];
    const isOfDriver = frames.some((frame) => frame.includes('/node_modules/postgres/'));
    const sentence = isOfDriver
      ? 'The connection to Postgres broke while something was written to it'
      : 'The program failed at what nobody waited for';
    tell({ sentence, type: error.name, frames });
    process.exit(exitCode);
  });
}
