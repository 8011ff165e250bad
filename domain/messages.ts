import type { Wait } from './case.ts';
import type {
  CaseText,
  DeliveryDecision,
  DeliveryPurpose,
  LeaderDecision,
  Priority,
  ProductCondition,
  RecommendedAction,
  RefundMethod,
  RepairOutcome,
  ReturnDecision,
  TestResult,
} from './vocabulary.ts';

/**
 * What can be said to a case. Payloads carry ids, codes, amounts and decisions;
 * texts are stored first and come as a `note_id` (design: no personal data in
 * workflow histories).
 */
export type Payloads = {
  hub_scan: { tracking_number: string; hub_id?: number };
  hub_inspection: InspectionFindings & { draft?: boolean };
  team_leader_decision: {
    decision: LeaderDecision;
    approved_action?: RecommendedAction;
    note_id?: number;
  };
  assign: { technician: number };
  execute: Execution;
  return_decision: { decision: ReturnDecision };
  delivery_decision: { decision: DeliveryDecision };
  /** Cash in piastres, where the customer pays for the repair. */
  hand_over: { cash_received?: number; note_id?: number };
  cancel: { note_id?: number };
  /** The words themselves are in the note; `texts` names them for the story. */
  edit: {
    priority?: Priority;
    hub_id?: number;
    technician?: number;
    texts?: CaseText[];
    note_id?: number;
  };
};

/** What the hub found; a draft may leave any of it open. Damage and missing parts are words for the record. */
export type InspectionFindings = {
  product_condition?: ProductCondition;
  functionality_test_result?: TestResult;
  quality_score?: number;
  recommended_action?: RecommendedAction;
  recommended_priority?: Priority;
  visible_damage?: string[];
  missing_parts?: string[];
  note_id?: number;
};

/** Without these an inspection is a draft. */
export const requiredFindings = [
  'product_condition',
  'functionality_test_result',
  'quality_score',
  'recommended_action',
] as const satisfies (keyof InspectionFindings)[];

/** The most that a message to a case may hold; text in characters. The API refuses more field by field, the case what came another way. */
export const messageLimits = {
  quality_score: 10,
  words: { entries: 50, length: 200 },
  parts: { entries: 50, quantity: 1_000 },
  sku: 64,
  serial_number: 100,
} as const;

export type PartUse = { sku: string; quantity: number };

/** The service itself, one shape for each: a repair, a new product, or a refund (amounts in piastres). */
export type Execution =
  | { outcome: RepairOutcome; parts?: PartUse[]; labor_cost?: number; note_id?: number }
  | { product_sku: string; serial_number?: string; note_id?: number }
  | { refund: { amount: number; method: RefundMethod }; note_id?: number };

/** What the courier or the case's own steps report. */
type Reports = {
  courier_report: {
    tracking_number: string;
    state_code: number;
    /** When Bosta says the state began, ISO 8601. */
    state_at: string;
    exceptions?: number;
  };
  opened: Record<string, never>;
  /** The workflow was behind what is recorded of its case, and goes on from there. */
  caught_up: Record<string, never>;
  delivery_ordered: {
    purpose: DeliveryPurpose;
    reference: string;
    tracking_number: string;
    attempt: number;
  };
  delivery_refused: { purpose: DeliveryPurpose; attempt: number; reason: string };
  pickup_terminated: { is_terminated: boolean };
  delivery_terminated: { is_terminated: boolean };
  /** The wait that has lasted too long. */
  reminder: { what: Wait['what']; since: string };
};

export type Act = keyof Payloads;
export type Report = keyof Reports;
export type Contents = Payloads & Reports;

/** Who or what sent a message: the id of a user where somebody signed in did. */
type Sender = { message_id: string; at: string; by: number | null };

/** One kind of message, or a union of several. */
export type MessageOf<K extends keyof Contents> = {
  [A in K]: { act: A; payload: Contents[A] } & Sender;
}[K];
export type Message = MessageOf<keyof Contents>;

/** Puts a message together: the one place where an act and its payload are tied. What people say is checked when it is decided. */
export function messageOf<A extends keyof Contents>(
  act: A,
  payload: Contents[A],
  sender: Sender,
): Message {
  return { act, payload, ...sender } as Message;
}
