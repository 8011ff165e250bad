import { setTimeout as sleep } from 'node:timers/promises';
import { BostaError } from '../activities/bosta/errors.ts';
import { checkBosta } from '../activities/check-bosta.ts';
import { checkRecords } from '../activities/check-records.ts';
import { recoverCases } from '../activities/recovery.ts';
import { caseReference } from '../domain/case-reference.ts';
import { type Difference, lasting } from '../domain/difference.ts';
import type { Parts } from './parts.ts';
import { tableOf } from './table.ts';

export type Console = { line: (text: string) => void };

/** What is only on its way is looked at this often, this long apart, before it counts as a difference. */
const looks = 3;
const betweenLooksMs = 5_000;

/** Compares all records with each other and with Bosta; 1 where they differ, 2 where Bosta could not be asked. */
export async function runCheck(parts: Parts, console: Console): Promise<number> {
  let { found, unseen } = await compareAll(parts);
  for (let look = 1; look < looks && found.length > 0; look++) {
    await sleep(betweenLooksMs);
    const again = await compareAll(parts);
    found = lasting(found, again.found);
    unseen ??= again.unseen;
  }
  if (found.length > 0) console.line(`${tableOf(found)}\n\n${counted(found.length)}.`);
  if (unseen !== undefined) console.line(`Bosta was not compared: ${unseen}`);
  else if (found.length === 0) console.line('Everything agrees.');
  if (unseen !== undefined) return 2;
  return found.length === 0 ? 0 : 1;
}

function counted(differences: number): string {
  return differences === 1 ? '1 difference' : `${differences} differences`;
}

/** `unseen`: why Bosta could not be asked. */
type Compared = { found: Difference[]; unseen?: string };

async function compareAll(parts: Parts): Promise<Compared> {
  const records = await checkRecords(parts);
  try {
    const atBosta = await checkBosta(parts, parts.config.BOSTA_CALLS_PER_SECOND);
    return { found: [...records, ...atBosta] };
  } catch (error) {
    if (!(error instanceof BostaError)) throw error;
    return { found: records, unseen: error.message };
  }
}

/** Opens every open case again that Temporal no longer has; 1 where one cannot be, since it has ended there. */
export async function runRecover(parts: Parts, console: Console): Promise<number> {
  const { open, opened, caught_up, ended } = await recoverCases(parts);
  console.line(
    `${open} open cases: ${opened} opened again, ${caught_up} sent on from their record, ` +
      `${open - opened - caught_up - ended.length} as they should be.`,
  );
  if (ended.length === 0) return 0;
  console.line(
    `${ended.map(caseReference).join(', ')}: open in Postgres, ended in Temporal, and left alone. ` +
      'Postgres is older there: see docs/operations.md, "Keeping it safe".',
  );
  return 1;
}
