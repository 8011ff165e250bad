import { plainSpelling, withoutChatDigits } from './arabic.ts';
import { isComplaintIn, kindsToldIn } from './complaint.ts';
import { latinDigits } from './digits.ts';
import { kindsIn } from './product-kinds.ts';
import { type NamedProduct, productWords } from './product-text.ts';
import { madeOf, remembered } from './remembered.ts';
import { soundOf } from './sound.ts';
import { wordList } from './word-list.ts';

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
  /(?<!\p{L})(?:product|item|model|sku|منتج|صنف|موديل)(?:[\s#-]*(\d+)|[\s#-]+([a-z]))(?![\p{L}\d])/gu;
/** Words that name no product but what is wrong with it, or what is to be done: sharing them says nothing. */
const everyday = wordList(`
  وات واط لتر watt كهربائي كهربائيه كهربا electric قطع قطعه غيار صيانه لصيانه استبدال استرجاع
  تبديل تصليح مرتجع مرتجعه بعد قبل عطل عطلان مش شغال موتور repair return part parts spare motor
  broken fix for not working call first before arrival اتصل اتصال وصول توصيل بديل لشحنه شحنه
  اوردر طلب رقم عميل عميله منتج لا يعمل تعمل بيشتغل بتشتغل خالص تماما صوت عالي تشغيل بيفصل بتفصل
  بيسخن بتسخن كسر مكسور مكسوره عيب صناعه مشكله تالف تالفه بايظ بايظه خربان غير مطابق ناقص غطاء
  عند وبيفصل وبتفصل on when ريحه شياط دخان order shipment replacement exchange refund maintenance
  product item device customer damaged defective defect noise problem smoke smell does doesnt
  hvar هفار هافار جهاز new جديد استرداد رد مبلغ فلوس نقدي كاش تعويض cash money back amount تم
  اصلاح ارجاع استلام دوريه معيب معيبه بديله من في ما داخل خارج خدمه خدمات بيع طرد كرتونه بضاعه
  اكسسوار اكسسوارات accessory accessories parcel package box goods appliance appliances home
  منزليه ادوات كهربائيات claim under service sales after pickup delivery crp تسليم ارسال شحن
  اعاده استكمال عاجل عاجله ضروري مره تاني تانيه ثاني ثانيه بدل فاقد تحت فتره ضمان رجوع راجع يرجع
  يرجعه ترجع عاوز عاوزه عايز عايزه عاجب يعجب لم كشف علي معاينه فحص صيانته مصلح هديه عينه مستندات
  ورق فاتوره شيك ماكينه مكنه لون مقاس موديل غلط خطا company warehouse to from repaired unit
  machine send pick up second time free of charge gift sample documents inspection check urgent
  rma svc color size اجهزه جهازين كهرباء كهربائيات الكترونيات منتجات معدات مستلزمات قطعتين
  طلبات طلبيه اوردرات مشتريات سلعه سلع صندوق صناديق علبه بوكس شنطه كيس كراتين متنوع متنوعه مختلفه
  مواد قابل قابله اونلاين مدفوع مسبقا تحصيل دفع electrical electronic electronics devices
  products items household equipment orders boxes bag carton cartons parcels packages
  various mixed assorted general fragile online prepaid paid cod
`);

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

/** The products whose whole name is in the text, unless it is but part of another's there. */
function skusNamed(signs: Omit<ProductSigns, 'skus'>, names: readonly Name[]): Set<string> {
  const named = names.filter((name) => lengthOf(name) > 0 && isWithin(name, signs));
  const isPart = (name: Name) =>
    named.some((other) => lengthOf(other) > lengthOf(name) && isWithin(name, other));
  return new Set(named.filter((name) => !isPart(name)).map((name) => name.sku));
}

type Said = Pick<ProductSigns, 'kinds' | 'words' | 'measures'>;

function isWithin(name: Said, text: Said): boolean {
  return (
    name.kinds.isSubsetOf(text.kinds) &&
    name.words.isSubsetOf(text.words) &&
    name.measures.isSubsetOf(text.measures)
  );
}

function lengthOf({ kinds, words, measures }: Said): number {
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
  const names = spelt.matchAll(called).map(([, number, letter]) => `#${number ?? letter}`);
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
