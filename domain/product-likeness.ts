import { isTakenFor } from './product-kinds.ts';
import type { ProductSigns } from './product-signs.ts';
import { rememberedOfTwo } from './remembered.ts';

/**
 * `same`: nothing tells them apart. `kind`: of one kind, the model is not said. `model`: one
 * kind, another model. `similar`: of kinds that people take for each other. `unlike`: in
 * one script, something else than the other, which is of no known kind. `unread`: both name
 * something that is no known kind, in two scripts. `unclear`: both name something,
 * and nothing tells whether it is the same. `unknown`: one names nothing.
 */
export type ProductLikeness =
  | 'same'
  | 'kind'
  | 'similar'
  | 'model'
  | 'other'
  | 'unlike'
  | 'unread'
  | 'unclear'
  | 'unknown';

/** How alike the products of two texts are. Where either names none that is known and they share no words, nothing is known. */
export const productLikeness = rememberedOfTwo(compare);

function compare(a: ProductSigns, b: ProductSigns): ProductLikeness {
  if (!a.skus.isDisjointFrom(b.skus)) return 'same';
  const isNamed = a.kinds.size > 0 && b.kinds.size > 0;
  if (isNamed && a.kinds.isDisjointFrom(b.kinds)) return likenessOfTwoKinds(a, b);
  if (isNamed) return modelLikeness(a, b);
  if (!a.told.isDisjointFrom(b.kinds) || !a.kinds.isDisjointFrom(b.told)) return 'kind';
  const shorter = Math.min(a.words.size, b.words.size);
  const isHeard = isHeardIn(a.sound, b.sound) || isHeardIn(b.sound, a.sound);
  const shared = shorter === 0 ? 0 : isHeard ? 1 : a.words.intersection(b.words).size / shorter;
  if (shared < 0.5) return isOneNumber(a, b) ? 'same' : withoutSharedWords(a, b);
  if (modelLikeness(a, b) === 'model') return 'model';
  // Where one alone is of a known kind, a word in common is its brand or where it is used.
  return shared === 1 && a.kinds.size === b.kinds.size ? 'same' : 'kind';
}

/** Who names a known product nearly always names its kind; so what names none may well be the other that names none. */
function withoutSharedWords(a: ProductSigns, b: ProductSigns): ProductLikeness {
  if (isCalledSo(a, b) || isCalledSo(b, a)) return 'same';
  if (isNothing(a) || isNothing(b) || (a.isComplaint && a.kinds.size === 0)) return 'unknown';
  // Where the sale is of a known kind, what names none may still be a complaint: "the lid is loose".
  const isComplaint = a.kinds.size === 0 && b.kinds.size > 0;
  if (!isComplaint && a.isArabic === b.isArabic) return 'unlike';
  const isUnread = a.kinds.size === 0 && b.kinds.size === 0 && a.isArabic !== b.isArabic;
  if (!isUnread) return 'unclear';
  const isOneModel = areOneModel(a.numbers, b.numbers) || areOneModel(numbersOf(a), numbersOf(b));
  return isOneModel ? 'kind' : 'unread';
}

/** Whether one says the maker's own number, and the other that very number: "BL2200", "خلاط 2200". */
function isOneNumber(a: ProductSigns, b: ProductSigns): boolean {
  const isOwn = (measure: string) => measure.startsWith('#');
  return [...a.measures, ...b.measures].some(isOwn) && !numbersOf(a).isDisjointFrom(numbersOf(b));
}

/** Whether all of one stands in the other, though none of it is known to name a product: "Item 17", "مرتجع Item 17". What says nothing of its own ("home appliance") is in many. */
function isCalledSo(signs: ProductSigns, other: ProductSigns): boolean {
  const { plain, isComplaint } = signs;
  if (isNothing(signs)) return false;
  const isIn = (name: string) => name.includes(' ') && ` ${other.plain} `.includes(` ${name} `);
  return !isComplaint && (isIn(plain) || isIn(withoutBrand(plain)));
}

function withoutBrand(plain: string): string {
  return plain.replaceAll(/(?<!\p{L})(?:hvar|هفار|هافار)(?!\p{L})/gu, '').trim();
}

function isNothing({ kinds, words }: ProductSigns): boolean {
  return kinds.size === 0 && words.size === 0;
}

function areTakenForEachOther(a: ProductSigns, b: ProductSigns): boolean {
  return a.kinds.values().some((kind) => b.kinds.values().some((one) => isTakenFor(kind, one)));
}

/** What the one comes with may be meant by the other, unless this has a power or volume of its own: "المروحة مبتلفش" of an oven with a fan. Of two kinds that people take for each other the same power or volume leaves it open whether it is one product. */
function likenessOfTwoKinds(a: ProductSigns, b: ProductSigns): ProductLikeness {
  if (modelLikeness(a, b) === 'model') return 'other';
  if (!a.kinds.isDisjointFrom(b.parts) || !b.kinds.isDisjointFrom(a.parts)) return 'unknown';
  if (!areTakenForEachOther(a, b)) return 'other';
  return numbersOf(a).isDisjointFrom(numbersOf(b)) ? 'similar' : 'unknown';
}

function modelLikeness(a: ProductSigns, b: ProductSigns): ProductLikeness {
  if (!numbersOf(a).isDisjointFrom(numbersOf(b))) return 'same';
  if (isSizeOf(a, b) || isSizeOf(b, a)) return 'same';
  const units = (signs: ProductSigns) => new Set([...signs.measures].map((m) => m.charAt(0)));
  if (!units(a).isDisjointFrom(units(b)))
    return saysWhoseMeasures(a) && saysWhoseMeasures(b) ? 'model' : 'kind';
  if (isNamedWithin(a, b) || isNamedWithin(b, a)) return 'same';
  const isMeasured = a.measures.size > 0 || b.measures.size > 0;
  return !isMeasured && areOneModel(a.numbers, b.numbers) ? 'same' : 'kind';
}

/** Of a list in which not each thing has its own ("هاند بلندر 1000 وات + ساندوتش ميكر") they may be the other's. */
function saysWhoseMeasures({ kinds, measures }: ProductSigns): boolean {
  return kinds.size < 2 || [...measures].filter((one) => !one.startsWith('#')).length >= kinds.size;
}

/** Whether one says all that the other says besides the kind, as "خلاط كلاسيك" and "خلاط كلاسيك 500 وات"; where it says nothing, the model is not said. */
function isNamedWithin(a: ProductSigns, b: ProductSigns): boolean {
  return (a.words.size > 0 && a.words.isSubsetOf(b.words)) || isHeardIn(a.sound, b.sound);
}

/** Whether all that one says is heard in the other, wherever either puts its spaces; what is shorter is heard everywhere, unless it is all that either says ("Royal Cook", "رويال كوك"). */
function isHeardIn(sound: string, other: string): boolean {
  return (sound.length > 3 && other.includes(sound)) || (sound.length > 2 && sound === other);
}

/** Whether one says the number that the other has a unit for: "عجان 7", "عجان 7 لتر". One may be how many there are. */
function isSizeOf(a: ProductSigns, b: ProductSigns): boolean {
  const sizes = a.numbers.difference(ofFew);
  return a.measures.size === 0 && !sizes.isDisjointFrom(numbersOf(b));
}

const ofFew = new Set(['1']);

/** What both say besides; where neither says anything, the model is not said. */
function areOneModel(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && a.symmetricDifference(b).size === 0;
}

/** Without their letters: who has the BL-600 writes "600 وات". */
function numbersOf({ measures }: ProductSigns): Set<string> {
  return new Set([...measures].map((measure) => measure.replace(/^\D+/, '')));
}
