import type { Policy } from './policy.ts';
import type { ActionType, RecommendedAction } from './vocabulary.ts';

/** Which recommendations serve what a case asked for (domain.md, "Review"). */
const servedBy: Record<ActionType, readonly RecommendedAction[]> = {
  maintenance: ['maintenance', 'replace_part'],
  replace_part: ['replace_part', 'maintenance'],
  replace_full: ['replace_full'],
  exchange: ['replace_full'],
  return_refund: ['refund'],
};

/** Why somebody's review is refused. The case knows who inspected it last, the record who ever did. */
export const notByInspector =
  'Whoever inspected a case cannot review it: ask another leader or a manager.';

type ReviewReason = 'low_score' | 'dispose' | 'other_than_asked';

/** Why a team leader must decide on this inspection; empty where the case goes straight on (domain.md, "Review"). */
export function reviewReasons(
  actionType: ActionType,
  inspection: { quality_score: number; recommended_action: RecommendedAction },
  policy: Policy,
): ReviewReason[] {
  const reasons: ReviewReason[] = [];
  if (inspection.quality_score <= policy.review.max_score) reasons.push('low_score');
  if (inspection.recommended_action === 'dispose') reasons.push('dispose');
  else if (!servedBy[actionType].includes(inspection.recommended_action)) {
    reasons.push('other_than_asked');
  }
  return reasons;
}
