import type { CaseState, Wait } from './case.ts';
import { isClosed } from './case.ts';
import { purposeOf } from './case-reference.ts';
import { isArchived, isBackWithBusiness } from './delivery-state.ts';
import { isFetched } from './leg.ts';
import type { Policy } from './policy.ts';
import type { WaitingParty } from './vocabulary.ts';
import { sentenceOf } from './waiting-words.ts';
import { waits } from './waits.ts';

/** What a case in this state waits for; undefined once it is closed. */
export function awaited(state: CaseState): Wait['what'] | undefined {
  if (isClosed(state)) return undefined;
  if (state.delivery?.has_failed && !state.to_call_off) {
    return isFetched(state, state.delivery) ? 'fetching' : 'delivery_decision';
  }
  switch (state.status) {
    case 'requested':
    case 'return_ordered':
    case 'return_in_transit':
      return awaitedReturn(state);
    case 'return_received':
    case 'inspecting':
      return 'inspection';
    case 'awaiting_review':
      return 'review';
    case 'hub_confirmed':
    case 'in_progress':
      if (state.to_send !== null) return 'delivery_order';
      return state.service === 'refund' ? 'refund' : 'service';
    case 'shipping_back':
      return state.to_send === null ? 'delivery' : 'delivery_order';
    default:
      return awaitedEnding(state);
  }
}

function awaitedReturn(state: CaseState): Wait['what'] {
  if (state.to_call_off) return 'pickup_termination';
  if (state.pickup?.has_failed) return 'return_decision';
  if (state.to_send === 'pickup') return 'pickup_order';
  if (state.product === 'courier') return hasCome(state) ? 'scan' : 'arrival';
  return state.return_method === 'walk_in' ? 'walk_in' : 'pickup';
}

/** A case whose outcome stands waits until no courier drives in vain, and the product is with its owner. */
function awaitedEnding(state: CaseState): Wait['what'] {
  if (state.to_call_off) return awaitedTermination(state.to_call_off);
  if (state.scan === null && state.pickup?.has_failed) return 'return_decision';
  if (state.product === 'customer') return 'unwanted_pickup';
  if (state.product === 'courier') return hasCome(state) ? 'scan' : 'arrival';
  return state.to_send === null ? 'delivery_home' : 'delivery_order';
}

/** Whether Bosta says that the product is with the business: that it is, the hub's scan alone says (domain.md, "The acts"). */
function hasCome({ awaits_scan, pickup }: CaseState): boolean {
  const code = pickup?.state_code;
  return awaits_scan === true && (isBackWithBusiness(code) || isArchived(code));
}

function awaitedTermination(reference: string): Wait['what'] {
  const purpose = purposeOf(reference) ?? 'pickup';
  return purpose === 'pickup' ? 'pickup_termination' : 'delivery_termination';
}

/** The state as people see it: also before its opening is recorded a case waits for something, since it was stored. */
export function seenSince(state: CaseState, stored: string): CaseState {
  return state.waiting === null ? withWait(state, stored) : state;
}

/** The state with its wait brought up to date: a new one starts now, the same one goes on. */
export function withWait(state: CaseState, at: string): CaseState {
  const what = awaited(state);
  if (what === undefined) return { ...state, waiting: null };
  if (state.waiting?.what === what) return state;
  return { ...state, waiting: { what, since: at, reminders: 0 } };
}

export type WaitingFor = {
  who: WaitingParty;
  what: Wait['what'];
  since: string;
  until: string;
  sentence: { en: string; ar: string };
};

/**
 * Whom a case waits for, since when, and when somebody is reminded next (all times ISO 8601, UTC);
 * null once it is closed. Whether the product that it needs is in stock the record alone knows.
 */
export function waitingFor(state: CaseState, policy: Policy, isShort = false): WaitingFor | null {
  if (state.waiting === null) return null;
  const { since, reminders } = state.waiting;
  const what = seenAs(state.waiting.what, isShort);
  const { who } = waits[what];
  const escalation = dueAfter(0, state.waiting, policy);
  return {
    ...{ who, what, since, until: remindedAt(state.waiting, policy) },
    sentence: sentenceOf(waits[what], { since, escalation, isDue: reminders > 0 }),
  };
}

/** What people see a case wait for: a service for which the product is not in stock waits for that. */
export function seenAs(what: Wait['what'], isShort: boolean): Wait['what'] {
  return isShort && what === 'service' ? 'stock' : what;
}

/** When whoever is waited for is reminded next (ISO 8601, UTC). */
export function remindedAt(wait: Wait, policy: Policy): string {
  return dueAfter(wait.reminders, wait, policy);
}

function dueAfter(times: number, { what, since }: Wait, { waits: hours }: Policy): string {
  return later(since, hoursUntil(times, waits[what].hours(hours)));
}

/** A wait that nobody ends is told of ever more rarely, at last once a week: its history must not grow for ever. */
const rarestHours = 7 * 24;

/** Hours from the beginning of a wait until the reminder after `times` others: each pause is as long as all before it. */
function hoursUntil(times: number, hours: number): number {
  let until = hours;
  for (let time = 0; time < times; time += 1) {
    until += Math.min(until, Math.max(hours, rarestHours));
  }
  return until;
}

function later(iso: string, hours: number): string {
  return new Date(Date.parse(iso) + hours * 3_600_000).toISOString();
}

/** Who is waited for, and who is told when that lasts too long. */
export function partiesOf(what: Wait['what']): { who: WaitingParty; deputy: WaitingParty } {
  const { who, deputy } = waits[what];
  return { who, deputy };
}
