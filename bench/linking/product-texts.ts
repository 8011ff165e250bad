import type { Dice } from '../../dev/bosta/dice.ts';
import { products } from '../../dev/catalogue.ts';
import { misspelt } from './people.ts';
import type { Shares } from './shares.ts';

/** What is sold, under both its names. */
export type Goods = { name: string; nameAr: string; salePrice: number };

/** What the catalogue does not have: other makes, kinds that the maker does not sell, and some that domain/product-kinds.ts does not know. */
const unknown: [Goods, ...Goods[]] = [
  { name: 'Air fryer 5L', nameAr: 'قلاية هوائية 5 لتر', salePrice: 2990_00 },
  { name: 'Air fryer 8L digital', nameAr: 'قلاية هوائية 8 لتر ديجيتال', salePrice: 3990_00 },
  { name: 'Stand mixer Pro 6L', nameAr: 'عجان برو 6 لتر', salePrice: 4490_00 },
  { name: 'Chopper 3 blades', nameAr: 'كبة 3 سكاكين', salePrice: 750_00 },
  { name: 'Juicer 400W', nameAr: 'عصارة 400 وات', salePrice: 990_00 },
  { name: 'Electric grill XL', nameAr: 'شواية كهربائية كبيرة', salePrice: 1590_00 },
  { name: 'Egg boiler', nameAr: 'سلاقة بيض', salePrice: 540_00 },
  { name: 'Coffee machine Espresso 15 bar', nameAr: 'ماكينة قهوة اسبريسو', salePrice: 3290_00 },
  { name: 'Kettle 1.7L steel', nameAr: 'غلاية مياه 1.7 لتر ستانلس', salePrice: 690_00 },
  { name: 'Sandwich maker 3 in 1', nameAr: 'سندوتش ميكر 3 في 1', salePrice: 890_00 },
  { name: 'Turbo blender 2000W', nameAr: 'خلاط تيربو 2000 وات', salePrice: 1890_00 },
  { name: 'Food dehydrator 6 trays', nameAr: 'مجفف فواكه 6 رفوف', salePrice: 2150_00 },
  { name: 'Yogurt maker', nameAr: 'جهاز زبادي', salePrice: 620_00 },
  { name: 'Vegetable slicer Nicer', nameAr: 'قطاعة نايسر', salePrice: 560_00 },
  { name: 'Steam iron 2400W', nameAr: 'مكواة بخار 2400 وات', salePrice: 850_00 },
];

/** What one customer buys from. */
export function assortment(dice: Dice, shares: Shares): [Goods, ...Goods[]] {
  if (dice.chance(shares.unknown_products)) return unknown;
  const [first, ...rest] = products.filter(({ salePrice }) => salePrice > 500_00);
  if (!first) throw new Error('The catalogue is empty');
  return [first, ...rest];
}

/** How a shop names what it sends. */
export function soldAs({ name, nameAr }: Goods, dice: Dice): string {
  return dice.pick([nameAr, nameAr, nameAr, name, name, `1 * ${nameAr}`, `HVAR ${name}`]);
}

/** What people write of a product, and which goods it can mean. */
export type Words = { text: string; fits: (goods: Goods) => boolean };

/** Nothing: it can mean all. */
export const unsaid: Words = { text: '', fits: () => true };

/** How people write a product whose name they have before them. */
export function asItStands(goods: Goods, dice: Dice): Words {
  return { text: dice.chance(0.6) ? goods.nameAr : goods.name, fits: (one) => one === goods };
}

/** How people write a product whose name they have only in mind: the kind alone, or the model in words of their own. */
export function otherwise(goods: Goods, dice: Dice): Words {
  const [kind, kindAr] = [short(goods.name), short(goods.nameAr)];
  if (dice.chance(0.45)) {
    const said = [kindAr, kind, kind.toUpperCase(), `صيانة ${kindAr}`] as const;
    const text = dice.pick([...said, `استبدال ال${kindAr} مش شغال`]);
    return { text, fits: (one) => short(one.name) === kind };
  }
  return { text: ownWords(goods, dice), fits: (one) => one === goods };
}

/** Kinds as people write Arabic in Latin letters, and English in Arabic ones. */
const transliterated: Record<string, [string, ...string[]]> = {
  'Meat grinder': ['maframa', 'maframet la7ma'],
  'Hand blender': ['هاند بليندر', 'hand blendar'],
  'Vacuum cleaner': ['maknasa', 'فاكيوم'],
  Blender: ['khalat', 'بليندر'],
  'Spice mill': ['mathana'],
  'Electric oven': ['forn', 'forn kahraba'],
  'Dough kneader': ['aggan', 'عجانه'],
  'Air fryer': ['اير فراير', 'kalaya'],
  Chopper: ['kobba', 'شوبر'],
  Juicer: ['assara', 'جوسر'],
  'Electric grill XL': ['shawaya', 'جريل'],
  Kettle: ['ghalaya', 'كيتل'],
  'Steam iron': ['makwa'],
};

/** How people misspell a kind: a letter wrong, two words in one, or by sound in the other script; with the model behind it, or without. */
export function misspeltKind(goods: Goods, dice: Dice): Words {
  const name = dice.chance(0.5) ? goods.name : goods.nameAr;
  const kind = short(name);
  const bySound = dice.pick(transliterated[short(goods.name)] ?? [kind]);
  const text = dice.pick([misspelt(kind, dice), kind.replaceAll(' ', ''), bySound]);
  if (dice.chance(0.5))
    return { text: text + name.slice(kind.length), fits: (one) => one === goods };
  return { text, fits: (one) => short(one.name) === short(goods.name) };
}

function ownWords({ name, nameAr }: Goods, dice: Dice): string {
  return dice.pick([
    `موتور ${nameAr}`,
    `${short(nameAr)} ${name.replace(/^\D+/u, '')}`,
    `2 * ${nameAr.replace(' وات', 'W')}`,
    `${name} - spare part`,
    `هفار ${nameAr.replace('ة ', 'ه ')}`,
    nameAr.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit),
  ]);
}

function short(text: string): string {
  return text.replace(/\s*\d+.*$/u, '');
}
