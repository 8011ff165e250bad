import type { FailureCause } from './vocabulary.ts';

type Sentence = { en: string; ar: string };

const why: Record<FailureCause, Sentence> = {
  unidentifiable: {
    en: 'It names no delivery: it has neither a readable tracking number nor an id, or is something else.',
    ar: 'لا يدل على شحنة: ليس فيه رقم تتبع مقروء ولا معرّف، أو هو شيء آخر.',
  },
  too_deep: {
    en: 'It is nested too deeply to be kept whole.',
    ar: 'تداخل بياناته أعمق من أن يُحفظ كاملًا.',
  },
  refused_value: {
    en: 'The database refused a value in it.',
    ar: 'رفضت قاعدة البيانات قيمة فيه.',
  },
  program_error: {
    en: 'The program failed at it, which is no fault of the delivery: tell who looks after the platform.',
    ar: 'تعطّل البرنامج عنده، وليس الخلل في الشحنة: أبلغوا المسؤول عن النظام.',
  },
};

/** Why a delivery could not be taken in, and what becomes of it, in both languages. */
export function failureSentence(cause: FailureCause): Sentence {
  const { en, ar } = why[cause];
  return {
    en: `${en} It is tried again whenever it is read.`,
    ar: `${ar} وتُعاد المحاولة كلما قُرئ.`,
  };
}
