import { plainSpelling } from './arabic.ts';
import { latinDigits } from './digits.ts';
import { kindsIn } from './product-kinds.ts';
import { type NamedProduct, productWords } from './product-text.ts';
import { madeOf, remembered } from './remembered.ts';

/** The product that a text names, and how surely: 0.00 to 1.00. */
export type ProductMatch = { product_sku: string; product_match_confidence: number };

/** Below this the words that agree are those of a whole family of products. */
const leastConfidence = 0.5;
const units = new Set(['w', 'l', 'watt', 'watts', 'وات', 'واط', 'liter', 'litre', 'لتر']);
/** Our own name stands on everything that we sell. */
const ownNames = new Set(['hvar', 'هفار', 'هافار']);

type Words = {
  texts: ReadonlySet<string>;
  numbers: ReadonlySet<string>;
  kinds: ReadonlySet<string>;
};
type Named = { sku: string; words: Words };

/**
 * Makes the matcher for a catalogue. A text is a product by the words that they
 * share among all that either has; a number in both (watts, litres) must be the
 * same, since it tells models apart, and so must a kind: "electric", 60 and "litre" are
 * said of a water heater as of an oven. Undefined where nothing agrees enough, two
 * products do alike, or another one is named in full beside it: a guess is no match.
 * Texts come again and again: each is looked at once.
 */
export const productMatcher = madeOf((catalogue: readonly NamedProduct[]) => {
  const named = catalogue.flatMap(({ sku, name, name_ar }) =>
    [name, name_ar, sku].map((text) => ({ sku, words: wordsOf(text) })),
  );
  const matchOf = remembered((text) => ({ match: bestMatch(wordsOf(text), named) }));
  return (text: string): ProductMatch | undefined => matchOf(text).match;
});

function bestMatch(words: Words, named: readonly Named[]): ProductMatch | undefined {
  const scores = new Map<string, number>();
  for (const { sku, words: own } of named)
    scores.set(sku, Math.max(scores.get(sku) ?? 0, agreement(words, own)));
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a);
  if (first === undefined || first[1] <= leastConfidence || first[1] === second?.[1])
    return undefined;
  if (namesAnother(words, first[0], named)) return undefined;
  return { product_sku: first[0], product_match_confidence: Math.round(first[1] * 100) / 100 };
}

/** Whether the whole name of another product is in a text, and in no name of this one ("Blender 1000W" is, with its kind, in none of a hand blender's). */
function namesAnother(text: Words, sku: string, named: readonly Named[]): boolean {
  const own = named.filter((name) => name.sku === sku);
  return named.some(
    ({ words, ...other }) =>
      other.sku !== sku &&
      isWithin(words, text) &&
      own.every((name) => !isWithin(words, name.words)),
  );
}

function isWithin(name: Words, text: Words): boolean {
  return (
    name.texts.size > 0 &&
    name.texts.isSubsetOf(text.texts) &&
    name.numbers.isSubsetOf(text.numbers) &&
    name.kinds.isSubsetOf(text.kinds)
  );
}

/** Shared words among all words, each side counted (Dice). A number alone is as well a count, a price or a size. */
function agreement(a: Words, b: Words): number {
  if (contradict(a.numbers, b.numbers) || contradict(a.kinds, b.kinds)) return 0;
  const size = a.texts.size + a.numbers.size + b.texts.size + b.numbers.size;
  const texts = a.texts.intersection(b.texts).size;
  return texts === 0 ? 0 : (2 * (texts + a.numbers.intersection(b.numbers).size)) / size;
}

/** Whether both say something, and nothing alike. */
function contradict(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && a.isDisjointFrom(b);
}

/** The words of a text with numbers apart from the letters that they are written together with ("1000W"). */
const wordsOf = remembered((text: string): Words => {
  const apart = latinDigits(text).replaceAll(/(?<=\d)(?=\p{L})|(?<=\p{L})(?=\d)/gu, ' ');
  const texts = productWords(apart.replaceAll(/\d+/g, ' '));
  return {
    texts: texts.difference(units).difference(ownNames),
    numbers: new Set(apart.match(/\d+/g)),
    kinds: kindsIn(plainSpelling(apart)).kinds,
  };
});
