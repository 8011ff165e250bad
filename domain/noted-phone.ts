import { plainSpelling } from './arabic.ts';
import { latinDigits } from './digits.ts';
import type { BostaOrder } from './order-columns.ts';
import { isMobile, phonesIn } from './phone.ts';

/** What says of a number that it is the customer's other one, and the number with its zero or country: without these it may be a parcel's. */
const other = new RegExp(
  `(?<!\\p{L})(?:${[
    '(?:ال)?(?:رقم|تليفون|تلفون|موبايل|محمول|هاتف|فون) ?(?:ال)?(?:تاني|ثاني|اخر|بديل|احتياطي|اضافي|2(?!\\d))',
    '(?:تاني|ثاني) (?:رقم|تليفون|تلفون|موبايل)',
    '(?:second|2nd|other|another|alt(?:ernat(?:e|ive))?|additional|backup) (?:phone|mobile|number|tel|contact)',
    '(?:phone|mobile|number|tel) ?2(?!\\d)',
    'واتس(?: ?اب)?',
    'whats ?app',
  ].join('|')})(?!\\p{L})\\D{0,20}?(\\+?(?:0|20)[\\d .-]{9,18})`,
  'u',
);

/** The second phone that stands in an order's notes alone: "رقم تاني 01012345678". What else they name may be the courier's or the shop's. */
export function otherPhoneNoted({
  notes,
  receiver_phone,
}: Pick<BostaOrder, 'notes' | 'receiver_phone'>): string | null {
  const plain = latinDigits(notes ?? '');
  if (!/\d{2}/.test(plain)) return null; // as nearly all notes
  const [, typed = ''] = other.exec(plainSpelling(plain)) ?? [];
  const [found] = phonesIn(typed).phones.filter(isMobile);
  return found === undefined || found === receiver_phone ? null : found;
}
