import { type Piastres, piastres } from '../domain/money.ts';

/** What the demo hub holds of an item when it is first set up. */
type InitialStock = { sound: number; damaged: number };

export type Product = {
  sku: string;
  name: string;
  nameAr: string;
  family: Family;
  unitCost: Piastres;
  /** What customers pay; the stand-in's sales ask it as COD. */
  salePrice: Piastres;
  initialStock: InitialStock;
};

type Part = {
  sku: string;
  productSku: string;
  name: string;
  nameAr: string;
  partType: PartType;
  unitCost: Piastres;
  initialStock: InitialStock;
};

type PartType =
  | 'motor'
  | 'component'
  | 'assembly'
  | 'packaging'
  | 'heating_element'
  | 'warranty_card';

const familyNames = [
  'meat_grinder',
  'hand_blender',
  'vacuum_cleaner',
  'blender',
  'oven',
  'kneader',
  'spice_mill',
] as const;
type Family = (typeof familyNames)[number];

/** A part's type, suffix of its sku, names, and cost in hundredths of its product's cost. */
type PartOfFamily = [PartType, string, string, string, number];

const motor: PartOfFamily = ['motor', 'MOTOR', 'motor', 'موتور', 30];
const heater: PartOfFamily = ['heating_element', 'HEATER', 'heating element', 'سخان', 18];
const carton: PartOfFamily = ['packaging', 'CARTON', 'carton', 'كرتونة', 3];
const warrantyCard: PartOfFamily = ['warranty_card', 'CARD', 'warranty card', 'كارت ضمان', 0];

/** The seven families, each with the four parts that all its products have (hub-practice.md, "Stock"). */
const familyParts: Record<Family, PartOfFamily[]> = {
  meat_grinder: [
    motor,
    ['component', 'BLADE', 'cutting blade', 'سكينة', 5],
    ['assembly', 'GEARBOX', 'gearbox', 'مجموعة تروس', 20],
    warrantyCard,
  ],
  hand_blender: [
    motor,
    ['component', 'SHAFT', 'blending shaft', 'ذراع خلط', 12],
    carton,
    warrantyCard,
  ],
  vacuum_cleaner: [
    motor,
    ['component', 'FILTER', 'HEPA filter', 'فلتر', 6],
    ['assembly', 'HOSE', 'hose', 'خرطوم', 10],
    carton,
  ],
  blender: [
    motor,
    ['component', 'BLADE', 'blade set', 'طقم سكاكين', 8],
    ['assembly', 'JUG', 'glass jug', 'دورق زجاج', 15],
    warrantyCard,
  ],
  oven: [
    heater,
    ['component', 'THERMOSTAT', 'thermostat', 'ثرموستات', 7],
    ['assembly', 'DOOR', 'glass door', 'باب زجاج', 16],
    warrantyCard,
  ],
  kneader: [
    motor,
    ['component', 'HOOK', 'dough hook', 'خطاف عجن', 6],
    ['assembly', 'BOWL', 'steel bowl', 'وعاء ستانلس', 14],
    carton,
  ],
  spice_mill: [
    motor,
    ['component', 'BLADE', 'mill blade', 'سكينة مطحنة', 8],
    ['assembly', 'LID', 'lid', 'غطاء', 9],
    warrantyCard,
  ],
};

/** By family: sku, names, unit cost and sale price in EGP, stock sound and damaged. */
const productRows: Record<Family, [string, string, string, number, number, number, number][]> = {
  meat_grinder: [
    ['MG-1600', 'Meat grinder 1600W', 'مفرمة لحوم 1600 وات', 980, 1490, 40, 2],
    ['MG-2000', 'Meat grinder 2000W', 'مفرمة لحوم 2000 وات', 1250, 1890, 35, 3],
    ['MG-2500', 'Meat grinder 2500W steel', 'مفرمة لحوم 2500 وات ستيل', 1720, 2590, 20, 1],
  ],
  hand_blender: [
    ['HB-600', 'Hand blender 600W', 'هاند بلندر 600 وات', 390, 640, 60, 4],
    ['HB-800', 'Hand blender 800W', 'هاند بلندر 800 وات', 520, 840, 55, 2],
    ['HB-1000', 'Hand blender 1000W set', 'طقم هاند بلندر 1000 وات', 760, 1190, 40, 2],
  ],
  vacuum_cleaner: [
    ['VC-1800', 'Vacuum cleaner 1800W', 'مكنسة كهربائية 1800 وات', 1480, 2190, 25, 3],
    ['VC-2200', 'Vacuum cleaner 2200W', 'مكنسة كهربائية 2200 وات', 1860, 2790, 20, 1],
    [
      'VC-2600',
      'Vacuum cleaner 2600W wet-dry',
      'مكنسة كهربائية 2600 وات سائل وجاف',
      2450,
      3690,
      12,
      1,
    ],
  ],
  blender: [
    ['BL-500', 'Blender 500W', 'خلاط 500 وات', 560, 890, 70, 5],
    ['BL-1000', 'Blender 1000W', 'خلاط 1000 وات', 840, 1290, 50, 3],
    ['BL-1500', 'Blender 1500W with mill', 'خلاط 1500 وات بالمطحنة', 1120, 1690, 30, 2],
  ],
  oven: [
    ['OV-45', 'Electric oven 45L', 'فرن كهربائي 45 لتر', 2150, 3190, 15, 1],
    ['OV-60', 'Electric oven 60L', 'فرن كهربائي 60 لتر', 2780, 4090, 12, 1],
    ['OV-70', 'Electric oven 70L with fan', 'فرن كهربائي 70 لتر بالمروحة', 3400, 4990, 10, 0],
  ],
  kneader: [
    ['KN-5', 'Dough kneader 5L', 'عجان 5 لتر', 1950, 2890, 18, 1],
    ['KN-7', 'Dough kneader 7L', 'عجان 7 لتر', 2480, 3690, 14, 1],
  ],
  spice_mill: [
    ['SM-150', 'Spice mill 150W', 'مطحنة توابل 150 وات', 260, 450, 80, 4],
    ['SM-300', 'Spice mill 300W', 'مطحنة توابل 300 وات', 410, 690, 60, 3],
  ],
};

/** The demo's 19 products in seven families. */
export const products: Product[] = familyNames.flatMap((family) =>
  productRows[family].map(([sku, name, nameAr, cost, price, sound, damaged]) => ({
    sku,
    family,
    name,
    nameAr,
    unitCost: piastres(cost * 100),
    salePrice: piastres(price * 100),
    initialStock: { sound, damaged },
  })),
);

/** The demo's 76 parts, four for each product. */
export const parts: Part[] = products.flatMap((product) =>
  familyParts[product.family].map((part, index) => partOf(product, part, index)),
);

function partOf(product: Product, row: PartOfFamily, index: number): Part {
  const [partType, suffix, name, nameAr, share] = row;
  return {
    sku: `${product.sku}-${suffix}`,
    productSku: product.sku,
    name: `${product.name}, ${name}`,
    nameAr: `${nameAr} ${product.nameAr}`,
    partType,
    // Printed cards cost 5 EGP whatever they belong to.
    unitCost: piastres(share === 0 ? 5_00 : Math.round((product.unitCost * share) / 10_000) * 100),
    initialStock: { sound: product.initialStock.sound + 10 - 3 * index, damaged: 0 },
  };
}
