import { expect, test } from 'vitest';
import { productText } from '../../domain/product-text.ts';

test.each([
  ['2 * خلاط 1000 وات', 'خلاط 1000 وات', 2],
  ['٣ × مفرمة لحوم', 'مفرمة لحوم', 3],
  ['Blender x 2', 'Blender', 2],
  ['خلاط × 4', 'خلاط', 4],
  ['كبة', 'كبة', undefined],
  ['صينية مقاس 30*40 سم', 'صينية مقاس 30*40 سم', undefined],
  ['30*40 سم', '30*40 سم', undefined],
  ['صينية مقاس 30 * 40', 'صينية مقاس 30 * 40', undefined],
  ['2 * صينية 30*40 سم', 'صينية 30*40 سم', 2],
  ['صينية 30 سم × 40', 'صينية 30 سم × 40', undefined],
  ['صينية مقاس 30سم*40', 'صينية مقاس 30سم*40', undefined],
  ['tray 30cm x 40', 'tray 30cm x 40', undefined],
  ['Tray 30.5 cm × 40 cm × 5', 'Tray 30.5 cm × 40 cm × 5', undefined],
  ['صينية 30*40 سم × 2', 'صينية 30*40 سم', 2],
  ['عجان 5 لتر × 2', 'عجان 5 لتر', 2],
  ['2 * 1000W blender', '1000W blender', 2],
  ['٢ × ١٠٠٠ وات خلاط', '١٠٠٠ وات خلاط', 2],
  ['BL-1000 × 2', 'BL-1000', 2],
  ['2xBlender', 'Blender', 2],
  ['3xL', '3xL', undefined],
  ['30*40 صينية', '30*40 صينية', undefined],
  ['2 * خلاط + 1 * كبة', 'خلاط + كبة', 3],
  ['خلاط × 2، لون أسود', 'خلاط + لون أسود', 2],
  ['Toolbox 2', 'Toolbox 2', undefined],
  ['2 Xtra cups', '2 Xtra cups', undefined],
  ['خلاط 1000 وات + ضمان سنة', 'خلاط 1000 وات', undefined],
  ['2 * خلاط 1000 وات ضمان سنتين', 'خلاط 1000 وات', 2],
  ['Blender 1000W with 2 years warranty', 'Blender 1000W', undefined],
  ['خلاط × 2 + 6 كاسات زجاج هدية', 'خلاط', 2],
  ['مفرمة لحوم + عجان', 'مفرمة لحوم + عجان', undefined],
  ['خلاط بكوب زجاج', 'خلاط بكوب زجاج', undefined],
  ['كوب خلاط', 'كوب خلاط', undefined],
  ['cup warmer', 'cup warmer', undefined],
  ['ضمان خلاط 1000 وات', 'ضمان خلاط 1000 وات', undefined],
  ['Warranty replacement - Blender 1000W', 'Warranty replacement - Blender 1000W', undefined],
  ['  Hand   Blender ', 'Hand Blender', undefined],
  ['×2 خلاط', 'خلاط', 2],
  ['x2 Blender 1000W', 'Blender 1000W', 2],
  ['X5 Pro blender', 'X5 Pro blender', undefined],
  ['خلاط 1000 وات (×٢)', 'خلاط 1000 وات', 2],
  ['Blender 1000W 2x', 'Blender 1000W', 2],
  ['Pyjama 2X', 'Pyjama 2X', undefined],
  ['خلاط 1000 وات عدد ٢', 'خلاط 1000 وات', 2],
  ['عدد 2 خلاط 1000 وات', 'خلاط 1000 وات', 2],
  ['Blender 1000W - Qty: 2', 'Blender 1000W', 2],
  ['خلاط عدد السرعات 5', 'خلاط عدد السرعات 5', undefined],
  ['طقم حلل 10 قطع', 'طقم حلل 10 قطع', undefined],
  ['<p>2 &times; خلاط 1000 وات</p>', 'خلاط 1000 وات', 2],
  ['خلاط<br>مفرمة &amp; كبة', 'خلاط + مفرمة & كبة', undefined],
  ['✅ 2 × خلاط 🔥', 'خلاط', 2],
  ['• خلاط\n• مفرمة', 'خلاط + مفرمة', undefined],
  ['- خلاط\n- مفرمة × 2', 'خلاط + مفرمة', 2],
  ['خلاط 1000 وات بضمان سنة', 'خلاط 1000 وات', undefined],
  ['خلاط 1000 وات - ضمان عام كامل', 'خلاط 1000 وات', undefined],
  ['خلاط مع 6 كاسات هدية', 'خلاط', undefined],
  ['خلاط وكاسات زجاج', 'خلاط', undefined],
  ['Blender with 6 glass cups', 'Blender', undefined],
  ['Blender with glass jug', 'Blender with glass jug', undefined],
  ['خلاط + كارت ضمان + هدية مجانية', 'خلاط', undefined],
])('"%s" is %s, counted %s (lessons 11)', (text, product_name, product_count) => {
  expect(productText(text)).toEqual({ product_name, product_count });
});

test.each([
  ...['  ', 'ضمان سنة', 'الضمان: ١٢ شهر', 'ضمان سنتين هدية', '2-year warranty'],
  ...['6 كاسات زجاج', 'Glass cups', 'طقم 6 كاسات', '6× أكواب', '6 glass cups هدية'],
  ...['ضمان سنة، طقم كاسات', 'كارت ضمان', 'هدية مجانية', 'free gift', '<br>'],
])('"%s" names no product', (text) => {
  expect(productText(text)).toBeUndefined();
});

test('a text of a megabyte is read in the time that its length takes', () => {
  const spaces = ' '.repeat(1_000_000);
  expect(productText(`2 * خلاط${spaces}1000 وات`)?.product_name).toBe('خلاط 1000 وات');
  expect(productText(`خلاط${spaces}+${spaces}ضمان سنة`)?.product_name).toBe('خلاط');
  const signs = '- qty ( '.repeat(100_000);
  expect(productText(`خلاط ${signs}ضمان <a &${signs}`)?.product_count).toBeUndefined();
});
