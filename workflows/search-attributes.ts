import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { CaseState } from '../domain/case.ts';
import type { WaitingFor } from '../domain/waiting.ts';

const keys = {
  ActionType: defineSearchAttributeKey('ActionType', 'KEYWORD'),
  ActionStatus: defineSearchAttributeKey('ActionStatus', 'KEYWORD'),
  WaitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD'),
  HubId: defineSearchAttributeKey('HubId', 'INT'),
  Priority: defineSearchAttributeKey('Priority', 'KEYWORD'),
  MainOrderId: defineSearchAttributeKey('MainOrderId', 'KEYWORD'),
};

type Shown = {
  ActionType: string;
  ActionStatus: string;
  WaitingFor: string | null;
  HubId: number;
  Priority: string;
  MainOrderId: string | null;
};

/** What people find a case by in the Temporal Web UI. */
export function shownAs(state: CaseState, waiting: WaitingFor | null): Shown {
  return {
    ActionType: state.action_type,
    ActionStatus: state.status,
    WaitingFor: waiting?.who ?? null,
    HubId: state.hub_id,
    Priority: state.priority,
    MainOrderId: state.main_order_id,
  };
}

/** Tells the server what changed since `before`; each upsert is an event in the history, so none is made for nothing. */
export function show(now: Shown, before: Shown | undefined): void {
  const differs = (name: keyof Shown) => now[name] !== (before?.[name] ?? null);
  const changed = [
    ...(differs('ActionType') ? [{ key: keys.ActionType, value: now.ActionType }] : []),
    ...(differs('ActionStatus') ? [{ key: keys.ActionStatus, value: now.ActionStatus }] : []),
    ...(differs('WaitingFor') ? [{ key: keys.WaitingFor, value: now.WaitingFor }] : []),
    ...(differs('HubId') ? [{ key: keys.HubId, value: now.HubId }] : []),
    ...(differs('Priority') ? [{ key: keys.Priority, value: now.Priority }] : []),
    ...(differs('MainOrderId') ? [{ key: keys.MainOrderId, value: now.MainOrderId }] : []),
  ];
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
