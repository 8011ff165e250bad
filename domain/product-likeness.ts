import { plainSpelling } from './arabic.ts';
import { latinDigits } from './digits.ts';
import { kindsIn } from './product-kinds.ts';
import { productWords } from './product-text.ts';

/** `same`: nothing tells them apart. `kind`: of one kind, the model is not said. `model`: one kind, another model. */
export type ProductLikeness = 'same' | 'kind' | 'model' | 'other' | 'unknown';

/** A product of the catalogue, with its names in both languages. */
export type NamedProduct = { sku: string; name: string; name_ar: string };

/** What a text says about which product it is. */
export type ProductSigns = {
  skus: ReadonlySet<string>;
  kinds: ReadonlySet<string>;
  /** Power and volume by unit: `w1000`, `l45`. */
  measures: ReadonlySet<string>;
  words: ReadonlySet<string>;
};

const litre = /(\d+(?:\.\d+)?)\s*(?:لتر|liters?|litres?|l)(?![\p{L}])/gu;
const watt = /(\d{3,4})\s*(?:وات|واط|watts?|w)(?![\p{L}])/gu;
/** A bare number of three or four digits is a power, unless a length, a time or a price follows. */
const bare =
  /(?<![\d.*×x/-])(\d{3,4})(?![\d.]|\s*(?:[*×x/-]|سم|cm|mm|مم|جم|gm?\b|ml|مل|شهر|month|جنيه|egp|سنه))/gu;
/** Words that name no product, so that sharing them says nothing. */
const everyday = new Set([
  'وات',
  'واط',
  'لتر',
  'watt',
  'قطع',
  'غيار',
  'صيانه',
  'استبدال',
  'استرجاع',
  'repair',
  'return',
  'part',
  'spare',
  'موتور',
  'motor',
]);

/** Reads the signs of products in texts, by the catalogue's names too; each text once. */
export function productReader(catalogue: readonly NamedProduct[]): (text: string) => ProductSigns {
  const names = catalogue.flatMap(({ sku, name, name_ar }) => [
    { sku, ...plainSigns(sku) },
    { sku, ...plainSigns(name) },
    { sku, ...plainSigns(name_ar) },
  ]);
  const known = new Map<string, ProductSigns>();
  return (text) => {
    const signs = known.get(text) ?? signsIn(text, names);
    known.set(text, signs);
    return signs;
  };
}

type Name = { sku: string } & ReturnType<typeof plainSigns>;

function signsIn(text: string, names: readonly Name[]): ProductSigns {
  const signs = plainSigns(text);
  return { ...signs, skus: skusNamed(signs, names) };
}

/** The products whose whole name is in the text; of several names the longest. */
function skusNamed(
  { words, measures }: Pick<ProductSigns, 'words' | 'measures'>,
  names: readonly Name[],
): Set<string> {
  const named = names.filter(
    (name) =>
      name.words.size > 0 && name.words.isSubsetOf(words) && name.measures.isSubsetOf(measures),
  );
  const longest = Math.max(...named.map((name) => name.words.size));
  return new Set(named.filter((name) => name.words.size === longest).map((name) => name.sku));
}

function plainSigns(text: string): Omit<ProductSigns, 'skus'> {
  const plain = plainSpelling(latinDigits(text));
  const isNumber = (word: string) => /^\d+[wl]?$/.test(word);
  const words = [...productWords(text)].filter((word) => !everyday.has(word) && !isNumber(word));
  return { kinds: kindsIn(plain), measures: measuresIn(plain), words: new Set(words) };
}

function measuresIn(plain: string): Set<string> {
  const found = new Set<string>();
  const rest = plain
    .replaceAll(litre, (_, volume: string) => keep(`l${Number(volume)}`))
    .replaceAll(watt, (_, power: string) => keep(`w${power}`));
  for (const [, power] of rest.matchAll(bare)) keep(`w${power}`);
  return found;

  function keep(measure: string): string {
    found.add(measure);
    return ' ';
  }
}

/** How alike the products of two texts are. Where either names none that is known and they share no words, nothing is known. */
export function productLikeness(a: ProductSigns, b: ProductSigns): ProductLikeness {
  if (a.skus.intersection(b.skus).size > 0) return 'same';
  const isNamed = a.kinds.size > 0 && b.kinds.size > 0;
  if (isNamed && a.kinds.isDisjointFrom(b.kinds)) return 'other';
  if (isNamed) return modelLikeness(a, b);
  const shorter = Math.min(a.words.size, b.words.size);
  const shared = shorter === 0 ? 0 : a.words.intersection(b.words).size / shorter;
  if (shared === 1) return 'same';
  return shared >= 0.5 ? 'kind' : 'unknown';
}

function modelLikeness(a: ProductSigns, b: ProductSigns): ProductLikeness {
  if (a.measures.size === 0 && b.measures.size === 0)
    return a.words.symmetricDifference(b.words).size === 0 ? 'same' : 'kind';
  if (a.measures.size === 0 || b.measures.size === 0) return 'kind';
  if (!a.measures.isDisjointFrom(b.measures)) return 'same';
  const units = (signs: ProductSigns) => new Set([...signs.measures].map((m) => m.charAt(0)));
  return units(a).isDisjointFrom(units(b)) ? 'kind' : 'model';
}
