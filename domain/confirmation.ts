import type { CaseState } from './case.ts';
import type {
  ActionStatus,
  ActionType,
  ConfirmationStatus,
  ConfirmationType,
} from './vocabulary.ts';

const confirmations: Partial<Record<ActionStatus, ConfirmationStatus>> = {
  return_received: 'scanned',
  inspecting: 'inspecting',
  awaiting_review: 'awaiting_review',
  hub_confirmed: 'confirmed',
  in_progress: 'confirmed',
  shipping_back: 'confirmed',
  completed: 'confirmed',
  rejected: 'rejected',
};

/** How far the hub's confirmation is, seen from the case. How the case ends takes back nothing that was confirmed. */
export function confirmationStatus(state: CaseState): ConfirmationStatus {
  if (state.scan === null) return 'pending';
  return confirmations[state.status] ?? (state.service === null ? 'scanned' : 'confirmed');
}

/** What the hub looks for: what is to be repaired, what comes for another, or what its customer gives back. */
export const confirmationTypeOf: Record<ActionType, ConfirmationType> = {
  maintenance: 'maintenance_verification',
  replace_part: 'maintenance_verification',
  replace_full: 'return_inspection',
  return_refund: 'return_inspection',
  exchange: 'exchange_verification',
};
