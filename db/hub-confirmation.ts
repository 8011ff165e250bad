import type { CaseState } from '../domain/case.ts';
import { confirmationStatus, confirmationTypeOf } from '../domain/confirmation.ts';
import { isCollected } from '../domain/leg.ts';
import type { Step } from '../domain/step.ts';
import type { AnySql } from './client.ts';

/** The statement that writes the hub's confirmation of the case in `written`: there is one from the scan on. */
export function updateConfirmation(
  sql: AnySql,
  { next, at }: Step,
  scan: NonNullable<CaseState['scan']>,
) {
  const { inspection, review } = next;
  const isInspected = inspection !== null && !inspection.is_draft;
  const isConfirmed = next.service !== null;
  const needsReview = next.status === 'awaiting_review' || review !== null;
  return sql`
    insert into hub_confirmation_workflow as known (action_id, hub_id, return_tracking_number,
      main_order_id, return_order_id, confirmation_type, confirmation_status, scanned_by, scan_timestamp,
      product_condition, quality_score, recommended_action, team_leader_review_required,
      team_leader_decision, inspection_completed_at, confirmed_at)
    select action_id, ${next.hub_id}, ${scan.tracking_number}, ${next.main_order_id},
      case when ${hasComeByPickup(next, scan)} then sub_order_id end,
      ${confirmationTypeOf[next.action_type]}, ${confirmationStatus(next)}, ${scan.by}, ${scan.at},
      ${inspection?.product_condition ?? null}, ${inspection?.quality_score ?? null},
      ${inspection?.recommended_action ?? null}, ${isInspected ? needsReview : null},
      ${review?.decision ?? null}, ${isInspected ? inspection.at : null},
      ${isConfirmed ? at : null} from written
    on conflict (action_id) do update set
      hub_id = excluded.hub_id, return_order_id = excluded.return_order_id,
      confirmation_status = excluded.confirmation_status,
      product_condition = excluded.product_condition, quality_score = excluded.quality_score,
      recommended_action = excluded.recommended_action,
      team_leader_review_required = excluded.team_leader_review_required,
      team_leader_decision = excluded.team_leader_decision,
      inspection_completed_at = excluded.inspection_completed_at,
      confirmed_at = case when excluded.confirmed_at is not null
        then coalesce(known.confirmed_at, excluded.confirmed_at) end`;
}

/** Whether the courier brought the product: a customer who brings it leaves a pickup that was made for nothing. */
function hasComeByPickup({ pickup }: CaseState, scan: NonNullable<CaseState['scan']>): boolean {
  if (pickup === null) return false;
  return pickup.tracking_number === scan.tracking_number || isCollected(pickup.state_code);
}
