import postgres from 'postgres';
import { z } from 'zod';
import type { Step } from '../domain/step.ts';
import type { Refusal } from '../domain/verdict.ts';
import { EffectRefused } from './effect-refusals.ts';

/** Why a step was not written: a fact in the database stands against it. */
export type RefusedStep = Pick<Refusal, 'refused' | 'sentence'>;

/** Constraints that stand for a rule of the business, as what people are told. */
const rules: Record<string, RefusedStep> = {
  cash_is_what_is_due: {
    refused: 'CASH_DUE',
    sentence:
      'The customer pays for this repair when it is handed over: take costs.due in cash, and give it as cash_received.',
  },
  service_actions_hub_id_fkey: {
    refused: 'MESSAGE_UNUSABLE',
    sentence: 'There is no such hub: name another one.',
  },
  service_actions_assigned_technician_fkey: {
    refused: 'MESSAGE_UNUSABLE',
    sentence: 'There is no such user: name another technician.',
  },
};

/** Why Postgres will never take this step; undefined for trouble that passes, which is tried again. */
export function refusalIn(error: unknown, { party }: Step): RefusedStep | undefined {
  if (error instanceof EffectRefused) return { refused: error.refused, sentence: error.message };
  if (!(error instanceof postgres.PostgresError)) return undefined;
  if (error.constraint_name === 'stock_suffices') return outOfStock(error.detail ?? '');
  const rule = rules[error.constraint_name ?? ''];
  // What the case itself says is never refused: it has no other way to go on.
  return rule ?? (isForGood(error) && party !== 'system' ? unusable : undefined);
}

const shortage = z.object({
  ...{ sku: z.string(), wanted: z.number(), quantity: z.number(), reserved: z.number() },
});

/** The movement's trigger tells the figures, as they were when it refused. */
function outOfStock(figures: string): RefusedStep {
  const { sku, wanted, quantity, reserved } = shortage.parse(JSON.parse(figures));
  return {
    refused: 'OUT_OF_STOCK',
    sentence: `Of ${sku} the hub has ${quantity} in sound stock, ${reserved} of them reserved for other cases and ${quantity - reserved} free, and this takes ${wanted}: order it, transfer it, or choose another.`,
  };
}

/** SQLSTATE classes 22 (a value) and 23 (a constraint): what is sent again is refused again, and must not keep the case from everything after it. */
function isForGood({ code }: postgres.PostgresError): boolean {
  return /^2[23]/.test(code);
}

const unusable: RefusedStep = {
  refused: 'MESSAGE_UNUSABLE',
  sentence: 'The message names what does not exist, or holds what cannot be stored.',
};
