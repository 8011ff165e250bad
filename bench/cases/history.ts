import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';

/** What a workflow does after what came before: hears an update or a signal, or calls somebody; and what is said with it. */
type Move = { does: 'update' | 'signal' | 'call'; said: unknown };

/** What a workflow was started with, and its moves in their order. */
export type Course = { input: unknown; moves: Move[] };

/** What a closed workflow took of Temporal. */
export type Cost = {
  events: number;
  actions: number;
  /** Workflow tasks: how often a worker was asked to go on. */
  tasks: number;
  calls: number;
  records: number;
  timers: number;
  updates: number;
  signals: number;
  upserts: number;
};

type Events = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>;

/** The course of a workflow, to be taken again by another one. */
export async function courseOf(handle: WorkflowHandle): Promise<Course> {
  const events = await eventsOf(handle);
  const start = events[0]?.workflowExecutionStartedEventAttributes;
  return { input: decoded(start?.input), moves: events.flatMap(moveIn) };
}

function moveIn({
  workflowExecutionUpdateAcceptedEventAttributes: update,
  workflowExecutionSignaledEventAttributes: signal,
  activityTaskScheduledEventAttributes: call,
}: Events[number]): Move[] {
  if (update) return [{ does: 'update', said: decoded(update.acceptedRequest?.input?.args) }];
  if (signal) return [{ does: 'signal', said: decoded(signal.input) }];
  return call ? [{ does: 'call', said: decoded(call.input) }] : [];
}

/** The first of what was passed; null where nothing was. */
function decoded(passed: { payloads?: Payload[] | null } | null | undefined): unknown {
  const [first] = passed?.payloads ?? [];
  return first ? defaultPayloadConverter.fromPayload(first) : null;
}

/**
 * What a workflow has cost. Billable actions as docs.temporal.io/cloud/actions counts
 * them: the start, each timer, signal and update, each upsert of search attributes
 * (those given at the start are free), each try of an activity, and one for all
 * local activities of one workflow task. Queries would come on top.
 */
export async function costOf(handle: WorkflowHandle): Promise<Cost> {
  const events = await eventsOf(handle);
  const count = (name: string) => events.filter((event) => has(event, `${name}EventAttributes`));
  const counted = {
    tasks: count('workflowTaskCompleted').length,
    calls: count('activityTaskScheduled').length,
    records: count('markerRecorded').length,
    timers: count('timerStarted').length,
    updates: count('workflowExecutionUpdateAccepted').length,
    signals: count('workflowExecutionSignaled').length,
    upserts: count('upsertWorkflowSearchAttributes').length,
  };
  const tries = count('activityTaskStarted').reduce(
    (sum, event) => sum + (event.activityTaskStartedEventAttributes?.attempt ?? 1),
    0,
  );
  const recording = new Set(
    count('markerRecorded').map((event) =>
      String(event.markerRecordedEventAttributes?.workflowTaskCompletedEventId),
    ),
  ).size;
  const { timers, signals, updates, upserts } = counted;
  const actions = 1 + tries + recording + timers + signals + updates + upserts;
  return { events: events.length, actions, ...counted };
}

async function eventsOf(handle: WorkflowHandle): Promise<Events> {
  return (await handle.fetchHistory()).events ?? [];
}

/** Decoded messages have all fields; only those that were sent are their own. */
function has(event: Events[number], attributes: string): boolean {
  return Object.hasOwn(event, attributes);
}
