import { latinDigits } from './digits.ts';
import { isMobile } from './phone.ts';
import { isOneLetterApart } from './sound.ts';

/** A mobile of 015 that lacks a digit, as a landline is written. */
const likeLandline = /^2015\d{7}$/;
/** As a mobile is typed in Egypt, with a digit wrong where all mobiles have the same, too few or too many: "01312345678", "0101234567", "010123456789". */
const broken = /^(?:01\d{8}|0?1\d{9}|\d[01]\d{9}|[01]\d[0125]\d{8}|01\d{10})$/;
/** `201` is `01` at home. */
const homeLength = 11;

/**
 * What was typed for a mobile and is none, in digits as at home; undefined for
 * what is no such thing. It is nobody's number, but a slip away from somebody's.
 */
export function brokenMobile(typed: string): string | undefined {
  const digits = latinDigits(typed)
    .replaceAll(/\D/g, '')
    .replace(/^(?:00)?20?(?=1)/, '0');
  const atHome = /^1[0125]/.test(digits) && digits.length !== homeLength ? `0${digits}` : digits;
  return broken.test(atHome) ? atHome : undefined;
}

/** A mobile's digits as they are typed at home, whether it is whole or broken; of one of 015 that lacks a digit a landline was read. */
function atHome(phone: string): string | undefined {
  if (isMobile(phone) || likeLandline.test(phone)) return `0${phone.slice(2)}`;
  return broken.test(phone) ? phone : undefined;
}

/** Whether two phones, of which one at least is a whole mobile, differ by what a typist does: one digit wrong, missing or too many, or two neighbours swapped. */
export function isOneSlipApart(a: string, b: string): boolean {
  if (a === b || !(isMobile(a) || isMobile(b))) return false;
  const [left, right] = [atHome(a), atHome(b)];
  return left !== undefined && right !== undefined && isOneLetterApart(left, right);
}

/** Every mobile that is one slip of a typist away: some 80, none for what is no mobile. Of 015 also those that a digit was left out of: landlines are written so. */
export function phonesOneSlipAway(phone: string): string[] {
  const typed = atHome(phone);
  if (typed === undefined) return [];
  const short = isMobile(phone) ? shortened(typed) : [];
  const found = new Set([...meant(typed), ...short].map((digits) => `2${digits}`));
  found.delete(phone);
  return [...found].filter((one) => isMobile(one) || likeLandline.test(one));
}

/** Without each of its digits. */
function shortened(typed: string): string[] {
  return [...typed].map((_, at) => typed.slice(0, at) + typed.slice(at + 1));
}

/** What may have been meant by these digits: each that was forgotten is put in, each that is too many left out, each that may be wrong set right. */
function meant(typed: string): string[] {
  // All mobiles begin with the same two digits: of a whole one these are right.
  const places = [...typed]
    .keys()
    .drop(isMobile(`2${typed}`) ? 2 : 0)
    .toArray();
  const without = (at: number, length: number) => [typed.slice(0, at), typed.slice(at + length)];
  if (typed.length > homeLength) return places.map((at) => without(at, 1).join(''));
  const isShort = typed.length < homeLength;
  const filled = [...places, typed.length].flatMap((at) => {
    const [before = '', after = ''] = without(at, isShort ? 0 : 1);
    return [...'0123456789'].map((digit) => before + digit + after);
  });
  if (isShort) return filled;
  const swapped = places.map((at) => {
    const [before = '', after = ''] = without(at, 2);
    return `${before}${typed[at + 1] ?? ''}${typed[at]}${after}`;
  });
  return [...filled, ...swapped];
}

/** Where the digits begin, as typed at home, that a pattern leaves out, three each: every digit and every two neighbours are among those of one. */
const leftOut = [2, 4, 6, 8];

/**
 * Patterns of which two phones one slip apart always share one, as do a few others:
 * what stands in an index, where all neighbours would be too many. All mobiles
 * begin alike, so that what a broken one has there does not count.
 */
export function slipPatterns(phone: string): string[] {
  const typed = atHome(phone);
  if (typed === undefined) return [];
  const width = 3 + typed.length - homeLength;
  return leftOut.map((at) => `201${typed.slice(2, at)}___${typed.slice(at + width)}`);
}
