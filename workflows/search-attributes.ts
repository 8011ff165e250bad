import {
  defineSearchAttributeKey,
  type SearchAttributeUpdatePair,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { CaseState } from '../domain/case.ts';
import { awaited, partiesOf, seenAs } from '../domain/waiting.ts';

/** By what people find a case in the Temporal Web UI; a worker registers those that its namespace lacks. */
export const searchAttributes = {
  ActionType: defineSearchAttributeKey('ActionType', 'KEYWORD'),
  ActionStatus: defineSearchAttributeKey('ActionStatus', 'KEYWORD'),
  WaitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD'),
  HubId: defineSearchAttributeKey('HubId', 'INT'),
  Priority: defineSearchAttributeKey('Priority', 'KEYWORD'),
  MainOrderId: defineSearchAttributeKey('MainOrderId', 'KEYWORD'),
};

/** The same as `pairsOf`, in the form in which a workflow is started with them. */
export function shownAs(state: CaseState, isShort?: boolean): TypedSearchAttributes {
  return new TypedSearchAttributes().updateCopy(pairsOf(state, isShort));
}

/** By what a case in this state is found; `isShort` says that it waits for a product that its hub has not got. */
export function pairsOf(state: CaseState, isShort = false): SearchAttributeUpdatePair[] {
  const what = awaited(state);
  const who = what === undefined ? null : partiesOf(seenAs(what, isShort)).who;
  return [
    { key: searchAttributes.ActionType, value: state.action_type },
    { key: searchAttributes.ActionStatus, value: state.status },
    { key: searchAttributes.WaitingFor, value: who },
    { key: searchAttributes.HubId, value: state.hub_id },
    { key: searchAttributes.Priority, value: state.priority },
    { key: searchAttributes.MainOrderId, value: state.main_order_id },
  ];
}
