import { plainSpelling } from '../../domain/arabic.ts';
import { cairoDay, cairoDayStart, cairoInstant } from '../../domain/cairo-time.ts';
import { latinDigits, withoutMarks } from '../../domain/digits.ts';
import { exported, isAbsent, type Read, unreadable } from './read-value.ts';

/** As nearly all of Bosta's times are written. */
const plainTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;
/** As JavaScript writes them, and many of Bosta's too: "Wed Aug 13 2025 09:45:51 GMT+0000 (…)". No place on earth is further from UTC than 14 hours. */
const spokenTime =
  /^([A-Z][a-z]{2} [A-Z][a-z]{2} (\d\d) \d{4}) \d\d:\d\d:\d\d GMT[+-](?:0\d|1[0-4])[0-5]\d(?= \(|$)/;
const epoch = /^(?:\d{10}|\d{13})(?:\.\d+)?$/;

/** The ways to write a day. Bosta and Egypt put the day before the month. */
const dayFirst = /^(?<date>\d{1,2})([-/.])(?<month>\d{1,2})\2(?<year>\d{4})(?<behind>.*)$/s;
const dayForms = [
  /^(?<year>\d{4})([-/])(?<month>\d{1,2})\2(?<date>\d{1,2})(?<behind>.*)$/s,
  dayFirst,
  /^(?:\p{L}+,?\s+)?(?<month>\p{L}{3,})[\s-]+(?<date>\d{1,2}),?[\s-]+(?<year>\d{4})(?<behind>.*)$/su,
  /^(?:\p{L}+,?\s+)?(?<date>\d{1,2})[\s-]+(?<month>\p{L}{3,}),?[\s-]+(?<year>\d{4})(?<behind>.*)$/su,
];
/** The months by their first letters, in English and in Egypt's spelling. */
const months = [
  'jan feb mar apr may jun jul aug sep oct nov dec',
  'ينا فبر مار ابر ماي يون يول اغس سبت اكت نوف ديس',
].map((names) => names.split(' '));
/** ISO 8601 without what parts its figures: "20250813T094551Z". A day alone so is as well a number. */
const shortForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(?!\d)/;
/** Hour, minute, second, fraction, half of the day and offset (with its zone's name, as Java adds it) behind a day: all but the hour may be missing. */
const clock =
  /^(?:T|,?\s+(?:(?:at|في)\s+)?)(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?(?:\s*([ap]m|[صم]))?\s*(?:(?:(Z|UTC|GMT)|(?:GMT|UTC)?([+-]\d{2}):?(\d{2})?)(?:\[[\w/+-]+\])?)?(?:\s*\(.*\))?$/i;
/** No time is written in more letters; in long runs of spaces the search would take its time. */
const longest = 100;

/**
 * An instant: ISO 8601 or a day in figures or words, with a time and an offset or,
 * without one, in Cairo's time; epoch milliseconds (or seconds); JavaScript's own
 * `Wed Aug 13 2025 09:45:51 GMT+0000 (…)`; a day alone is its beginning in Cairo.
 * Anything outside 2000-2100 is a mistake.
 */
export function readTime(value: unknown): Read<Date> {
  if (typeof value === 'string') {
    if (plainTime.test(value)) return utcInstant(value);
    const [spoken, day, date] = spokenTime.exec(value) ?? [];
    if (spoken !== undefined) return onItsDay(new Date(spoken), new Date(`${day} UTC`), date);
  }
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return exported(value, readTime);
  const text = plainText(value);
  if (epoch.test(text)) return epochInstant(text);
  const { day, behind } = dayIn(text) ?? {};
  if (day === undefined || behind === undefined) return unreadable;
  return behind === '' ? cairoDayStart(day) : instantOn(day, behind);
}

/** A day in Cairo, `YYYY-MM-DD`: written so, as Bosta's `DD-MM-YYYY`, or as an instant. */
export function readDay(value: unknown): Read<string> {
  const written = typeof value === 'string' ? dayIn(plainText(value)) : undefined;
  if (written?.behind === '') return written.day;
  const at = readTime(value);
  return at instanceof Date ? cairoDay(at) : at;
}

function plainText(value: string | number): string {
  const text = withoutMarks(latinDigits(String(value)));
  const plain = text.replaceAll('،', ',').trim();
  return plain.replace(
    shortForm,
    (_, year, month, date, hour, minute, second = '00') =>
      `${year}-${month}-${date}T${hour}:${minute}:${second}`,
  );
}

function epochInstant(text: string): Read<Date> {
  const [whole = ''] = text.split('.');
  return plausible(new Date(Number(whole) * (whole.length === 10 ? 1000 : 1)));
}

/** The day with which a text begins, and what is behind it; undefined where it begins with none. */
function dayIn(text: string): { day: string; behind: string } | undefined {
  if (text.length > longest) return undefined;
  for (const form of dayForms) {
    const { year = '', month = '', date = '', behind = '' } = form.exec(text)?.groups ?? {};
    if (year === '') continue;
    const day = `${year}-${monthNumber(month)}-${date.padStart(2, '0')}`;
    // Where people write "AM" and "PM" the month may come first.
    const isSure = form !== dayFirst || !/[ap]m/i.test(behind);
    return isSure && utcInstant(`${day}T00:00:00Z`) !== unreadable ? { day, behind } : undefined;
  }
  return undefined;
}

function monthNumber(month: string): string {
  if (/^\d/.test(month)) return month.padStart(2, '0');
  const name = plainSpelling(month).slice(0, 3);
  const place = months.map((names) => names.indexOf(name)).find((at) => at >= 0) ?? -1;
  return String(place + 1).padStart(2, '0');
}

function instantOn(day: string, behind: string): Read<Date> {
  const [is, hour = '', minute = '00', second = '00', fraction = '', half, utc, ahead, more] =
    clock.exec(behind) ?? [];
  if (is === undefined) return unreadable;
  const wall = `${day}T${hourOfDay(hour, half)}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  const inUtc = utcInstant(`${wall}Z`);
  if (inUtc === unreadable || utc !== undefined) return inUtc;
  return plausible(
    ahead === undefined ? cairoInstant(wall) : new Date(`${wall}${ahead}:${more ?? '00'}`),
  );
}

/** The hour in two digits; of a half of the day only 1 to 12 is one, and what is none makes no instant. */
function hourOfDay(hour: string, half: string | undefined): string {
  if (half === undefined) return hour.padStart(2, '0');
  if (Number(hour) < 1 || Number(hour) > 12) return '';
  const isLater = /^(?:p|م)/i.test(half);
  return String((Number(hour) % 12) + (isLater ? 12 : 0)).padStart(2, '0');
}

function utcInstant(text: string): Read<Date> {
  const at = new Date(text);
  return onItsDay(at, at, text.slice(8, 10));
}

/** 31 June rolls over to another day: then the text is no time. */
function onItsDay(at: Date, day: Date, date: string | undefined): Read<Date> {
  return day.getUTCDate() === Number(date) ? plausible(at) : unreadable;
}

function plausible(at: Date): Date | typeof unreadable {
  const year = at.getUTCFullYear();
  return year >= 2000 && year <= 2100 ? at : unreadable;
}
