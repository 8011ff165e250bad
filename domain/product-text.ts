import { plainSpelling } from './arabic.ts';
import { latinDigits, withoutMarks } from './digits.ts';
import { type Counted, countAlone, counted, type ProductText, together } from './product-count.ts';
import { wordList } from './word-list.ts';

/** A product of the catalogue, with its names in both languages. */
export type NamedProduct = { sku: string; name: string; name_ar: string };

/** What stands between the things that a text lists. */
const listed = /[+\n،؛;|•]/u;
/** What stands before a thing and is none of its name: the mark of a list. */
const bullet = /^[-–—*] (?!\d)|^[-–—] /;
/** What ends a sentence or a list, and no name; in a long run of them the search begins once. */
const ending = /(?<![\s,.])[\s,.]+$/;
/** The sign of a count as keyboards of phones have it. */
const times = /[✕✖]\uFE0F?/gu;
const pictures = /\p{Extended_Pictographic}\uFE0F?/gu;

/** What comes with a product and is none itself: its warranty, and the glasses or another gift given away with it. */
const extras = wordList(`
  ضمان الضمان warranty guarantee كاس كاسات كوب اكواب كوبايه كوبايات cup cups glass glasses هديه
  gift
`);
/** What else is said of these: how many, how long, that they are a gift. */
const saidOfExtras = wordList(`
  x طقم عدد قطعه قطع هدايا مجانا مجانيه شهاده كارت بطاقه كامل كامله مجاني مع من زجاج زجاجيه لمده
  شامل سنه سنتين سنوات سنين عام عامين شهر شهرين شهور اشهر free card certificate set of pcs pieces
  with a full one two three year years yr month months
`);
/** No more than a first look: nearly all texts have no such word. */
const mayBeExtra = /ضمان|warranty|guarantee|ك[اأو]|cup|glass|هدي|gift/iu;

/** No extra is named in more letters. */
const longestExtra = 60;
/** Where an extra may begin that is named behind the product without a sign between them; the hyphen of a model's number ("BL-500") is none. */
const joint =
  /\s*(?:(?<!(?<![\p{L}\d])[a-z]{1,4})-|-(?!\d)|[–(,&/])\s*|\s(?:مع|with|w\/|and)\s|\s(?=ضمان|warranty|\d+[ -]?(?:year|month|سن|شه|عام)|سن[ةهت]|عام)|\sب(?=ضمان)|\sو ?(?=\d|ضمان|ك[اأو]|[اأ]كواب)/giu;
/** Where a list goes on by a sign or a word that a single name may have too; "1,5" and "3/4" are numbers. */
const perhapsListed = /\s*[,/&](?:\s+|(?!\d))|\s(?:-|and|و)\s|\sو(?=\d)/iu;
/** A count behind one of these is the product's ("ضمان سنة × 2", "6 كاسات × 2"); another may be the gift's ("كاسات × 6"). */
const countedThemselves = /ضمان|warranty|guarantee|\d/iu;

/**
 * Reads `2 * name` and `name × 2` as a count and a name; any other text is a name
 * alone. Of a text that lists several, the names are one name and the counts one sum;
 * one without a count adds none, since it is as often a colour as a product. What comes
 * with the product is left out: "ضمان سنة" and glass cups are no products. Undefined
 * where there is no text, or nothing else in it.
 */
export function productText(text: string): ProductText | undefined {
  const products = withoutMarks(withoutMarkup(text))
    .replaceAll(times, '×')
    .replaceAll(pictures, ' ')
    .split(listed)
    .map((thing) => thing.replaceAll(/\s+/g, ' ').trim().replace(bullet, '').replace(ending, ''))
    .filter((thing) => thing !== '' && !isExtra(thing))
    .reduce<string[]>(withItsCount, [])
    .flatMap(productsIn);
  return together(products);
}

/** Adds a thing to those before it; a count alone to the last of them. */
function withItsCount(things: string[], thing: string): string[] {
  const last = countAlone.test(latinDigits(thing)) ? things.pop() : undefined;
  things.push(last === undefined ? thing : `${last} ${thing}`);
  return things;
}

/** One thing, or those of a list where each has its count ("2 * خلاط, 1 * كبة"), or the first has the only one ("خلاط × 2, أسود"). */
function productsIn(thing: string): Counted[] {
  const whole = productIn(thing);
  if (!perhapsListed.test(thing)) return [whole];
  const several = thing
    .split(perhapsListed)
    .filter((part) => part !== '' && !isExtra(part))
    .map(productIn);
  const firstCounts = whole.count === 0 && several[0] !== undefined && several[0].count > 0;
  return firstCounts || several.every(({ count }) => count > 0) ? several : [whole];
}

function productIn(thing: string): Counted {
  const alone = counted(withoutExtra(thing));
  if (alone.count > 0 || !mayBeExtra.test(thing)) return alone;
  const { name, count } = counted(thing);
  const extra = latinDigits(name.slice(withoutExtra(name).length));
  return countedThemselves.test(extra) ? { name: alone.name, count } : alone;
}

const entities = new Map(
  Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', times: '×', bull: '•' },
    ...{ ndash: '–', mdash: '—', deg: '°' },
  }),
);
const entity = /&(?:([a-z]{2,6})|#(\d{1,6})|#x([\da-f]{1,5}));/gi;

/** The text of what came as HTML from a shop: its paragraphs are lines. */
function withoutMarkup(text: string): string {
  if (!/[<&]/.test(text)) return text;
  return text
    .replaceAll(/<(?:br|\/(?:p|div|li|tr))[^<>]*>/gi, '\n')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, ' ')
    .replaceAll(entity, (written, name, decimal, hex) =>
      name === undefined
        ? character(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
        : (entities.get(name.toLowerCase()) ?? written),
    )
    .toWellFormed();
}

/** What is no character to be seen, as NUL, is a space: Postgres takes none. */
function character(code: number): string {
  return code < 32 ? ' ' : String.fromCodePoint(code);
}

/** A product without the warranty or the glasses that are named behind it. */
function withoutExtra(thing: string): string {
  if (!mayBeExtra.test(thing)) return thing;
  const from = Math.max(1, thing.length - longestExtra);
  const at = thing.matchAll(joint).find(({ index, 0: sign }) => {
    return index >= from && isExtra(thing.slice(index + sign.length));
  });
  return at === undefined ? thing : thing.slice(0, at.index);
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

/** Words that say nothing about which product it is: gifts, warranties, measures of packing. */
const noise = wordList('ضمان سنه هديه كاسات عدد قطعه the of with warranty');

/** The words by which two texts about one product agree, whatever their spelling and order. */
export function productWords(text: string): Set<string> {
  const plain = plainSpelling(latinDigits(text));
  const found = plain.split(/[^\p{L}\p{N}]+/u).map((word) => word.replace(/^ال(?=\p{L}{3})/u, ''));
  return new Set(found.filter((word) => word.length > 1 && !noise.has(word)));
}
