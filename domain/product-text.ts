import { plainSpelling } from './arabic.ts';
import { latinDigits } from './digits.ts';

/** A product of the catalogue, with its names in both languages. */
export type NamedProduct = { sku: string; name: string; name_ar: string };

/** What a delivery holds, as far as its text tells. */
export type ProductText = { product_name: string; product_count: number | undefined };

/**
 * A count and the sign after it: not where a number follows, since two numbers are a size
 * ("30*40 سم", lessons.md 11), unless it has a unit that is no length ("2 * 1000W").
 * Within a word an x is a letter; in "2xBlender" it is none.
 */
const countFirst =
  /^(\d{1,3})\s*(?:[*×]|[xX](?![A-Za-z])|(?<=\d)x(?=[A-Z]\w))\s*((?:[^\d\s]|\d+(?:[.,]\d+)? ?(?:[wW](?:atts?)?|وات|واط|[lL](?:it(?:er|re)s?)?|لتر|ml|مل|kg|كجم|كيلو)(?!\p{L})).*)$/su;
/** The sign and a count after it: not behind a number either, unless that is a model's ("BL-1000", as in the catalogue). */
const countLast =
  /^(.*(?:[^\d\s]|(?<![A-Za-z])[A-Za-z]{2}-?\d{3,5}))\s*(?:[*×]|(?<![A-Za-z])[xX])\s*(\d{1,3})$/su;
/**
 * A length before the sign: with the number after it a size ("30 سم × 40", lessons.md 11).
 * One that ends a size ("30*40 سم") leaves that number a count.
 */
const lengthBehind =
  /(?<!\d ?[*×xX] ?)(?<![\d.,])\d+(?:[.,]\d+)? ?(?:سم|مم|م|متر|انش|إنش|بوصة|بوصه|cm|mm|m|inch|in|")$/iu;

/** What stands between the things that a text lists. */
const listed = /[+\n،؛;|]/u;

/** What comes with a product and is none itself: its warranty, and the glasses given away with it. */
const extras = words(
  'ضمان الضمان warranty guarantee كاس كاسات كوب اكواب كوبايه كوبايات cup cups glass glasses',
);
/** What else is said of these: how many, how long, that they are a gift. */
const saidOfExtras = words(
  'x طقم عدد قطعه قطع هديه هدايا مجانا مجاني مع من زجاج زجاجيه لمده شامل سنه سنتين سنوات سنين عام عامين شهر شهرين شهور اشهر free gift set of pcs pieces with a full one two three year years yr month months',
);
/** No more than a first look: nearly all texts have no such word. */
const mayBeExtra = /ضمان|warranty|guarantee|ك[اأو]|cup|glass/iu;

/** A warranty named behind the product without a sign between them. */
const warrantyBehind =
  /\s+(?:مع\s+|with\s+|[-–(]\s*)?(?:ضمان|warranty)\s+(?:سنة|سنه|سنتين|عام|عامين|\d+\s*(?:سنة|سنه|سنوات|شهر|years?|months?))\)?$|\s+(?:with\s+|[-–(]\s*)?\d+\s*[- ]?(?:years?|months?)\s+warranty\)?$/iu;

/**
 * Reads `2 * name` and `name × 2` as a count and a name; any other text is a name
 * alone. Of a text that lists several, the names are one name and the counts one sum;
 * one without a count adds none, since it is as often a colour as a product. What comes
 * with the product is left out: "ضمان سنة" and glass cups are no products. Undefined
 * where there is no text, or nothing else in it.
 */
export function productText(text: string): ProductText | undefined {
  const products = text
    .split(listed)
    .map((thing) => thing.replaceAll(/\s+/g, ' ').trim())
    .filter((thing) => thing !== '' && !isExtra(thing))
    .map((thing) => counted(thing.replace(warrantyBehind, '')));
  if (products.length === 0) return undefined;
  return {
    product_name: products.map(({ name }) => name).join(' + '),
    product_count: products.reduce((sum, { count }) => sum + count, 0) || undefined,
  };
}

/** A thing's name and how many there are of it: 0 where that is not said. */
function counted(thing: string): { name: string; count: number } {
  const clean = latinDigits(thing);
  const first = countFirst.exec(clean);
  if (first?.[2]) return { name: thing.slice(-first[2].length), count: Number(first[1]) };
  const last = countLast.exec(clean);
  if (last?.[1] && !lengthBehind.test(last[1]))
    return { name: thing.slice(0, last[1].length).trim(), count: Number(last[2]) };
  return { name: thing, count: 0 };
}

/** Whether a thing is an extra and nothing else: a blender's jug ("كوب خلاط") is more, and so is the product that a warranty is claimed for. */
function isExtra(thing: string): boolean {
  if (!mayBeExtra.test(thing)) return false;
  const said = plainSpelling(thing).match(/\p{L}+/gu) ?? [];
  return (
    said.some((word) => extras.has(word)) &&
    said.every((word) => extras.has(word) || saidOfExtras.has(word))
  );
}

function words(text: string): Set<string> {
  return new Set(text.split(' '));
}

/** Words that say nothing about which product it is: gifts, warranties, measures of packing. */
const noise = new Set([
  'ضمان',
  'سنه',
  'هديه',
  'كاسات',
  'عدد',
  'قطعه',
  'the',
  'of',
  'with',
  'warranty',
]);

/** The words by which two texts about one product agree, whatever their spelling and order. */
export function productWords(text: string): Set<string> {
  const plain = plainSpelling(latinDigits(text));
  const found = plain.split(/[^\p{L}\p{N}]+/u).map((word) => word.replace(/^ال(?=\p{L}{3})/u, ''));
  return new Set(found.filter((word) => word.length > 1 && !noise.has(word)));
}

/** How much two product texts agree, 0 to 1: the shared words among those of the shorter text. Undefined where either says nothing. */
export function productAgreement(a: string, b: string): number | undefined {
  const [left, right] = [productWords(a), productWords(b)];
  const shorter = Math.min(left.size, right.size);
  return shorter === 0 ? undefined : left.intersection(right).size / shorter;
}
