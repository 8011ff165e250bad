import type { Dice } from '../../dev/bosta/dice.ts';
import type { Lot } from './difficulties.ts';

/** The shop's own number of what was sent under a tracking number. */
export function shopNumber(tracking: string): string {
  return `#${Number(tracking) - 9_960_000}`;
}

/** Notes of an after-sales order: they name a tracking number, or are for the courier. */
export function notesOf(named: string | undefined, { dice, meets }: Lot): string {
  if (named === undefined) return dice.pick(['', 'الاتصال قبل الوصول', 'Call first']);
  return meets('attached_number') ? withSomethingAttached(named, dice) : `بديل للشحنة ${named}`;
}

function withSomethingAttached(tracking: string, dice: Dice): string {
  const parts = [tracking.slice(0, 4), tracking.slice(4, 6), tracking.slice(6)];
  return dice.pick([
    ...([`AWB${tracking}`, `R${tracking}`, `صيانة ${tracking}-1`, `${tracking}_return`] as const),
    ...([`رقم البوليصة ${parts.join('-')}`, `ref ${parts.join('.')}`] as const),
  ]);
}

/** How an after-sales order bears the shop's number of its sale. */
export function returnOf(number: string, dice: Dice): string {
  return dice.pick([`${number}-R`, `R${number.slice(1)}`, number]);
}
