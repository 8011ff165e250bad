import { isDeepStrictEqual } from 'node:util';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Sql } from '../db/client.ts';
import { tellLastReportsAgain } from '../db/courier-reports.ts';
import {
  casesJustMoved,
  forgottenCases,
  openCasesAfter,
  type RecordedCase,
  recordedCases,
} from '../db/open-cases.ts';
import { passOnAgain } from '../db/posted-messages.ts';
import { isClosed } from '../domain/case.ts';
import { type CaseInput, caseStart, catchUp, serviceCaseId } from '../workflows/contract.ts';
import { runningCases, standingOf } from './check-workflows.ts';
import { tellCases } from './courier-reports.ts';
import { passOnPosts } from './posted-messages.ts';

type Deps = { sql: Sql; temporal: Client };

const casesAtOnce = 100;
/** More than move in a quarter of an hour; should more do, the reminder of each is the next to notice. */
const movedAtMost = 500;

/** Opens cases that were stored while Temporal was away, and that nobody has asked for since; gives how many. */
export async function openForgotten(deps: Deps): Promise<number> {
  const cases = await forgottenCases(deps.sql, casesAtOnce);
  return (await startMissing(deps.temporal, cases)).length;
}

/** Has cases go on from their record whose workflow lost a step, or cannot go on at all, and tells them what they could not hear before; gives how many went on. */
export async function catchUpCases(deps: Deps): Promise<number> {
  const { caught_up } = await catchUpAll(deps, await casesJustMoved(deps.sql, movedAtMost));
  await tellAll(deps);
  return caught_up;
}

/** What a recovery did: open cases in all, opened again, sent on from where their workflow had lost a step; and those that have ended in Temporal. */
type Recovery = { open: number; opened: number; caught_up: number; ended: number[] };

/**
 * After Temporal's database was lost: opens every open case again where it was
 * recorded, with its own policy and the same keys. A case that runs is left alone,
 * so this can be done any number of times.
 */
export async function recoverCases(deps: Deps): Promise<Recovery> {
  const { sql, temporal } = deps;
  const done = { open: 0, opened: 0 };
  const left: number[] = [];
  for (let last = 0; ; ) {
    const cases = await openCasesAfter(sql, last, casesAtOnce);
    if (cases.length === 0) break;
    done.open += cases.length;
    const started = await startMissing(temporal, cases);
    done.opened += started.length;
    left.push(...cases.filter((row) => !started.includes(row)).map(({ action_id }) => action_id));
    last = cases.at(-1)?.action_id ?? last;
    await tellAgain(
      sql,
      cases.map(({ action_id }) => action_id),
    );
  }
  // The list lags: a case that has just ended is still on it, and one that is just opened not yet.
  const known = new Set([...left, ...(await runningCases(temporal))]);
  const { caught_up, over } = await catchUpAll(deps, await recordedCases(sql, [...known]));
  await tellAll(deps);
  return { ...done, caught_up, ended: await openOf(sql, over) };
}

/** Tells cases what courier and devices said that they have not been told. */
async function tellAll({ sql, temporal }: Deps): Promise<void> {
  await tellCases(sql, temporal);
  await passOnPosts(sql, temporal);
}

/** Has these cases told once more what may be lost with the one who heard it. */
async function tellAgain(sql: Sql, actionIds: readonly number[]): Promise<void> {
  await tellLastReportsAgain(sql, actionIds);
  await passOnAgain(sql, actionIds);
}

/** Of these cases, whose workflow is over, those that are open: after an old backup of Postgres. What the workflow did cannot be told here, so nothing is done again. */
async function openOf(sql: Sql, actionIds: readonly number[]): Promise<number[]> {
  const cases = await recordedCases(sql, actionIds);
  return cases.filter(({ state }) => !isClosed(state)).map(({ action_id }) => action_id);
}

async function startMissing(
  temporal: Client,
  cases: readonly RecordedCase[],
): Promise<RecordedCase[]> {
  const started = await Promise.all(cases.map((row) => startCase(temporal, row)));
  return cases.filter((_, index) => started[index]);
}

/** Starts a case's workflow where it is recorded to stand; false where it runs, or has ended well. One that is `stuck` gives way. */
async function startCase(temporal: Client, row: RecordedCase, before?: 'stuck'): Promise<boolean> {
  try {
    await temporal.workflow.start<(input: CaseInput) => Promise<unknown>>('serviceCase', {
      ...caseStart(row),
      // One that somebody terminated in the Web UI is opened again.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: before === 'stuck' ? 'TERMINATE_EXISTING' : 'FAIL',
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** Sends these cases on that are behind their record; gives how many, and those whose workflow is over. */
async function catchUpAll(
  { sql, temporal }: Deps,
  cases: readonly RecordedCase[],
): Promise<{ caught_up: number; over: number[] }> {
  const done = { caught_up: 0, over: [] as number[] };
  for (let from = 0; from < cases.length; from += casesAtOnce) {
    const some = cases.slice(from, from + casesAtOnce);
    const became = await Promise.all(some.map((row) => catchUpCase(temporal, row)));
    const those = (what: CaughtUp) =>
      some.filter((_, index) => became[index] === what).map(({ action_id }) => action_id);
    const behind = those('sent on');
    done.caught_up += behind.length;
    done.over.push(...those('over'));
    // What a workflow heard and could not record is lost with it.
    if (behind.length > 0) await tellAgain(sql, behind);
  }
  return done;
}

type CaughtUp = 'sent on' | 'over' | 'left alone';

async function catchUpCase(temporal: Client, row: RecordedCase): Promise<CaughtUp> {
  const { action_id, state } = row;
  const known = await standingOf(temporal, action_id);
  if (known === undefined) return 'over';
  if (known === 'busy') return 'left alone';
  if (known === 'stuck') {
    return (await startCase(temporal, row, known)) ? 'sent on' : 'left alone';
  }
  if ((known.steps ?? 0) > (state.steps ?? 0)) return 'left alone';
  // After as many steps it differs where it was replayed with other moments than it had recorded.
  if (isDeepStrictEqual(known, state)) return 'left alone';
  await temporal.workflow.getHandle(serviceCaseId(action_id)).signal(catchUp);
  return 'sent on';
}
