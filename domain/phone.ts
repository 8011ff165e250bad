import { latinDigits } from './digits.ts';

/** 010, 011, 012, 015 and eight digits (domain.md, "Phones"); the zero is left out as often as not, even after the country's 20. */
const mobile = /^(?:(?:0?20)?0?)(1[0125]\d{8})$/;
/** Cairo (2) has eight digits, Alexandria (3) and all other areas seven; without 0 or 20 a number names no area. */
const landline = /^(?:20|0|200)(2\d{8}|3\d{7}|(?:13|15|[4-9]\d)\d{7})$/;

/** As nearly all phones are written: these need no parting. */
const plain = /^\+?\d+$/;
/** What never stands within a phone: a sign or a word between two, a plus that means "and"; a slash does behind an area ("010/12345678"). A spreadsheet adds ".0". The line that Arabic keyboards have for a hyphen is no letter here. */
const between = /(?<!(?<!\d)0\d{1,2} ?)\/|[\\,;|،؛&\n]|\.0$|[^\P{L}ـ]+|\+(?!\d)|(?<=\d)\+|(?=\+)/u;
/** A hyphen with room around it, which may stand within a phone too: "010 - 12345678". */
const apart = /\s[-–—]\s/;
/** A mobile in one piece, with its zero or country: what else stands there belongs to another number. */
const whole = /(?<!\d)((?:0|(?:00)?200?)1[0125]\d{8})(?!\d)/;
/** Two phones, digit by digit, have no more groups. */
const mostGroups = 30;
/** The shortest number that people call ("19666"); what has fewer digits is a flat or an extension. */
const shortestNumber = 5;

/** Whether a canonical phone is an Egyptian mobile: only of these is it known how many digits they must have. */
export function isMobile(phone: string): boolean {
  return /^201[0125]\d{8}$/.test(phone);
}

/** The phones in one field, and whether a number stands there besides that is none. */
type PhonesRead = { phones: string[]; isAllRead: boolean };

/**
 * The phones in one field, the first before all: people put two where there is room
 * for one ("01012345678 / 01112345678"). Signs and words part them before spaces and
 * hyphens are taken out, so that no phone is made of parts of two. With the area of who has
 * them, landlines are read too as they are dialled there.
 */
export function phonesIn(text: string, area?: string): PhonesRead {
  const typed = latinDigits(text);
  const one = plain.test(typed) ? canonicalPhone(typed) : undefined;
  if (one !== undefined) return { phones: [one], isAllRead: true };
  const pieces = typed
    .split(between)
    .flatMap((part) => part.split(whole))
    .flatMap(partedAtHyphens);
  const read = pieces.map((piece) => phonesInPiece(piece, area));
  return {
    phones: [...new Set(read.flat())],
    isAllRead: pieces.every((piece, at) => read[at]?.length !== 0 || !mayBeNumber(piece)),
  };
}

function partedAtHyphens(piece: string): string[] {
  const isRead = !apart.test(piece) || phonesInPiece(piece).length > 0;
  return isRead ? [piece] : piece.split(apart);
}

function phonesInPiece(piece: string, area?: string): string[] {
  const one = canonicalPhone(piece) ?? phoneOfArea(piece, area);
  if (one !== undefined) return [one];
  const groups = piece.match(/\+?\d+/g) ?? [];
  const [way = [], another] = groups.length > mostGroups ? [] : waysToRead(groups);
  return another === undefined ? way : [];
}

/** All ways in which groups of digits are Egyptian phones one after the other: where there are two, either may be wrong. A foreign one has no length that would tell where it ends. */
function waysToRead(groups: readonly string[]): string[][] {
  if (groups.length === 0) return [[]];
  return groups.flatMap((_, last) => {
    const phone = canonicalPhone(groups.slice(0, last + 1).join(''));
    if (!phone?.startsWith('20')) return [];
    return waysToRead(groups.slice(last + 1)).map((others) => [phone, ...others]);
  });
}

/** A landline as it is dialled in its area, or with this but without a zero: "2345678", "55 2345678". */
function phoneOfArea(piece: string, area: string | undefined): string | undefined {
  const digits = piece.replaceAll(/\D/g, '');
  if (area === undefined || !/^[2-9]/.test(digits)) return undefined;
  const withArea = digits.startsWith(area) ? canonicalPhone(`0${digits}`) : undefined;
  return withArea ?? canonicalPhone(`0${area}${digits}`);
}

function mayBeNumber(piece: string): boolean {
  return piece.replaceAll(/\D/g, '').length >= shortestNumber;
}

/**
 * The one form in which a phone is stored and looked up: `201012345678`, country
 * first, digits alone. Takes every spelling of Egyptian mobiles, landlines with
 * their area, and foreign numbers; undefined where the text is no phone number.
 */
export function canonicalPhone(text: string): string | undefined {
  const typed = latinDigits(text).trim();
  const digits = typed.replaceAll(/\D/g, '');
  const isForeign = typed.startsWith('+') || digits.startsWith('00');
  const number = digits.replace(/^00/, '');
  const national = mobile.exec(number)?.[1] ?? landline.exec(number)?.[1];
  if (national !== undefined) return `20${national}`;
  if (number.startsWith('20') || number.startsWith('0')) return undefined;
  // Without + or 00 only a length that no Egyptian number has tells a foreign one from a mistyped one.
  const shortest = isForeign ? 7 : 12;
  return number.length >= shortest && number.length <= 15 ? number : undefined;
}

/** A number of which the beginning or the middle is hidden: its end is what tells it. */
const masked = /^\+?(\d*)[*xX•]{2,}(\d{2,})$/;

/** Whether a text shows some digits of this canonical phone and hides the others ("010*****678"). */
export function isMaskOf(text: string, phone: string): boolean {
  const [, start = '', end] = masked.exec(latinDigits(text).replaceAll(/[\s-]/g, '')) ?? [];
  if (end === undefined || !phone.endsWith(end)) return false;
  return [phone, `00${phone}`, phone.replace(/^20/, '0')].some((form) => form.startsWith(start));
}
