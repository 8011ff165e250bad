import type { WorkflowHandle } from '@temporalio/client';
import type { Shape } from './bare-workflow.ts';

export type Cost = Shape & {
  events: number;
  /** What Temporal Cloud would bill: starts, activities, timers, signals, updates, upserts (local activities come in one marker). */
  actions: number;
};

/** What a closed workflow has cost, read from its history (docs.temporal.io, "Actions"). */
export async function costOf(handle: WorkflowHandle): Promise<Cost> {
  const { events = [] } = await handle.fetchHistory();
  const count = (attribute: string) =>
    (events ?? []).filter((event) => Object.hasOwn(event, attribute)).length;
  const calls = count('activityTaskScheduledEventAttributes');
  const timers = count('timerStartedEventAttributes');
  const updates = count('workflowExecutionUpdateAcceptedEventAttributes');
  const signals = count('workflowExecutionSignaledEventAttributes');
  const steps = count('markerRecordedEventAttributes');
  const upserts = count('upsertWorkflowSearchAttributesEventAttributes');
  return {
    ...{ events: (events ?? []).length, calls, updates, signals, steps },
    actions: 1 + calls + timers + updates + signals + upserts,
  };
}
