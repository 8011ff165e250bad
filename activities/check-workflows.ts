import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  type Client,
  isGrpcServiceError,
  QueryNotRegisteredError,
  type WorkflowHandle,
} from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { AnySql } from '../db/client.ts';
import { openCasesAfter, type RecordedCase } from '../db/open-cases.ts';
import type { CaseState } from '../domain/case.ts';
import type { Difference } from '../domain/difference.ts';
import type { WaitingParty } from '../domain/vocabulary.ts';
import { caseView, serviceCaseId } from '../workflows/contract.ts';

const casesAtOnce = 20;

type Deps = { sql: AnySql; temporal: Client };

/** Finds open cases without an open workflow or with one that stands elsewhere, and open workflows of cases that are closed. */
export async function checkWorkflows(deps: Deps): Promise<Difference[]> {
  const running = await runningCases(deps.temporal);
  const found: Difference[] = [];
  let last = 0;
  for (;;) {
    const cases = await openCasesAfter(deps.sql, last, casesAtOnce);
    if (cases.length === 0) break;
    for (const { action_id } of cases) running.delete(action_id);
    last = cases.at(-1)?.action_id ?? last;
    const problems = await Promise.all(cases.map((row) => problemOf(deps.temporal, row)));
    found.push(...problems.flat());
  }
  return [...found, ...[...running].map(withoutCase)];
}

/** The cases that Temporal lists as running, by number, or those of them that wait for `who`. A workflow under another name, which somebody started by hand, is none. */
export async function runningCases(temporal: Client, who?: WaitingParty): Promise<Set<number>> {
  const prefix = serviceCaseId(0).slice(0, -1);
  const running = "WorkflowType = 'serviceCase' and ExecutionStatus = 'Running'";
  const query = who === undefined ? running : `${running} and WaitingFor = '${who}'`;
  const ids = new Set<number>();
  for await (const { workflowId } of temporal.workflow.list({ query })) {
    const id = Number(workflowId.slice(prefix.length));
    if (workflowId === serviceCaseId(id)) ids.add(id);
  }
  return ids;
}

function withoutCase(action_id: number): Difference {
  return {
    area: 'workflow',
    action_id,
    problem: 'has an open workflow, and is closed or not recorded',
  };
}

async function problemOf(
  temporal: Client,
  { action_id, state }: RecordedCase,
): Promise<Difference[]> {
  const differs = (problem: string): Difference[] => [{ area: 'workflow', action_id, problem }];
  const known = await standingOf(temporal, action_id);
  if (known === undefined) return differs('is open, and has no open workflow');
  if (known === 'stuck')
    return differs('is open, and its workflow cannot go on: its tasks or replays fail');
  if (known === 'busy') return differs('is open, and its workflow does not come to rest');
  if (isDeepStrictEqual(known, state)) return [];
  return differs(
    `its workflow is ${known.status} after ${known.steps ?? 0} steps, its row ${state.status} after ${state.steps ?? 0}`,
  );
}

/** Temporal answers no queries of a workflow any more whose task has failed so often. */
const mostTries = 3;
const restWithinMs = 2_000;

/** Where a case's workflow stands; `stuck` where its tasks fail, each time anew, or its history cannot be replayed; `busy` where it does not come to rest; undefined where none is open. */
export async function standingOf(
  temporal: Client,
  actionId: number,
): Promise<CaseState | 'stuck' | 'busy' | undefined> {
  const handle = temporal.workflow.getHandle(serviceCaseId(actionId));
  try {
    const { status, raw } = await atRest(handle);
    if (status.name !== 'RUNNING') return undefined;
    const task = raw.pendingWorkflowTask;
    if (task) return (task.attempt ?? 1) >= mostTries ? 'stuck' : 'busy';
    const { waiting_for: _, allowed: __, ...state } = await handle.query(caseView);
    return state;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    // So the SDK says that a worker failed over a query, also where it could not replay the history for it.
    if (error instanceof QueryNotRegisteredError) return 'stuck';
    throw isUnattended(error) ? new Error(unattended, { cause: error }) : error;
  }
}

const unattended = 'No worker answers for the cases: start one, then try again';

/** Whether no worker took the question in time (DEADLINE_EXCEEDED, or CANCELLED where the server lets go first), or Temporal has seen none lately (FAILED_PRECONDITION). */
function isUnattended(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) && [1, 4, 9].includes(Number(cause.code));
}

/**
 * What Temporal says of a workflow once it is at rest, or after some seconds. A query
 * that meets a workflow at work is answered in the middle of it, between a local activity
 * and what follows from it, and not every replay finds that place again (sdk-core 1.24).
 */
async function atRest(handle: WorkflowHandle) {
  for (const until = Date.now() + restWithinMs; ; ) {
    const description = await handle.describe();
    const task = description.raw.pendingWorkflowTask;
    if (!task || (task.attempt ?? 1) >= mostTries || Date.now() > until) return description;
    await sleep(100);
  }
}
