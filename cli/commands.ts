import { setTimeout as sleep } from 'node:timers/promises';
import { checkBosta } from '../activities/check-bosta.ts';
import { checkRecords } from '../activities/check-records.ts';
import { recoverCases } from '../activities/recovery.ts';
import { type Difference, lasting } from '../domain/difference.ts';
import type { Parts } from './parts.ts';
import { tableOf } from './table.ts';

export type Console = { line: (text: string) => void };

/** What is only on its way is looked at this often, this long apart, before it counts as a difference. */
const looks = 3;
const betweenLooksMs = 5_000;

/** Compares all records with each other and with Bosta; 1 where they differ. */
export async function runCheck(parts: Parts, console: Console): Promise<number> {
  let found = await compareAll(parts);
  for (let look = 1; look < looks && found.length > 0; look++) {
    await sleep(betweenLooksMs);
    found = lasting(found, await compareAll(parts));
  }
  console.line(
    found.length === 0 ? 'Everything agrees.' : `${tableOf(found)}\n\n${found.length} differences.`,
  );
  return found.length === 0 ? 0 : 1;
}

async function compareAll(parts: Parts): Promise<Difference[]> {
  const records = await checkRecords(parts);
  return [...records, ...(await checkBosta(parts, parts.config.BOSTA_CALLS_PER_SECOND))];
}

/** Opens every open case again that Temporal no longer has. */
export async function runRecover(parts: Parts, console: Console): Promise<number> {
  const { open, opened, caught_up } = await recoverCases(parts);
  console.line(
    `${open} open cases: ${opened} opened again, ${caught_up} sent on from their record, ` +
      `${open - opened - caught_up} as they should be.`,
  );
  return 0;
}
