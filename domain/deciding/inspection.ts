import type { CaseState, Inspection } from '../case.ts';
import type { MessageOf } from '../messages.ts';
import type { Policy } from '../policy.ts';
import { notByInspector, reviewReasons } from '../review.ts';
import { type Effect, type Refusal, refuse, type Verdict } from '../verdict.ts';
import type { RecommendedAction } from '../vocabulary.ts';

/** What the hub found. With all required fields it ends the inspection, and the rule says whether a leader decides; a draft keeps `inspecting`. */
export function decideInspection(
  state: CaseState,
  message: MessageOf<'hub_inspection'>,
  policy: Policy,
): Verdict {
  const inspection = inspected(state, message);
  const effects: Effect[] = [{ kind: 'inspect', findings: message.payload }];
  const { quality_score, recommended_action } = inspection;
  const data = { version: inspection.version, quality_score, recommended_action };
  if (inspection.is_draft || quality_score === null || recommended_action === null) {
    return {
      next: { ...state, status: 'inspecting', inspection },
      event: 'inspection_drafted',
      data,
      effects,
    };
  }
  const priority = inspection.recommended_priority ?? state.priority;
  const next: CaseState = { ...state, inspection, priority };
  const reasons = reviewReasons(state.action_type, { quality_score, recommended_action }, policy);
  if (reasons.length > 0) {
    return {
      next: { ...next, status: 'awaiting_review' },
      event: 'inspected',
      data: { ...data, review: reasons },
      effects,
    };
  }
  return confirmed(next, recommended_action, { event: 'inspected', data, effects });
}

/** The inspection after these findings: what a draft had found stays, where nothing new is said (lessons.md 23). */
function inspected(state: CaseState, message: MessageOf<'hub_inspection'>): Inspection {
  const { payload, by, at } = message;
  const before = state.inspection?.is_draft ? state.inspection : undefined;
  return {
    version: (state.inspection?.version ?? 0) + 1,
    is_draft: payload.draft ?? false,
    product_condition: payload.product_condition ?? before?.product_condition ?? null,
    functionality_test_result:
      payload.functionality_test_result ?? before?.functionality_test_result ?? null,
    quality_score: payload.quality_score ?? before?.quality_score ?? null,
    recommended_action: payload.recommended_action ?? before?.recommended_action ?? null,
    recommended_priority: payload.recommended_priority ?? before?.recommended_priority ?? null,
    inspected_by: by,
    at,
  };
}

/** The leader's word on a hard case: never from the one who inspected it (domain.md, "The acts"). */
export function decideReview(
  state: CaseState,
  message: MessageOf<'team_leader_decision'>,
): Verdict | Refusal {
  const { by, at, payload } = message;
  if (by !== null && by === state.inspection?.inspected_by) {
    return refuse(state, 'REVIEW_BY_INSPECTOR', notByInspector);
  }
  const { decision, approved_action = null, note_id = null } = payload;
  const effects: Effect[] = [{ kind: 'review', decision, approved_action, note_id }];
  const reviewed: CaseState = { ...state, review: { decision, by, at } };
  const step = { event: 'reviewed', data: { decision, approved_action }, effects };
  if (decision === 'requires_changes')
    return { ...step, next: { ...reviewed, status: 'inspecting' } };
  if (decision === 'rejected')
    return { ...step, next: { ...reviewed, status: 'rejected', to_send: 'home' } };
  const service = approved_action ?? state.inspection?.recommended_action ?? null;
  if (service === null) {
    return refuse(state, 'MESSAGE_UNUSABLE', 'Nothing was recommended: name the approved_action.');
  }
  return confirmed(reviewed, service, step);
}

/** The hub's part is over. What it needs is set aside at once; a product that is disposed of stays, and nothing more is done. */
function confirmed(
  state: CaseState,
  service: RecommendedAction,
  step: Required<Pick<Verdict, 'event' | 'data' | 'effects'>>,
): Verdict {
  if (service === 'dispose') {
    return { ...step, next: { ...state, service, status: 'completed', product: 'kept' } };
  }
  const effects = [...step.effects, ...setAside(state, service)];
  return { ...step, effects, next: { ...state, service, status: 'hub_confirmed' } };
}

/** A refund is asked for; a product for a replacement is kept for this case, where the hub has one. */
export function setAside({ product_sku: sku }: CaseState, service: RecommendedAction): Effect[] {
  if (service === 'refund') return [{ kind: 'request_refund' }];
  return service === 'replace_full' && sku !== null ? [{ kind: 'reserve_product', sku }] : [];
}
