import { latinDigits } from './digits.ts';

/** 010, 011, 012, 015 and eight digits (domain.md, "Phones"); the zero is left out as often as not, even after the country's 20. */
const mobile = /^(?:(?:20)?0?)(1[0125]\d{8})$/;
/** Cairo (2) has eight digits, Alexandria (3) and all other areas seven; without 0 or 20 a number names no area. */
const landline = /^(?:20|0|200)(2\d{8}|3\d{7}|(?:13|15|[4-9]\d)\d{7})$/;

/** What stands between two phones in one field; a hyphen within one is no such sign, since what can be read as one is one. */
const between = /[/\\,;|،\n-]|\s(?:او|أو|و|or|and)\s/iu;

/** The phones in one field, the first before all: people put two where there is room for one ("01012345678 / 01112345678"). Empty where none can be read. */
export function phonesIn(text: string): string[] {
  const one = canonicalPhone(text);
  if (one !== undefined) return [one];
  return [...new Set(text.split(between).flatMap((part) => canonicalPhone(part) ?? []))];
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
