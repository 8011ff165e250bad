import { plainSpelling, withoutChatDigits } from './arabic.ts';
import { isComplaintIn, kindsToldIn } from './complaint.ts';
import { latinDigits } from './digits.ts';
import { isTakenFor, kindsIn } from './product-kinds.ts';
import { type NamedProduct, productWords } from './product-text.ts';
import { madeOf, remembered, rememberedOfTwo } from './remembered.ts';
import { soundOf } from './sound.ts';

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

/** What a text says about which product it is. */
export type ProductSigns = {
  skus: ReadonlySet<string>;
  kinds: ReadonlySet<string>;
  /** What it comes with, of kinds that are sold by themselves too: the fan of an oven. */
  parts: ReadonlySet<string>;
  /** Of a complaint that names no kind: those that it may be about. */
  told: ReadonlySet<string>;
  /** Power, volume and the maker's own number by their letter: `w1000`, `l45`, `#bl1000`. */
  measures: ReadonlySet<string>;
  /** What else it says, by its sound: "turbo" is "تيربو". */
  words: ReadonlySet<string>;
  /** These one after the other: "PowerChop" is "باور شوب". */
  sound: string;
  /** All of it in one spelling: "Product B" says nothing else, but names what else is called so. */
  plain: string;
  /** Bare numbers that are no measures, as in "3 in 1". */
  numbers: ReadonlySet<string>;
  isArabic: boolean;
  /** It tells what is wrong, so that its words need not name a product: "السلك مقطوع". */
  isComplaint: boolean;
};

/** Numbers begin where no digit stands before: tried from each of their digits, a long one takes the square of its length. */
const litre = /(?<!\d)(\d+(?:\.\d+)?)\s*(?:لتر|liters?|litres?|l)(?![\p{L}])/gu;
const watt = /(?<![\d.])(\d{3,4})\s*(?:وات|واط|watts?|w)(?![\p{L}])/gu;
/** A bare number of three or four digits is a power, unless a length, a time or a price follows. */
const bare =
  /(?<![\d.*×x/-])(\d{3,4})(?![\d.]|\s*(?:[*×x/-]|سم|cm|mm|مم|جم|gm?\b|ml|مل|شهر|month|جنيه|egp|سنه))/gu;
/** The maker's own number of a model: "BL-1000", "hb800", "KN7". */
const modelNumber = /(?<![\p{L}\d])(?!hv-)(?:[a-z]{1,4}-?\d{2,5}|[a-z]{2}-?\d)(?![\p{L}\d])/gu;
/** How many of it there are. */
const count = /(?<!\d)\d+\s*[*×x](?!\p{L})|(?<!\p{L})(?:عدد|qty)\s*\d+/gu;
/** What names a product that nothing else is said of: "Product B", "Item 17", "SKU-88213". */
const called =
  /(?<!\p{L})(?:product|item|model|sku|منتج|صنف|موديل)[\s#-]*(\d+|[a-z])(?![\p{L}\d])/gu;
/** Words that name no product but what is wrong with it, or what is to be done: sharing them says nothing. */
const everyday = new Set(
  'وات واط لتر watt كهربائي كهربائيه كهربا electric قطع قطعه غيار صيانه للصيانه لصيانه استبدال للاستبدال استرجاع للاسترجاع تبديل للتبديل تصليح للتصليح مرتجع مرتجعه الصيانه بعد قبل عطل عطلان مش شغال موتور repair return part parts spare motor broken fix for not working call first before arrival اتصل اتصال وصول توصيل بديل لشحنه للشحنه شحنه اوردر طلب رقم عميل عميله منتج لا يعمل تعمل بيشتغل بتشتغل خالص تماما صوت عالي تشغيل بيفصل بتفصل بيسخن بتسخن كسر مكسور مكسوره عيب صناعه مشكله تالف تالفه بايظ بايظه خربان غير مطابق ناقص غطاء عند وبيفصل وبتفصل on when ريحه شياط دخان order shipment replacement exchange refund maintenance product item device customer damaged defective defect noise problem smoke smell does doesnt hvar هفار هافار جهاز new جديد استرداد رد مبلغ فلوس نقدي كاش تعويض cash money back amount تم اصلاح ارجاع استلام دوريه معيب معيبه بديله من في ما داخل خارج خدمه خدمات بيع طرد كرتونه بضاعه اكسسوار اكسسوارات accessory accessories parcel package box goods appliance appliances home منزليه ادوات كهربائيات claim under service sales after pickup delivery crp تسليم ارسال شحن اعاده استكمال عاجل عاجله ضروري مره تاني تانيه ثاني ثانيه بدل فاقد تحت فتره ضمان رد رجوع راجع يرجع يرجعه ترجع عاوز عاوزه عايز عايزه عاجب يعجب لم كشف علي معاينه فحص صيانته مصلح هديه عينه مستندات ورق فاتوره شيك ماكينه مكنه لون مقاس موديل غلط خطا company warehouse back to from repaired unit machine send pick up second time free of charge gift sample documents inspection check urgent rma svc color size'.split(
    ' ',
  ),
);

/** Reads the signs of products in texts, by the catalogue's names too; each text once. */
export const productReader = madeOf((catalogue: readonly NamedProduct[]) => {
  const names = catalogue.flatMap(({ sku, name, name_ar }) =>
    [sku, name, name_ar].map((text) => ({ sku, ...plainSigns(text) })),
  );
  return remembered((text): ProductSigns => {
    const signs = plainSigns(text);
    const skus = skusNamed(signs, names);
    // Who writes "HVAR BL-1000" and no more has named a blender of 1000 W all the same.
    const meant = names.filter(({ sku }) => skus.has(sku));
    const kinds = new Set([...signs.kinds, ...meant.flatMap((name) => [...name.kinds])]);
    const measures = new Set([...signs.measures, ...meant.flatMap((name) => [...name.measures])]);
    return { ...signs, skus, kinds, measures };
  });
});

type Name = { sku: string } & ReturnType<typeof plainSigns>;

/** The products whose whole name is in the text; of several names the longest. */
function skusNamed(
  { kinds, words, measures }: Omit<ProductSigns, 'skus'>,
  names: readonly Name[],
): Set<string> {
  const named = names.filter(
    (name) =>
      lengthOf(name) > 0 &&
      name.kinds.isSubsetOf(kinds) &&
      name.words.isSubsetOf(words) &&
      name.measures.isSubsetOf(measures),
  );
  const longest = Math.max(...named.map(lengthOf));
  return new Set(named.filter((name) => lengthOf(name) === longest).map((name) => name.sku));
}

function lengthOf({ kinds, words, measures }: Name): number {
  return kinds.size + words.size + measures.size;
}

const none: ReadonlySet<string> = new Set();

const plainSigns = remembered((text: string): Omit<ProductSigns, 'skus'> => {
  const spelt = plainSpelling(latinDigits(text));
  const plain = spelt.replaceAll(/[^\p{L}\d]+/gu, ' ').trim();
  const { measures, rest: unmeasured } = measuresIn(spelt);
  const { kinds, parts, rest } = kindsIn(withoutChatDigits(unmeasured));
  const words = [...productWords(rest)].filter((word) => !isEveryday(word) && !/\d/.test(word));
  const numbers = new Set(rest.replaceAll(count, ' ').match(/(?<!\p{L})\d+/gu));
  const isArabic = /\p{Script=Arabic}/u.test(unmeasured);
  const isComplaint = isComplaintIn(unmeasured);
  const told = isComplaint && kinds.size === 0 ? kindsToldIn(unmeasured) : none;
  const sound = words.map((word) => soundOf(word).bare).join('');
  const names = spelt.matchAll(called).map(([, name = '']) => `#${name}`);
  const heard = new Set([...words.map(heardAs), ...names]);
  return {
    ...{ kinds, parts, told, measures, numbers, isArabic, isComplaint, sound, plain },
    words: heard,
  };
});

/** With an article too: "تحت الضمان", "للعميل". */
function isEveryday(word: string): boolean {
  return everyday.has(word) || everyday.has(word.replace(/^(?:[وب]?ال|لل)(?=\p{L}{2})/u, ''));
}

/** Short words sound alike too often. */
function heardAs(word: string): string {
  const { bare } = soundOf(word);
  return bare.length > 2 ? bare : word;
}

function measuresIn(plain: string): { measures: Set<string>; rest: string } {
  const measures = new Set<string>();
  const rest = plain
    .replaceAll(litre, (_, volume: string) => keep(`l${Number(volume)}`))
    .replaceAll(watt, (_, power: string) => keep(`w${power}`))
    .replaceAll(modelNumber, (typed: string) => keep(`#${typed.replace('-', '')}`))
    .replaceAll(bare, (_, power: string) => keep(`w${power}`));
  return { measures, rest };

  function keep(measure: string): string {
    measures.add(measure);
    return ' ';
  }
}

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

/** Whether all of one stands in the other, though none of it is known to name a product: "Item 17", "مرتجع Item 17". */
function isCalledSo({ plain, isComplaint }: ProductSigns, other: ProductSigns): boolean {
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
  if (!units(a).isDisjointFrom(units(b))) return 'model';
  if (isNamedWithin(a, b) || isNamedWithin(b, a)) return 'same';
  const isMeasured = a.measures.size > 0 || b.measures.size > 0;
  return !isMeasured && areOneModel(a.numbers, b.numbers) ? 'same' : 'kind';
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
