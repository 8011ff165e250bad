import {
  defineSearchAttributeKey,
  type SearchAttributeUpdatePair,
  TypedSearchAttributes,
} from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CaseState } from '../domain/case.ts';
import { awaited, partiesOf, type WaitingFor } from '../domain/waiting.ts';

/** By what people find a case in the Temporal Web UI; a worker registers those that its namespace lacks. */
export const searchAttributes = {
  ActionType: defineSearchAttributeKey('ActionType', 'KEYWORD'),
  ActionStatus: defineSearchAttributeKey('ActionStatus', 'KEYWORD'),
  WaitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD'),
  HubId: defineSearchAttributeKey('HubId', 'INT'),
  Priority: defineSearchAttributeKey('Priority', 'KEYWORD'),
  MainOrderId: defineSearchAttributeKey('MainOrderId', 'KEYWORD'),
};

/** What people find a case in this state by in the Temporal Web UI. */
export function shownAs(state: CaseState): TypedSearchAttributes {
  return new TypedSearchAttributes().updateCopy(pairsOf(state));
}

function pairsOf(state: CaseState): SearchAttributeUpdatePair[] {
  const what = awaited(state);
  return [
    { key: searchAttributes.ActionType, value: state.action_type },
    { key: searchAttributes.ActionStatus, value: state.status },
    { key: searchAttributes.WaitingFor, value: what === undefined ? null : partiesOf(what).who },
    { key: searchAttributes.HubId, value: state.hub_id },
    { key: searchAttributes.Priority, value: state.priority },
    { key: searchAttributes.MainOrderId, value: state.main_order_id },
  ];
}

/** Tells the server what changed; each upsert is an event in the history and a write of the server's list of cases, so none is made for nothing. */
export function show(state: CaseState): void {
  const shown = workflowInfo().typedSearchAttributes;
  const changed = pairsOf(state).filter(({ key, value }) => (shown.get(key) ?? null) !== value);
  if (changed.length > 0) upsertSearchAttributes(changed);
}

/** What the Web UI says of the case in words. */
export function showDetails({ status }: CaseState, waiting: WaitingFor | null): void {
  setCurrentDetails(
    waiting === null
      ? `**${status}**: closed.`
      : `**${status}**: ${waiting.sentence.en}.\n\n${waiting.sentence.ar}`,
  );
}
