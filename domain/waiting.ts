import type { CaseState, Wait } from './case.ts';
import { isClosed } from './case.ts';
import { purposeOf } from './case-reference.ts';
import { isFetched } from './leg.ts';
import type { Policy } from './policy.ts';
import type { WaitingParty } from './vocabulary.ts';
import { sentenceOf } from './waiting-words.ts';

type WaitRule = {
  who: WaitingParty;
  /** Who is told when nobody came in time. */
  deputy: WaitingParty;
  hours: (waits: Policy['waits']) => number;
  en: string;
  ar: string;
};

/** Bosta answers in seconds: what it has not taken on within this many hours, somebody should know. No threshold of the business. */
const bostaHours = 1;

/** Every wait of a case: whom for, how long before somebody is reminded, and how people say it. */
const waits: Record<Wait['what'], WaitRule> = {
  pickup_order: {
    who: 'courier',
    deputy: 'agent',
    hours: () => bostaHours,
    en: 'Waiting for Bosta to accept the return pickup',
    ar: 'في انتظار قبول بوسطة لطلب استلام المرتجع',
  },
  pickup: {
    who: 'courier',
    deputy: 'agent',
    hours: (w) => w.pickup_not_collected_hours,
    en: 'Waiting for the courier to collect the product from the customer',
    ar: 'في انتظار استلام المندوب للمنتج من العميل',
  },
  arrival: {
    who: 'courier',
    deputy: 'agent',
    hours: (w) => w.not_at_hub_hours,
    en: 'Waiting for the courier to bring the product to the hub',
    ar: 'في انتظار وصول المنتج إلى المركز مع المندوب',
  },
  walk_in: {
    who: 'customer',
    deputy: 'agent',
    hours: (w) => w.not_at_hub_hours,
    en: 'Waiting for the customer to bring the product to the hub',
    ar: 'في انتظار العميل لإحضار المنتج إلى المركز',
  },
  return_decision: {
    who: 'agent',
    deputy: 'manager',
    hours: (w) => w.review_hours,
    en: "Waiting for the agent's decision on the return that failed",
    ar: 'في انتظار قرار خدمة العملاء بشأن تعذر استلام المرتجع',
  },
  inspection: {
    who: 'hub',
    deputy: 'manager',
    hours: (w) => w.bench_idle_hours,
    en: 'Waiting for the inspection at the hub',
    ar: 'في انتظار فحص المنتج في المركز',
  },
  review: {
    who: 'leader',
    deputy: 'manager',
    hours: (w) => w.review_hours,
    en: "Waiting for the team leader's decision",
    ar: 'في انتظار قرار قائد الفريق',
  },
  service: {
    who: 'technician',
    deputy: 'manager',
    hours: (w) => w.bench_idle_hours,
    en: 'Waiting for the technician',
    ar: 'في انتظار الفني',
  },
  refund: {
    who: 'manager',
    deputy: 'admin',
    hours: (w) => w.refund_hours,
    en: 'Waiting for the manager to pay the refund',
    ar: 'في انتظار صرف المبلغ المسترد من المدير',
  },
  delivery_order: {
    who: 'courier',
    deputy: 'agent',
    hours: () => bostaHours,
    en: 'Waiting for Bosta to accept the delivery',
    ar: 'في انتظار قبول بوسطة للشحنة',
  },
  delivery: {
    who: 'courier',
    deputy: 'agent',
    hours: (w) => w.delivery_hours,
    en: 'Waiting for the courier to deliver to the customer',
    ar: 'في انتظار تسليم المندوب للعميل',
  },
  delivery_decision: {
    who: 'agent',
    deputy: 'manager',
    hours: (w) => w.review_hours,
    en: "Waiting for the agent's decision on the delivery that failed",
    ar: 'في انتظار قرار خدمة العملاء بشأن تعذر التسليم',
  },
  fetching: {
    who: 'customer',
    deputy: 'agent',
    hours: (w) => w.delivery_hours,
    en: 'Waiting for the customer to fetch the product at the hub',
    ar: 'في انتظار العميل لاستلام المنتج من المركز',
  },
  delivery_home: {
    who: 'courier',
    deputy: 'agent',
    hours: (w) => w.delivery_hours,
    en: "Waiting for the courier to bring the customer's product home",
    ar: 'في انتظار إعادة المنتج إلى العميل مع المندوب',
  },
  pickup_termination: {
    who: 'courier',
    deputy: 'agent',
    hours: () => bostaHours,
    en: 'Waiting for Bosta to call the pickup off',
    ar: 'في انتظار إلغاء بوسطة لطلب الاستلام',
  },
  unwanted_pickup: {
    who: 'courier',
    deputy: 'agent',
    hours: (w) => w.pickup_not_collected_hours,
    en: 'Waiting for Bosta to end the pickup that it did not call off, or for the courier to bring the product (ask Bosta to end it, then decide cancel)',
    ar: 'في انتظار إنهاء بوسطة لطلب الاستلام الذي لم تلغه، أو إحضار المندوب للمنتج (اطلبوا من بوسطة إنهاءه ثم اختاروا الإلغاء)',
  },
  delivery_termination: {
    who: 'courier',
    deputy: 'agent',
    hours: () => bostaHours,
    en: 'Waiting for Bosta to call the delivery off',
    ar: 'في انتظار إلغاء بوسطة للشحنة',
  },
};

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
  if (state.product === 'courier') return 'arrival';
  return state.return_method === 'walk_in' ? 'walk_in' : 'pickup';
}

/** A case whose outcome stands waits until no courier drives in vain, and the product is with its owner. */
function awaitedEnding(state: CaseState): Wait['what'] {
  if (state.to_call_off) return awaitedTermination(state.to_call_off);
  if (state.scan === null && state.pickup?.has_failed) return 'return_decision';
  if (state.product === 'customer') return 'unwanted_pickup';
  if (state.product === 'courier') return 'arrival';
  return state.to_send === null ? 'delivery_home' : 'delivery_order';
}

function awaitedTermination(reference: string): Wait['what'] {
  const purpose = purposeOf(reference) ?? 'pickup';
  return purpose === 'pickup' ? 'pickup_termination' : 'delivery_termination';
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

/** Whom a case waits for, since when, and when somebody is reminded next (all times ISO 8601, UTC); null once it is closed. */
export function waitingFor(state: CaseState, policy: Policy): WaitingFor | null {
  if (state.waiting === null) return null;
  const { what, since, reminders } = state.waiting;
  const { who } = waits[what];
  const escalation = dueAfter(0, state.waiting, policy);
  return {
    ...{ who, what, since, until: remindedAt(state.waiting, policy) },
    sentence: sentenceOf(waits[what], { since, escalation, isDue: reminders > 0 }),
  };
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
