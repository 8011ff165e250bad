import { latinDigits } from './digits.ts';

/** A thing's name and how many there are of it: 0 where that is not said. */
export type Counted = { name: string; count: number };

/** What a delivery holds, as far as its text tells. */
export type ProductText = { product_name: string; product_count: number | undefined };

/** What may stand behind a count although it begins with a number: it has a unit that is no length ("2 * 1000W"). */
const measure =
  '\\d+(?:[.,]\\d+)? ?(?:[wW](?:atts?)?|وات|واط|[lL](?:it(?:er|re)s?)?|لتر|ml|مل|kg|كجم|كيلو)(?!\\p{L})';
/**
 * A count and the sign after it, or before it ("x2 name"): not where a number follows,
 * since two numbers are a size ("30*40 سم", lessons.md 11). Within a word an x is a
 * letter; in "2xBlender" it is none, and a large one before a number is a model's ("X5").
 */
const countFirst = new RegExp(
  `^(?:(\\d{1,3})\\s*(?:[*×]|[xX](?![A-Za-z])|(?<=\\d)x(?=[A-Z]\\w))\\s*|[*×x]\\s?(\\d{1,3})\\s+)((?:[^\\d\\s]|${measure}).*)$`,
  'su',
);
/** The sign and a count after it, also in brackets or with "pcs": not behind a number either, unless that is a model's ("BL-1000", as in the catalogue). */
const countLast =
  /^(.*(?:[^\d\s([]|(?<![A-Za-z])[A-Za-z]{2}-?\d{3,5}))\s*[([]?(?:[*×]|(?<![A-Za-z])[xX])\s*(\d{1,3})(?:\s?(?:قطع[ةه]?|pcs?|pieces?))?[)\]]?$/su;
/** The same with the sign at the end: "name 2x". */
const countThenSign = /^(.*[^\d\s([*×xX])\s+[([]?(\d{1,3})\s?[×x][)\]]?$/su;
/** A count with its word, first or last: "عدد 2 name", "name - qty: 2". */
const saysCount = /عدد|كمي[ةه]|qty|quantity/i;
const countInWords = '\\(?(?:(?:ال)?(?:عدد|كمي[ةه])|qty|quantity)\\s?[:.=]?\\s?\\(?(\\d{1,3})\\)*';
const wordFirst = new RegExp(`^${countInWords}\\s?[-:*×x]?\\s(\\D.*)$`, 'isu');
const wordLast = new RegExp(`^(.*[^\\s,:–-])[\\s,:–-]+${countInWords}$`, 'isu');
/** A count that stands where the next thing of a list would: "خلاط، عدد 2". */
export const countAlone = new RegExp(`^(?:${countInWords}|[*×]\\s?\\d{1,3})$`, 'iu');
/**
 * A length before the sign: with the number after it a size ("30 سم × 40", lessons.md 11).
 * One that ends a size ("30*40 سم") leaves that number a count.
 */
const lengthBehind =
  /(?<!\d ?[*×xX] ?)(?<![\d.,])\d+(?:[.,]\d+)? ?(?:سم|مم|م|متر|انش|إنش|بوصة|بوصه|cm|mm|m|inch|in|")$/iu;

/** Reads how many there are of a thing whose spaces are single ones: `2 * name`, `name × 2`, `name عدد 2`. */
export function counted(thing: string): Counted {
  const clean = latinDigits(thing);
  const [, before, after, rest] = countFirst.exec(clean) ?? [];
  if (rest !== undefined)
    return { name: thing.slice(-rest.length), count: Number(before ?? after) };
  const last = countLast.exec(clean) ?? countThenSign.exec(clean);
  if (last?.[1] && !lengthBehind.test(last[1])) return named(thing, last[1], last[2]);
  return saysCount.test(clean) ? countedInWords(thing, clean) : { name: thing, count: 0 };
}

/** More pieces are in no parcel. */
const mostPieces = 1_000_000;

/** Several things as one: their names are one name, their counts one sum; undefined where there are none. */
export function together(things: readonly Counted[]): ProductText | undefined {
  if (things.length === 0) return undefined;
  const pieces = things.reduce((sum, { count }) => sum + count, 0);
  return {
    product_name: things.map(({ name }) => name).join(' + '),
    product_count: pieces > 0 && pieces <= mostPieces ? pieces : undefined,
  };
}

function countedInWords(thing: string, clean: string): Counted {
  const [, count, rest] = wordFirst.exec(clean) ?? [];
  if (rest !== undefined) return { name: thing.slice(-rest.length), count: Number(count) };
  const last = wordLast.exec(clean);
  return last?.[1] ? named(thing, last[1], last[2]) : { name: thing, count: 0 };
}

function named(thing: string, name: string, count: string | undefined): Counted {
  return {
    name: thing.slice(0, name.length).replace(/(?<![\s,])[\s,]+$/, ''),
    count: Number(count),
  };
}
