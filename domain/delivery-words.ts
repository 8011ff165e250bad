import { plainSpelling } from './arabic.ts';
import { deliveryStates, deliveryTypes } from './delivery-state.ts';
import { withoutMarks } from './digits.ts';

/** What people and Bosta call each state beside its name in `deliveryStates`, in both languages. */
const stateWords: Record<keyof typeof deliveryStates, readonly string[]> = {
  10: ['created', 'تم طلب الاستلام', 'تم الإنشاء'],
  11: ['في انتظار خط السير'],
  20: ['تم تحديد خط السير'],
  21: ['picked up', 'تم الاستلام من الشركة'],
  22: ['picking up from customer', 'جاري الاستلام من العميل'],
  23: ['picked up', 'picked up from customer', 'تم الاستلام من العميل'],
  24: ['processing', 'تم الاستلام في المخزن', 'جاري المعالجة'],
  25: ['تم التجهيز'],
  30: ['in transit', 'في الطريق', 'في الطريق بين الفروع'],
  40: ['جاري الاستلام'],
  41: ['out for delivery', 'خرج للتسليم', 'جاري التسليم', 'جاري التوصيل'],
  45: ['تم التسليم', 'تم التوصيل'],
  46: ['returned', 'exchanged returned', 'مرتجع', 'تم الإرجاع', 'تم الإرجاع للشركة'],
  47: ['استثناء', 'تعذر التسليم'],
  48: ['تم الإنهاء'],
  49: ['cancelled', 'ملغي', 'تم الإلغاء'],
  60: ['returned', 'مرتجع', 'تم الإرجاع للمخزن'],
  100: ['مفقود'],
  101: ['تالف'],
  102: ['قيد التحقيق'],
  103: ['في انتظار إجراء منك'],
  104: ['مؤرشف'],
  105: ['معلق', 'قيد الانتظار'],
};

/** What people and Bosta call each type (hub-practice.md, "The bench at the hub today"). */
const typeWords = new Map<number, readonly string[]>([
  [deliveryTypes.send, ['send', 'إرسال']],
  [deliveryTypes.cash_collection, ['cash collection', 'تحصيل نقدي']],
  [deliveryTypes.return_to_origin, ['return to origin', 'RTO', 'مرتجع مخزن', 'مرتجع للراسل']],
  [
    deliveryTypes.customer_return,
    ['customer return', 'customer return pickup', 'CRP', 'استرجاع عميل', 'استرجاع من العميل'],
  ],
  [deliveryTypes.exchange, ['exchange', 'استبدال']],
  [35, ['sign and return', 'توقيع وإرجاع']],
]);

type Named = readonly (readonly [code: number, names: readonly string[]])[];

const states: Named = Object.entries(deliveryStates).map(([code, name]) => {
  const words = stateWords[Number(code) as keyof typeof deliveryStates];
  return [Number(code), [name, ...words].map(plainName)];
});
const types: Named = [...typeWords].map(([code, names]) => [code, names.map(plainName)]);

/** Bosta's codes of the states that people call so, in English or Arabic: some names are of several. */
export function statesCalled(name: string): number[] {
  return codesCalled(states, name);
}

/** Bosta's codes of the types that people call so. */
export function typesCalled(name: string): number[] {
  return codesCalled(types, name);
}

/** The states in whose names this is a word: a whole one, since "سليم" is a customer, and "التسليم" another thing. */
export function statesWithWord(word: string): number[] {
  return codesWithWord(states, word);
}

/** The types in whose names this is a word. */
export function typesWithWord(word: string): number[] {
  return codesWithWord(types, word);
}

function codesCalled(all: Named, name: string): number[] {
  const wanted = plainName(name);
  return all.flatMap(([code, names]) => (names.includes(wanted) ? code : []));
}

function codesWithWord(all: Named, word: string): number[] {
  const wanted = plainName(word).split(' ');
  return all.flatMap(([code, names]) =>
    names.some((name) => wanted.every((one) => name.split(' ').includes(one))) ? code : [],
  );
}

/** A name as people may write it: in any case, with other spaces, or like a program's ("CUSTOMER_RETURN_PICKUP"), with the article or without. */
function plainName(name: string): string {
  const words = plainSpelling(withoutMarks(name))
    .split(/[\s_-]+/)
    .filter(Boolean);
  return words.map((word) => word.replace(/^ال(?=.{3})/, '')).join(' ');
}
