import { setTimeout as pause } from 'node:timers/promises';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import type { CaseRow } from '../../db/case-queries.ts';
import { outcomeOf } from '../../db/record-step.ts';
import { isPossible } from '../../domain/acts.ts';
import { isClosed } from '../../domain/case.ts';
import type { Act } from '../../domain/messages.ts';
import {
  type Answer,
  type CaseInput,
  caseStart,
  catchUp,
  openCase,
  type Said,
  serviceCaseId,
  signals,
  updates,
} from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { caseIsClosed, hasMissed, isNotRunning, isRefusal, toRefusal } from './refusals.ts';
import { Turns } from './turns.ts';
import { requireCase } from './view.ts';

const updateOf: { [A in Act]: UpdateDefinition<Answer, [Said<A>]> } = updates;
const signalOf: { [A in Act]: SignalDefinition<[Said<A>]> } = signals;

/**
 * A case answers one message after another, so they are sent so: Temporal takes ten
 * updates of one workflow at once and no more, and a worker loses its way in a crowd.
 * Each process of the API keeps its own turns, against the crowd alone: what comes from
 * several is put in order, and decided once, by the case's inbox.
 */
const turns = new Turns();

/** Starts the case's workflow where it does not run yet, and waits until its opening is recorded; refuses with CASE_ENGINE_UNAVAILABLE where no worker does that `until` then (in milliseconds since 1970). */
export async function openWorkflow(
  deps: Deps,
  row: CaseRow,
  until = patienceOf(deps),
): Promise<void> {
  const start = new WithStartWorkflowOperation<(input: CaseInput) => Promise<unknown>>(
    'serviceCase',
    {
      ...caseStart(row),
      workflowIdConflictPolicy: 'USE_EXISTING',
      // A case that has closed is not opened a second time; one that somebody terminated in the Web UI is.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    },
  );
  try {
    await deps.temporal.withDeadline(until, () =>
      deps.temporal.workflow.executeUpdateWithStart(openCase, {
        startWorkflowOperation: start,
        // An id of its own for each opening: Temporal answers a known one without starting anything.
        updateId: `open:${row.state.steps ?? 0}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw toRefusal(error);
  }
}

/** Says something to a case and gives its answer, which is durable; a refusal of the case is thrown as an ApiError. */
export async function updateCase<A extends Act>(
  deps: Deps,
  actionId: number,
  act: A,
  said: Said<A>,
  tries = mostTries,
): Promise<Answer> {
  const handle = deps.temporal.workflow.getHandle(serviceCaseId(actionId));
  const args: [Said<A>] = [said];
  const options = { args, updateId: said.message_id };
  // Waiting for one's turn is waiting too: where nobody answers, the whole queue hears so at once.
  const until = patienceOf(deps);
  try {
    return await turns.take(actionId, () =>
      reaching(deps, actionId, until, () => handle.executeUpdate(updateOf[act], options)),
    );
  } catch (error) {
    // The answer is lost where the case closes with the message: what was recorded is the answer.
    const outcome = await outcomeOf(deps.sql, `${actionId}/${said.message_id}`);
    if (outcome && outcome.event !== 'refused')
      return { status: outcome.status, at: outcome.at, is_repeat: false };
    if (tries === 1 || !(await isBehind(deps, actionId, act, error))) throw error;
    await handle.signal(catchUp);
    await pause(behindMs);
    return updateCase(deps, actionId, act, said, tries - 1);
  }
}

/** How long a workflow is given to go on from its case's record, in milliseconds. */
const behindMs = 300;

/** Whether a workflow refused, in a status that is not the recorded one, what the record allows: it has lost a step, and with it what the sender saw. */
async function isBehind(deps: Deps, actionId: number, act: Act, error: unknown): Promise<boolean> {
  if (!(error instanceof ApiError && error.code === 'ACT_NOT_ALLOWED')) return false;
  const { state } = await requireCase(deps, actionId);
  return isPossible(state, act) && error.details?.status !== state.status;
}

/** Sends something to a case without waiting for what it says. */
export function signalCase<A extends Act>(
  deps: Deps,
  actionId: number,
  act: A,
  said: Said<A>,
): Promise<void> {
  const handle = deps.temporal.workflow.getHandle(serviceCaseId(actionId));
  return reaching(deps, actionId, patienceOf(deps), () => handle.signal(signalOf[act], said));
}

/** How often a message is sent that did not reach its case. It has the same id each time, so it counts once. */
const mostTries = 3;

/** Reaches the case's workflow. Where none runs, the case is closed; or it was stored while Temporal was away, or terminated by hand, and opens now. */
async function reaching<T>(
  deps: Deps,
  actionId: number,
  until: number,
  send: () => Promise<T>,
  tries = mostTries,
): Promise<T> {
  try {
    return await deps.temporal.withDeadline(until, send);
  } catch (error) {
    const refusal = toRefusal(error);
    if (isRefusal(refusal)) throw refusal;
    const row = await requireCase(deps, actionId);
    // Temporal has several words for a message that met the case's closing.
    if (isClosed(row.state)) throw caseIsClosed(row);
    if (tries === 1 || !hasMissed(error)) throw refusal;
    if (isNotRunning(error)) await openWorkflow(deps, row, until);
  }
  return reaching(deps, actionId, until, send, tries - 1);
}

/** Until when whoever says something now waits for the case engine, in milliseconds since 1970. */
function patienceOf({ settings }: Deps): number {
  return Date.now() + settings.engineTimeoutMs;
}
