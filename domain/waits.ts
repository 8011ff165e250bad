import type { Wait } from './case.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import type { WaitingParty } from './vocabulary.ts';

type WaitRule = {
  who: WaitingParty;
  /** Who is told when nobody came in time. */
  deputy: WaitingParty;
  hours: (waits: Policy['waits']) => number;
  en: string;
  ar: string;
};

/** What Bosta has not taken on within these hours, somebody should know. */
const bostaAnswer: WaitRule['hours'] = ({ bosta_answer_hours }) =>
  bosta_answer_hours ?? defaultPolicy.waits.bosta_answer_hours;

/** Every wait of a case: whom for, how long before somebody is reminded, and how people say it. */
export const waits: Record<Wait['what'], WaitRule> = {
  pickup_order: {
    who: 'courier',
    deputy: 'agent',
    hours: bostaAnswer,
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
  scan: {
    who: 'hub',
    deputy: 'manager',
    hours: (w) => w.bench_idle_hours,
    en: 'Waiting for the hub to scan the product, which has come by what Bosta says',
    ar: 'في انتظار مسح المنتج في المركز بعد أن أفادت بوسطة بوصوله',
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
  stock: {
    who: 'stock',
    deputy: 'manager',
    hours: (w) => w.bench_idle_hours,
    en: 'Waiting for the product that replaces this one to be in stock at the hub',
    ar: 'في انتظار توفر المنتج البديل في مخزون المركز',
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
    hours: bostaAnswer,
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
    hours: bostaAnswer,
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
    hours: bostaAnswer,
    en: 'Waiting for Bosta to call the delivery off',
    ar: 'في انتظار إلغاء بوسطة للشحنة',
  },
};
