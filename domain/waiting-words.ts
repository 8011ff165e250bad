import { cairo } from './cairo-time.ts';
import type { WaitingParty } from './vocabulary.ts';

/** What is waited for, and from when on the deputy is asked too, in both languages. */
export function sentenceOf(
  wait: { en: string; ar: string; deputy: WaitingParty },
  { since, escalation, isDue }: { since: string; escalation: string; isDue: boolean },
): { en: string; ar: string } {
  const begun = { en: momentText(since, 'en'), ar: momentText(since, 'ar') };
  const due = { en: momentText(escalation, 'en'), ar: momentText(escalation, 'ar') };
  const deputy = { en: deputyText.en[wait.deputy], ar: deputyText.ar[wait.deputy] };
  return {
    en: `${wait.en} since ${begun.en}, ${deputy.en} ${isDue ? 'too since' : 'from'} ${due.en}`,
    ar: `${wait.ar} منذ ${begun.ar}، ${isDue ? 'وكذلك' : 'ثم'} ${deputy.ar} ${isDue ? 'منذ' : 'من'} ${due.ar}`,
  };
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

const momentFormats = { en: momentFormat('en-GB'), ar: momentFormat('ar-EG') };

function momentFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    ...{ timeZone: cairo, day: 'numeric', month: 'short' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
}

/** A moment on Cairo's clock, as people there read it. */
export function momentText(iso: string, language: 'en' | 'ar'): string {
  return momentFormats[language].format(new Date(iso));
}
