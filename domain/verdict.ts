import { allowedActs } from './acts.ts';
import type { CaseState } from './case.ts';
import type { InspectionFindings, PartUse } from './messages.ts';
import type {
  LeaderDecision,
  RecommendedAction,
  RefundMethod,
  Role,
  StockGrade,
} from './vocabulary.ts';

/** What has to be written with a step, in its own transaction. Amounts in piastres. */
export type Effect =
  | { kind: 'inspect'; findings: InspectionFindings }
  | {
      kind: 'review';
      decision: LeaderDecision;
      approved_action: RecommendedAction | null;
      note_id: number | null;
    }
  | { kind: 'rewrite_texts'; note_id: number }
  | { kind: 'use_parts'; parts: PartUse[] }
  | { kind: 'limit_cost'; most: number }
  | { kind: 'reserve_product'; sku: string }
  | { kind: 'release_product' }
  | { kind: 'send_product'; sku: string; serial_number: string | null }
  | { kind: 'send_product_again' }
  | { kind: 'take_back_product' }
  | { kind: 'take_in_product'; sku: string; grade: StockGrade }
  | { kind: 'request_refund' }
  | { kind: 'pay_refund'; amount: number; method: RefundMethod; note_id: number | null }
  | { kind: 'cancel_refund' }
  | { kind: 'take_cash'; amount: number };

/** What a message does to a case: the state after it, the event that tells of it, and what to write. */
export type Verdict = {
  next: CaseState;
  event: string;
  data?: Record<string, unknown>;
  effects?: Effect[];
  /** The message said nothing new (a scan once more): answered, recorded no second time. */
  is_repeat?: boolean;
};

export const refusalCodes = [
  'ACT_NOT_ALLOWED',
  'MESSAGE_UNUSABLE',
  'REVIEW_BY_INSPECTOR',
  'OUT_OF_STOCK',
  'CASH_DUE',
  'UNKNOWN_SKU',
  'WRONG_SERVICE',
  'OTHER_PARCEL',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Why a message is refused, and what could be done instead. */
export type Refusal = {
  refused: RefusalCode;
  sentence: string;
  status: string;
  allowed: { act: string; roles: readonly Role[] }[];
};

/** A refusal that says what is allowed now. */
export function refuse(state: CaseState, refused: RefusalCode, sentence: string): Refusal {
  return { refused, sentence, status: state.status, allowed: allowedActs(state) };
}

/** Whether a decision turned out a refusal. */
export function isRefusal(outcome: Verdict | Refusal): outcome is Refusal {
  return 'refused' in outcome;
}
