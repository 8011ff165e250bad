import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { z } from 'zod';
import type { CaseRow } from '../../db/case-queries.ts';
import { allowedActs } from '../../domain/acts.ts';
import { caseReference } from '../../domain/case-reference.ts';
import { refusalCodes } from '../../domain/verdict.ts';
import { ApiError } from '../errors.ts';

const refusal = z.object({
  status: z.string(),
  allowed: z.array(z.object({ act: z.string(), roles: z.array(z.string()) })),
});
const refusalCode = z.enum(refusalCodes);

/** What a failed call to a case's workflow means for whoever asked: the case's refusal, or that nobody answered. Any other error stays what it is. */
export function toRefusal(error: unknown): unknown {
  const refused = error instanceof WorkflowUpdateFailedError ? refusalIn(error.cause) : undefined;
  if (refused) return refused;
  if (isUnavailable(error)) {
    return new ApiError(
      'CASE_ENGINE_UNAVAILABLE',
      'The case engine does not answer just now. Nothing is lost: send the same again, with the same Idempotency-Key.',
      undefined,
      { cause: error },
    );
  }
  return error;
}

/** The case's own refusal: its sentence, its status, and what is allowed now. */
function refusalIn(cause: Error | undefined): ApiError | undefined {
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const code = refusalCode.safeParse(cause.type);
  if (!code.success) return undefined;
  return new ApiError(code.data, cause.message, refusal.safeParse(cause.details?.[0]).data);
}

/** Whether the case itself refused. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && refusalCode.safeParse(error.code).success;
}

function isUnavailable(error: unknown): boolean {
  return (
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    error instanceof ServiceError ||
    isGrpcServiceError(error) ||
    hasMissed(error)
  );
}

/** Temporal's word for an update that was taken in and could not be finished before the case closed. */
const closedMeanwhile = 'AcceptedUpdateCompletedWorkflow';

/** Temporal's word for an update that came to a worker in a crowd of others, and that the worker did not get to see. */
const overlooked = 'UnprocessedUpdate';

/** Whether no workflow runs that could hear the message. */
export function isNotRunning(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || failedAs(error) === closedMeanwhile;
}

/** Whether the message did not reach its case, so that it can be sent again. */
export function hasMissed(error: unknown): boolean {
  return isNotRunning(error) || failedAs(error) === overlooked;
}

function failedAs(error: unknown): string | null | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure ? cause.type : undefined;
}

/** The refusal of anything that is said to a closed case. */
export function caseIsClosed({ action_id, state }: CaseRow): ApiError {
  return new ApiError(
    'ACT_NOT_ALLOWED',
    `${caseReference(action_id)} is closed (${state.status}): nothing can be done with it any more.`,
    { status: state.status, allowed: allowedActs(state) },
  );
}
