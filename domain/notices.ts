import { legsToFormerAddress, type Story } from './address-notice.ts';
import { cairoDay } from './cairo-time.ts';
import type { Leg } from './case.ts';
import { caseReference } from './case-reference.ts';
import { deliveryTypes, isBackWithBusiness, isDelivered } from './delivery-state.ts';
import type { BostaOrder } from './order-columns.ts';
import type { ActionStatus, ActionSubtype } from './vocabulary.ts';

export const noticeCodes = [
  'OTHER_OPEN_CASE',
  'ORDER_NOT_DELIVERED',
  'WARRANTY_OVER',
  'WARRANTY_RUNS',
  'LOST_AND_FOUND',
  'FORMER_ADDRESS',
] as const;

/** What whoever looks at a case should know, though it keeps nobody from going on. */
type Notice = {
  code: (typeof noticeCodes)[number];
  sentence: { en: string; ar: string };
};

/** By what two cases are about the same thing. */
type Subject = { main_order_id: string | null; product_name: string | null };

type Facts = Subject &
  Story & {
    action_subtype: ActionSubtype | null;
    created_at: Date;
    order: Pick<BostaOrder, 'order_type_code' | 'state_code'> | null;
    /** When the sale of the product was delivered; null where none is known. */
    delivered_at: Date | null;
    /** From that on. */
    warranty_months: number;
    /** The other open cases of the customer. */
    others: readonly (Subject & { action_id: number; action_status: ActionStatus })[];
    /** Replacements that were taken for lost, and in whose place another one was sent. */
    lost: readonly Pick<Leg, 'tracking_number' | 'state_code' | 'has_failed'>[];
  };

/** What to tell of an open case: that another one is open for the same order (or, where there is none, the same product), that the customer has not got the order, a warranty that is not as the case has it, a replacement that was lost and is found, and a courier on his way to an address that was changed since. */
export function noticesOf(facts: Facts): Notice[] {
  const others = facts.others.filter((other) => isSame(facts, other));
  const found = facts.lost.filter(({ has_failed }) => !has_failed);
  return [
    ...[...others.map(otherCase), ...deliveryNotices(facts), ...warrantyNotices(facts)],
    ...found.map(foundAgain),
    ...legsToFormerAddress(facts).map(formerAddress),
  ];
}

function isSame(one: Subject, other: Subject): boolean {
  if (one.main_order_id !== other.main_order_id) return false;
  return one.main_order_id !== null || one.product_name === other.product_name;
}

function otherCase({ action_id, action_status }: Facts['others'][number]): Notice {
  const reference = caseReference(action_id);
  return {
    code: 'OTHER_OPEN_CASE',
    sentence: {
      en: `${reference} (${action_status}) is open for the same: go on with that one, or cancel this one where it was opened by mistake.`,
      ar: `الحالة ${reference} مفتوحة للطلب نفسه: تابعوها، أو ألغوا هذه إن فُتحت بالخطأ.`,
    },
  };
}

/** A courier would be sent for what the customer has not got. */
function deliveryNotices({ order }: Facts): Notice[] {
  if (order === null || order.order_type_code === null) return [];
  const sent: number[] = [deliveryTypes.send, deliveryTypes.return_to_origin];
  if (!sent.includes(order.order_type_code) || isDelivered(order.state_code)) return [];
  const en = 'Bosta has not delivered this order: the customer may not have the product.';
  const ar = 'لم تسلّم بوسطة هذا الطلب: قد لا يكون المنتج لدى العميل.';
  return [{ code: 'ORDER_NOT_DELIVERED', sentence: { en, ar } }];
}

/** Of two replacements that are sent the customer is to have one. */
function foundAgain({ tracking_number, state_code }: Facts['lost'][number]): Notice {
  const isBack = isBackWithBusiness(state_code);
  return {
    code: 'LOST_AND_FOUND',
    sentence: {
      en: `Replacement ${tracking_number}, which was taken for lost, is found, and another one was sent in its place: ${isBack ? 'it has come back, and is for the stock' : 'the customer may get two'}.`,
      ar: `عُثر على المنتج البديل في الشحنة ${tracking_number} بعد اعتباره مفقودًا، وقد أُرسل غيره بدلًا منه: ${isBack ? 'عاد إلينا، ومكانه المخزون' : 'قد يصل إلى العميل منتجان'}.`,
    },
  };
}

/** Bosta was asked for the delivery before, and is not told of a change. */
function formerAddress({ tracking_number }: Leg): Notice {
  return {
    code: 'FORMER_ADDRESS',
    sentence: {
      en: `The courier of ${tracking_number} goes to the address that the case had before: ask Bosta to change it, or tell the customer.`,
      ar: `المندوب في الشحنة ${tracking_number} متجه إلى العنوان السابق: اطلبوا من بوسطة تغييره، أو أخبروا العميل.`,
    },
  };
}

/** Warranty is so many months from delivery (hub-practice.md, "Stock"). */
function warrantyNotices(facts: Facts): Notice[] {
  const { action_subtype, created_at, delivered_at, warranty_months } = facts;
  if (action_subtype === null || delivered_at === null) return [];
  const end = monthsLater(delivered_at, warranty_months);
  const day = cairoDay(end);
  const isOver = end < created_at;
  if (action_subtype === 'warranty' && isOver) {
    const en = `The warranty ended on ${day}, before this case was opened as one under warranty.`;
    const ar = `انتهى الضمان في ${day} قبل فتح هذه الحالة على أنها داخل الضمان.`;
    return [{ code: 'WARRANTY_OVER', sentence: { en, ar } }];
  }
  if (action_subtype === 'paid' && !isOver) {
    const en = `The warranty lasts until ${day}, and this case is to be paid by the customer.`;
    const ar = `الضمان سارٍ حتى ${day}، بينما هذه الحالة على حساب العميل.`;
    return [{ code: 'WARRANTY_RUNS', sentence: { en, ar } }];
  }
  return [];
}

/** The same day so many months later, or the last one of a month that is too short. */
function monthsLater(from: Date, months: number): Date {
  const later = new Date(from);
  later.setUTCMonth(from.getUTCMonth() + months);
  if (later.getUTCDate() !== from.getUTCDate()) later.setUTCDate(0);
  return later;
}
