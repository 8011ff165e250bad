import { ApplicationFailure } from '@temporalio/workflow';
import type { Refusal } from '../domain/verdict.ts';
import type { Answer } from './contract.ts';

/** Signals come from anywhere: an id that is none is as good as missing. */
export function idIn(said: { message_id?: unknown } | null | undefined): string | undefined {
  const id = said?.message_id;
  return typeof id === 'string' && /^\P{Cc}{1,200}$/u.test(id) ? id : undefined;
}

/** Who signed in and said it; null where nobody did. */
export function senderIn(said: { by?: unknown } | null | undefined): number | null {
  const by = said?.by;
  return typeof by === 'number' && Number.isInteger(by) && by > 0 && by < 2 ** 31 ? by : null;
}

/** Whether a reply is a refusal. */
export function isRefused(reply: Answer | Refusal): reply is Refusal {
  return 'refused' in reply;
}

/** A refusal on its way to whoever asked: its code as the type, and what is allowed as details. */
export function failureOf(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(refusal.sentence, refusal.refused, refusal);
}
