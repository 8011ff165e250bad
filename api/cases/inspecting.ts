import type { CaseRow } from '../../db/case-queries.ts';
import { caseOfParcel } from '../../db/scanned-parcels.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import type { InspectionBody } from '../schemas/case-acts.ts';
import type { Doing } from './acting.ts';
import { requireCase } from './view.ts';

/** The case that an inspection names, by its id or by a number on the parcel; refuses two that name different cases. */
export async function inspectedCase(deps: Deps, body: InspectionBody): Promise<CaseRow> {
  const { action_id, return_tracking_number: number } = body;
  if (number === undefined) return requireCase(deps, action_id ?? 0);
  const found = await caseOfParcel(deps.sql, number);
  if (found && (action_id ?? found.action_id) === found.action_id) return found;
  throw new ApiError(
    'CASE_NOT_FOUND',
    `${number} is no parcel of ${action_id ? 'this' : 'any'} case: name the case by its action_id alone.`,
  );
}

/** What is said to the case: findings travel, words stay. */
export function inspectionOf(body: InspectionBody): Doing<'hub_inspection'> {
  const { draft, notes, visible_damage, missing_parts } = body;
  const { product_condition, functionality_test_result, quality_score } = body;
  const { recommended_action, recommended_priority } = body;
  return {
    act: 'hub_inspection',
    body,
    note: { notes, visible_damage, missing_parts },
    payload: (note_id) => ({
      ...{ product_condition, functionality_test_result, quality_score },
      ...{ recommended_action, recommended_priority, draft, note_id },
    }),
  };
}
