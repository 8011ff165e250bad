import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { allowedActs } from '../domain/acts.ts';
import type { CaseState } from '../domain/case.ts';
import { caseReference } from '../domain/case-reference.ts';
import type { Act, Contents } from '../domain/messages.ts';
import type { Policy } from '../domain/policy.ts';
import type { WaitingFor } from '../domain/waiting.ts';
import { shownAs } from './search-attributes.ts';

export { searchAttributes } from './search-attributes.ts';

/** The task queues. All calls to Bosta go over one, with one rate limit for all workers. */
export const taskQueues = { cases: 'cases', ingest: 'ingest', bosta: 'bosta' } as const;

/** After this silence of an activity its worker is taken for dead, and another does it (worker/heartbeats.ts). */
export const heartbeatTimeout = '15s';

/** The id of a case's workflow. The same words are a generated column in Postgres. */
export function serviceCaseId(actionId: number): string {
  return `service-case:${actionId}`;
}

/** One sync at a time, whoever asks for it: the id is the lock. */
export const bostaSyncId = 'bosta-sync';
/** One backfill at a time. */
export const bostaBackfillId = 'bosta-backfill';
/** One workflow takes the stored callbacks in; each new one wakes it. */
export const bostaCallbacksId = 'bosta-callbacks';
/** One workflow reads in full what searches have shown. */
export const bostaDetailsId = 'bosta-details';
/** One first look at the cities and districts. */
export const bostaPlacesId = 'bosta-places';
/** One look at all families at a time. */
export const detectFamiliesId = 'detect-families';

/** A case as its workflow is started: the state it stands in, and the policy it keeps. */
export type CaseInput = { state: CaseState; policy: Policy };

/** How the workflow of a case is started, whoever does it; what it is found by is given with the start, which costs nothing. */
export function caseStart({ state, policy, is_short }: CaseInput & { is_short?: boolean }) {
  const args: [CaseInput] = [{ state, policy }];
  return {
    ...{ workflowId: serviceCaseId(state.action_id), taskQueue: taskQueues.cases, args },
    staticSummary: `${caseReference(state.action_id)}: ${state.action_type.replaceAll('_', ' ')}`,
    typedSearchAttributes: shownAs(state, is_short),
  };
}

/** What a person says to a case. Ids make a message count once; who signed in said it. Both may be missing where a device sends a signal. */
export type Said<A extends Act> = Contents[A] & { message_id?: string; by?: number };

/** The answer to an update: durable, and recorded in Postgres before it is given. */
export type Answer = { status: string; at: string; is_repeat: boolean };

/** What the query tells: enough to see why a case waits. */
export type CaseView = CaseState & {
  waiting_for: WaitingFor | null;
  allowed: ReturnType<typeof allowedActs>;
};

export const caseView = defineQuery<CaseView>('caseView');

/** Opens the case, by update-with-start: answered when the opening is recorded. */
export const openCase = defineUpdate<Answer, []>('openCase');

/** The courier's state of one of the case's deliveries: a fact, stored first, in any order and any number of times. */
export const courierReport =
  defineSignal<[Contents['courier_report'] & { message_id: string }]>('courierReport');

/** A callback has been stored: look again before you end. To `bostaCallbacks`, with its start. */
export const callbackStored = defineSignal('callbackStored');

/** Compare with what is recorded: the workflow was found behind its case's row. */
export const catchUp = defineSignal('catchUp');

/** Stock came or went: whether the product that the case waits for is there now. Said where no step of the case can say it. */
export const stockSeen = defineSignal<[{ is_short: boolean }]>('stockSeen');

/**
 * Everything a person does, each as an update (checked, answered when durable)
 * and as a signal of the same name and payload (for devices that send and
 * forget, and for the Temporal CLI and Web UI: a refusal shows in the events).
 */
export const updates = {
  hub_scan: defineUpdate<Answer, [Said<'hub_scan'>]>('hubScan'),
  hub_inspection: defineUpdate<Answer, [Said<'hub_inspection'>]>('hubInspection'),
  team_leader_decision: defineUpdate<Answer, [Said<'team_leader_decision'>]>('teamLeaderDecision'),
  assign: defineUpdate<Answer, [Said<'assign'>]>('assign'),
  execute: defineUpdate<Answer, [Said<'execute'>]>('execute'),
  return_decision: defineUpdate<Answer, [Said<'return_decision'>]>('returnDecision'),
  delivery_decision: defineUpdate<Answer, [Said<'delivery_decision'>]>('deliveryDecision'),
  hand_over: defineUpdate<Answer, [Said<'hand_over'>]>('handOver'),
  cancel: defineUpdate<Answer, [Said<'cancel'>]>('cancel'),
  edit: defineUpdate<Answer, [Said<'edit'>]>('edit'),
};

export const signals = {
  hub_scan: defineSignal<[Said<'hub_scan'>]>('hubScan'),
  hub_inspection: defineSignal<[Said<'hub_inspection'>]>('hubInspection'),
  team_leader_decision: defineSignal<[Said<'team_leader_decision'>]>('teamLeaderDecision'),
  assign: defineSignal<[Said<'assign'>]>('assign'),
  execute: defineSignal<[Said<'execute'>]>('execute'),
  return_decision: defineSignal<[Said<'return_decision'>]>('returnDecision'),
  delivery_decision: defineSignal<[Said<'delivery_decision'>]>('deliveryDecision'),
  hand_over: defineSignal<[Said<'hand_over'>]>('handOver'),
  cancel: defineSignal<[Said<'cancel'>]>('cancel'),
  edit: defineSignal<[Said<'edit'>]>('edit'),
};
