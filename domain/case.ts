import { isOutstanding } from './leg.ts';
import type {
  ActionStatus,
  ActionSubtype,
  ActionType,
  DeliveryPurpose,
  LeaderDecision,
  Priority,
  ProductCondition,
  RecommendedAction,
  ReturnMethod,
  TestResult,
} from './vocabulary.ts';

/** One delivery of the case at Bosta, as far as the courier has told. */
export type Leg = {
  purpose: DeliveryPurpose;
  reference: string;
  tracking_number: string;
  attempt: number;
  state_code: number;
  /** When Bosta says that this state began, by its own clock; null until it has said so. Reports that are older change nothing. */
  state_at: string | null;
  exceptions: number;
  /** Ended without success, or cannot be made: an agent has to decide. */
  has_failed: boolean;
};

/** What the hub found. Texts and lists of damage stay in Postgres (`inspections`). */
export type Inspection = {
  version: number;
  is_draft: boolean;
  product_condition: ProductCondition | null;
  functionality_test_result: TestResult | null;
  quality_score: number | null;
  recommended_action: RecommendedAction | null;
  recommended_priority: Priority | null;
  inspected_by: number | null;
  at: string;
};

/** Where the customer's product is. `returning`: on its way back to the customer. `kept`: ours now. `lost`: by the courier. */
type ProductPlace = 'customer' | 'courier' | 'hub' | 'returning' | 'kept' | 'lost';

/** What a case waits for; each has its owner, hours and sentence in `waits.ts`. */
export type Wait = {
  what:
    | 'pickup_order'
    | 'pickup'
    | 'arrival'
    | 'scan'
    | 'walk_in'
    | 'return_decision'
    | 'inspection'
    | 'review'
    | 'service'
    | 'stock'
    | 'refund'
    | 'delivery_order'
    | 'delivery'
    | 'delivery_decision'
    | 'fetching'
    | 'delivery_home'
    | 'pickup_termination'
    | 'unwanted_pickup'
    | 'delivery_termination';
  since: string;
  /** How often the people waited for have been reminded. */
  reminders: number;
};

/**
 * All that a case's workflow knows: ids, codes and decisions, no personal data.
 * It is recorded with every step, so a case can always go on from its row.
 */
export type CaseState = {
  action_id: number;
  action_type: ActionType;
  action_subtype: ActionSubtype | null;
  status: ActionStatus;
  priority: Priority;
  return_method: ReturnMethod;
  hub_id: number;
  main_order_id: string | null;
  product_sku: string | null;
  product: ProductPlace;
  technician: number | null;
  pickup: Leg | null;
  delivery: Leg | null;
  /** The delivery that has to be made at Bosta next. */
  to_send: DeliveryPurpose | null;
  /** The reference of a pickup or delivery that nobody needs any more; it stands at Bosta, or Bosta may be making it just now. */
  to_call_off: string | null;
  /** Tries so far, by purpose: Bosta takes no reference twice. */
  attempts: Partial<Record<DeliveryPurpose, number>>;
  scan: { tracking_number: string; at: string; by: number | null } | null;
  inspection: Inspection | null;
  review: { decision: LeaderDecision; by: number | null; at: string } | null;
  /** What will be done for the customer, once the hub or the leader has confirmed it. */
  service: RecommendedAction | null;
  labor_cost: number;
  fees: number;
  waiting: Wait | null;
  /** What last changed the status or what can be done, and when: whoever came second is told. */
  changed: { event: string; at: string } | null;
  /** Whether the hub is waited for from when Bosta says that the product has come; absent in a case that opened before that was told apart from the courier's way. */
  awaits_scan?: true;
  /** Replacements that were taken for lost, and in whose place another one was sent, as far as the courier has told of them since; `has_failed` until they are found. Absent in a case that opened before they were followed. */
  lost?: Leg[];
  /** Whether its agent is asked where a pickup is called off though the courier said that he has the product; absent in a case that opened before that was so. */
  asks_when_called_off?: true;
  /** Whether a pickup that is being called off is so too where the case is cancelled meanwhile; absent in a case that opened before that was so. */
  calls_off_when_cancelled?: true;
  /** How many steps have been recorded; absent where they were not counted yet, which is 0. */
  steps?: number;
};

/** The facts with which a case opens. */
export type Opening = Pick<
  CaseState,
  | 'action_id'
  | 'action_type'
  | 'action_subtype'
  | 'priority'
  | 'return_method'
  | 'hub_id'
  | 'main_order_id'
  | 'product_sku'
>;

/** A case as it stands before anything has happened. */
export function openingState(opening: Opening): CaseState {
  return {
    ...opening,
    status: 'requested',
    product: 'customer',
    technician: null,
    pickup: null,
    delivery: null,
    to_send: opening.return_method === 'bosta_pickup' ? 'pickup' : null,
    to_call_off: null,
    attempts: {},
    scan: null,
    inspection: null,
    review: null,
    service: null,
    labor_cost: 0,
    fees: 0,
    waiting: null,
    changed: null,
    awaits_scan: true,
    asks_when_called_off: true,
    calls_off_when_cancelled: true,
    lost: [],
  };
}

/** Whether nothing more will happen: the outcome stands, the product is where it belongs (domain.md, "The acts"), and no courier drives in vain. */
export function isClosed(state: CaseState): boolean {
  if (state.to_call_off) return false;
  switch (state.status) {
    case 'completed':
    case 'failed':
      return true;
    case 'rejected':
    case 'cancelled':
      if (state.product === 'customer') return state.scan !== null || !isOutstanding(state.pickup);
      return state.product === 'kept' || state.product === 'lost';
    default:
      return false;
  }
}

/** Whether the service has been carried out, so that only the delivery is left: that cannot be done again, nor be cancelled. */
export function isServed({ to_send, delivery }: CaseState): boolean {
  return to_send === 'way_back' || to_send === 'replacement' || delivery !== null;
}
