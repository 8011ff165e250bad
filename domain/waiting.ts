import type { CaseState, Wait } from './case.ts';
import { isClosed, pickupIsOpen } from './case.ts';
import type { Policy } from './policy.ts';
import type { WaitingParty } from './vocabulary.ts';

type WaitRule = {
  who: WaitingParty;
  /** Who is told when nobody came in time. */
  deputy: WaitingParty;
  hours: (waits: Policy['waits']) => number;
  en: string;
  ar: string;
};

/** Every wait of a case: whom for, how long before somebody is reminded, and how people say it. */
const waits: Record<Wait['what'], WaitRule> = {
  pickup_order: {
    who: 'courier',
    deputy: 'agent',
    hours: () => 1,
    en: 'Waiting for Bosta to accept the return pickup',
    ar: 'في انتظار قبول بوسطة لطلب استلام المرتجع',
  },
  pickup: {
    who: 'courier',
    deputy: 'agent',
    hours: (w) => w.pickup_not_collected_hours,
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
    hours: () => 1,
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
    hours: () => 1,
    en: 'Waiting for Bosta to call the pickup off',
    ar: 'في انتظار إلغاء بوسطة لطلب الاستلام',
  },
};

/** What a case in this state waits for; undefined once it is closed. */
export function awaited(state: CaseState): Wait['what'] | undefined {
  if (isClosed(state)) return undefined;
  if (state.delivery?.has_failed) return 'delivery_decision';
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
  if (state.pickup?.has_failed) return 'return_decision';
  if (state.to_send === 'pickup') return 'pickup_order';
  return state.return_method === 'walk_in' ? 'walk_in' : 'pickup';
}

/** A case that was rejected or cancelled waits until the product is with its owner. */
function awaitedEnding(state: CaseState): Wait['what'] {
  if (pickupIsOpen(state) || state.to_send === 'pickup') return 'pickup_termination';
  if (state.product === 'courier') return 'pickup';
  return state.to_send === null ? 'delivery_home' : 'delivery_order';
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
  const rule = waits[what];
  const until = new Date(
    Date.parse(since) + rule.hours(policy.waits) * (reminders + 1) * 3_600_000,
  );
  return {
    who: rule.who,
    what,
    since,
    until: until.toISOString(),
    sentence: {
      en: `${rule.en} since ${moment(since, 'en')}, ${deputyText.en[rule.deputy]} from ${moment(until.toISOString(), 'en')}`,
      ar: `${rule.ar} منذ ${moment(since, 'ar')}، ثم ${deputyText.ar[rule.deputy]} من ${moment(until.toISOString(), 'ar')}`,
    },
  };
}

/** Who is told when a wait has lasted too long. */
export function deputyOf(what: Wait['what']): WaitingParty {
  return waits[what].deputy;
}

const deputyText: Record<'en' | 'ar', Record<WaitingParty, string>> = {
  en: {
    admin: 'the administrator',
    manager: 'the manager',
    leader: 'the team leader',
    agent: 'the agent',
    hub: 'the hub',
    technician: 'the technician',
    courier: 'the courier',
    stock: 'the stock',
    customer: 'the customer',
  },
  ar: {
    admin: 'مدير النظام',
    manager: 'المدير',
    leader: 'قائد الفريق',
    agent: 'خدمة العملاء',
    hub: 'المركز',
    technician: 'الفني',
    courier: 'المندوب',
    stock: 'المخزون',
    customer: 'العميل',
  },
};

const momentFormats = {
  en: new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Africa/Cairo',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }),
  ar: new Intl.DateTimeFormat('ar-EG', {
    timeZone: 'Africa/Cairo',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }),
};

/** A moment on Cairo's clock, as people there read it. */
function moment(iso: string, language: 'en' | 'ar'): string {
  return momentFormats[language].format(new Date(iso));
}
