import { expect, test } from 'vitest';
import { products } from '../../dev/catalogue.ts';
import { productMatcher } from '../../domain/product-match.ts';

const match = productMatcher(
  products.map(({ sku, name, nameAr }) => ({ sku, name, name_ar: nameAr })),
);

test('every product is known by its SKU and by both its names, surely', () => {
  for (const { sku, name, nameAr } of products)
    for (const text of [sku, name, nameAr, ` ${name.toUpperCase()} هفار`])
      expect([text, match(text)]).toEqual([
        text,
        { product_sku: sku, product_match_confidence: 1 },
      ]);
});

test.each([
  ['الخلاط ١٠٠٠ وات', 'BL-1000', 1],
  ['blender 1000 watt', 'BL-1000', 1],
  ['خلاط 1000 وات اسود', 'BL-1000', 0.8],
  ['فرن كهربائى 60 لتر', 'OV-60', 1],
  ['Hand blender 1000W set', 'HB-1000', 1],
  ['خلاط 1500 وات بالمطحنة + كبة', 'BL-1500', 0.86],
])('"%s" is %s, %s sure', (text, product_sku, product_match_confidence) => {
  expect(match(text)).toEqual({ product_sku, product_match_confidence });
});

test.each([
  ['a whole family of products', 'خلاط'],
  ['a model that is not ours', 'خلاط 700 وات'],
  ['another thing', 'صينية 30*40 سم'],
  ['a water heater as large as an oven', 'سخان كهربائي 60 لتر'],
  ['an iron as strong as a vacuum cleaner', 'مكواة كهربائية 2200 وات'],
  ['a microwave as large as an oven', 'Microwave oven 45L'],
  ['a hand blender as strong as a blender', 'Hand blender 500W'],
  ['two products of ours', 'خلاط 1000 وات + هاند بلندر 800 وات'],
  ['two of which one has the name of the other in its own', 'Blender 500W, Hand blender 800W'],
  ['a product and one more of another kind', 'Blender 1000W and hand blender'],
  ['a number of pieces', 'عدد 5'],
  ['a number that is a volume as well', '60 لتر'],
  ['nothing', ''],
])('%s is no product of ours', (_, text) => {
  expect(match(text)).toBeUndefined();
});

test('a product that is renamed in the catalogue is known by its new name alone', () => {
  const named = (name: string) => productMatcher([{ sku: 'X-1', name, name_ar: 'منتج' }]);
  expect(named('Slicer')('Slicer')).toMatchObject({ product_sku: 'X-1' });
  expect(named('Peeler')('Slicer')).toBeUndefined();
  expect(named('Peeler')('Peeler')).toMatchObject({ product_sku: 'X-1' });
});
