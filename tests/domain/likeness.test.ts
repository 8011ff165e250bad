import { expect, test } from 'vitest';
import { nameLikeness } from '../../domain/name-likeness.ts';
import { isOneSlipApart, phonesOneSlipAway, slipPatterns } from '../../domain/phone-likeness.ts';
import { placeLikeness } from '../../domain/place-likeness.ts';
import { productLikeness } from '../../domain/product-likeness.ts';
import { linking, order } from '../families/support.ts';

test.each([
  ['خلاط 1000 وات', 'Blender 1000W', 'same'],
  ['٢ * هاند بلندر ٨٠٠ وات', 'Hand blender 800W', 'same'],
  ['موتور خلاط', 'Blender 500W', 'kind'],
  ['خلاط 1000', 'خلاط 500 وات', 'model'],
  ['مفرمة لحوم', 'خلاط', 'other'],
  ['عجان 5 لتر', 'Dough kneader 7L', 'model'],
  ['خلاط 600 وات', 'HVAR Blender BL-600', 'same'],
  ['Turbo blender', 'خلاط تيربو', 'same'],
  ['سندوتش ميكر 3 في 1', 'Sandwich maker 3 in 1', 'same'],
  ['خلاط', 'Blender', 'kind'],
  ['خلاط', 'Hand blender 800W', 'similar'],
  ['خلاط 500 وات', 'Hand blender 800W', 'other'],
  ['فرامة خضار', 'كبة 500 وات', 'kind'],
  ['مجفف فواكه', 'Food dehydrator', 'unread'],
  ['مجفف فواكه', 'خلاط', 'unclear'],
  ['صيانة مجفف فواكه', 'مجفف فواكه', 'same'],
  ['خلاط', 'مجفف فواكه', 'unlike'],
  ['جهاز زبادي', 'مجفف فواكه', 'unlike'],
  ['Rice cooker', 'حلة أرز كهربائية', 'kind'],
  ['الجهاز لا يعمل', 'خلاط', 'unknown'],
  ['الاتصال قبل الوصول', 'خلاط', 'unknown'],
  ['ضمان سنة', 'خلاط', 'unknown'],
  ['السلك مقطوع', 'خلاط', 'unknown'],
  ['صوتها عالي جدا', 'Meat grinder 1600W', 'unknown'],
  ['الموتور اتحرق', 'Meat grinder 1600W', 'unknown'],
  ['تغيير الدورق', 'Blender 500W', 'kind'],
  ['مبتشفطش', 'Vacuum cleaner 1800W', 'kind'],
  ['مش بيعجن', 'عجان 5 لتر', 'kind'],
  ['لا تفرم اللحمة', 'Meat grinder 1600W', 'kind'],
  ['مبتشفطش', 'عجان 5 لتر', 'unknown'],
  ['الخرطوم مقطوع', 'غسالة ملابس', 'unknown'],
  ['المروحة مبتلفش', 'فرن كهربائي 70 لتر بالمروحة', 'unknown'],
  ['المروحة مبتلفش', 'Electric oven 70L with fan', 'unknown'],
  ['المروحة مبتلفش', 'خلاط', 'other'],
  ['المطحنة مش شغالة', 'خلاط 1500 وات بالمطحنة', 'unknown'],
  ['موتور مطحنة توابل 300 وات', 'خلاط 1500 وات بالمطحنة', 'other'],
  ['5alat', 'خلاط 500 وات', 'kind'],
  ['ma5rata 3 in 1', 'مخرطة 3 في 1', 'same'],
  ['استيمر', 'Garment steamer', 'kind'],
  ['حله كهربا ٥ لتر', 'Rice cooker 5L', 'same'],
  ['كيتل', 'غلاية مياه', 'kind'],
  ['مكوة', 'Steam iron', 'kind'],
  ['الموتور بيسخن وبيقف', 'جهاز زبادي', 'unknown'],
  ['الموتور بيسخن وبيقف', 'فرن كهربائي 45 لتر', 'unknown'],
  ['مش بيسخن', 'فرن كهربائي 45 لتر', 'kind'],
  ["doesn't heat any more", 'حلة أرز كهربائية', 'kind'],
  ['مش بيسخن', 'خلاط', 'unknown'],
  ['صوت تروس', 'عجان 5 لتر', 'kind'],
  ['بتسرب مياه', 'Electric kettle', 'kind'],
  ['makes loud noise', 'Yogurt maker', 'unknown'],
  ['مجفف فواكه مكسور', 'مجفف فواكه', 'same'],
  ['هفار BL2200', 'BL-2200 Turbo', 'same'],
  ['خلاط 2200', 'BL-2200 Turbo', 'same'],
  ['HVAR Product B', 'HVAR product B', 'same'],
  ['مرتجع Item 17', 'Item 17', 'same'],
  ['Product A', 'Product B', 'unlike'],
  ['Item 17', 'HVAR Product B', 'unlike'],
  ['SmartCook Mini', 'SKU-88213', 'unlike'],
  ['صيانة منتج', 'Product B', 'unknown'],
  ['kitchen scale', 'Kitchen towel rack', 'kind'],
  ['شفاط 60', 'Kitchen Hood 60cm', 'same'],
  ['blendr', 'خلاط', 'kind'],
  ['khalat', 'Spice mill 300W', 'other'],
  ['khalat', 'خلاط 500 وات', 'kind'],
  ['Doughkneader', 'عجانة', 'kind'],
  ['ماكينة عجين', 'Kneader', 'kind'],
  ['مكنه عجين', 'مكنسة', 'other'],
  ['KN7', 'HVAR KN-7', 'same'],
  ['مكواة بخار 1600', 'Steamer 1600W', 'unknown'],
  ['خلاط', 'HVAR BL-1000', 'kind'],
  ['مفرمة 2000', 'HVAR BL-1000', 'other'],
  ['خلاط 1500 وات', 'HVAR BL-1000', 'model'],
  ['خلاط كلاسيك', 'خلاط كلاسيك 500 وات', 'same'],
  ['blender turbo', 'خلاط تيربو زجاج', 'same'],
  ['خلاط كلاسيك', 'خلاط باور 1000 وات', 'kind'],
  ['صانعة ساندويتش', 'محمصة سندوتشات', 'kind'],
  ['فود بروسيسور', 'Food processor', 'kind'],
  ['ستاند ميكسر', 'عجانة', 'kind'],
  ['PowerChop', 'صيانة باور شوب', 'same'],
  ['ChefPro Blender', 'خلاط شيف برو', 'same'],
  ['TurboMix 3000 (defective)', 'تيربو ميكس 3000', 'same'],
  ['PowerChop', 'تيربو ميكس', 'unread'],
  ['منتج هفار للصيانة', 'خلاط', 'unknown'],
  ['عجان 7', 'Dough kneader 7L', 'same'],
  ['عجان 7', 'عجان 5 لتر', 'kind'],
  ['1 خلاط', 'خلاط 1 لتر', 'kind'],
  ['Stick blender 800W', 'هاند بلندر 800 وات', 'same'],
  ['immersion blender', 'هاند بلندر', 'kind'],
  ['Royal Cook', 'رويال كوك', 'same'],
  ['Royal Cook', 'سمارت كت', 'unread'],
  ['Mixer', 'عجانة 5 لتر', 'kind'],
  ['ميكسر', 'مضرب بيض', 'kind'],
  ['hand mixer', 'عجان', 'similar'],
  ['grinder', 'مفرمة لحوم 1600', 'kind'],
  ['grinder', 'مطحنة توابل', 'kind'],
  ['grinder spices', 'مفرمة لحوم 1600', 'similar'],
  ['meet grinder', 'مطحنة توابل', 'similar'],
  ['طحانة توابل', 'Spice mill 300W', 'kind'],
  ['كبا', 'Food chopper', 'kind'],
  ['قلايا بدون زيت', 'Air fryer', 'kind'],
  ['ايرفرير', 'Air fryer', 'kind'],
  ['كبة', 'خلاط', 'other'],
  ['ghalaya', 'غلاية مياه 1.7 لتر', 'kind'],
  ['ma6hana', 'Spice mill 300W', 'kind'],
  ['mathana', 'مطحنة توابل 300 وات', 'kind'],
  ['maframet la7ma', 'مفرمة لحوم 2500 وات', 'kind'],
  ['kallaya hawa2eya', 'قلاية هوائية', 'kind'],
  ['3assara', 'عصارة 400 وات', 'kind'],
  ['shawwaya', 'Electric grill XL', 'kind'],
  ['makwa bo5ar', 'Steam iron 2400W', 'kind'],
  ['5allat', 'غلاية مياه 1.7 لتر', 'other'],
  ['el5alat', 'خلاط 500 وات', 'kind'],
  ['Product B مش شغال', 'HVAR Product B', 'same'],
  ['جهاز هفار', 'جهاز زبادي', 'unknown'],
])('the product of "%s" is to that of "%s": %s', (a, b, likeness) => {
  expect(productLikeness(linking.read(a), linking.read(b))).toBe(likeness);
});

test.each([
  'استرداد المبلغ',
  'تم اصلاح الجهاز',
  'استرجاع منتج من العميل',
  'خدمة ما بعد البيع',
  'داخل الضمان',
  'منتج معيب',
  'cash refund',
  'Return pickup',
  'maintenance service',
  'warranty claim',
  'home appliance',
  'تسليم جهاز بعد الصيانة',
  'تسليم الجهاز للعميل',
  'تحت الضمان',
  'فحص الجهاز',
  'صيانة للمرة الثانية',
  'اعادة ارسال',
  'العميل عايز يرجع الاوردر',
  'استكمال طلب',
  'الماكينة',
  'return to company',
  'repaired unit',
  'pick up from customer',
  'الصينية مخدوشة',
  'قفلة كهرباء',
])('"%s" names no product', (text) => {
  expect(productLikeness(linking.read(text), linking.read('Blender 500W'))).toBe('unknown');
});

test('a number of 100 kB in the name of a product is read in the time that its length takes', () => {
  const digits = '1'.repeat(100_000);
  expect(productLikeness(linking.read(`خلاط ${digits}`), linking.read('Blender'))).toBe('kind');
});

test.each([
  ['Mona Hassan', 'منى حسن', 'same'],
  ['Ahmad Muhammad', 'أحمد محمد', 'same'],
  ['هبة عبد الله', 'Heba Abdallah', 'same'],
  ['م/ منى', 'منى حسن', 'first'],
  ['مستر أحمد حسن', 'Ahmed Hassan', 'same'],
  ['Ahmed Hassan', 'أحمد محمد حسن', 'same'],
  ['Abd El Rahman Ali', 'عبدالرحمن علي', 'same'],
  ['آية نجيب', 'Aya Naguib', 'same'],
  ['خاالد حسن', 'خالد حسن', 'same'],
  ['كريم غيم', 'كريم غنيم', 'like'],
  ['محمود حسن', 'محمد حسن', 'family'],
  ['عم رزكي', 'عمر زكي', 'like'],
  ['حسن منى', 'منى حسن', 'like'],
  ['سارة حسن', 'منى حسن', 'family'],
  ['إسلام إبراهيم', 'Eslam Shawky', 'namesake'],
  ['أحمد محمد علي', 'محمد علي حسن', 'family'],
  ['Mahmud Yunis', 'Mahmoud Younes', 'like'],
  ['Mahmud Hassan', 'محمد حسن', 'family'],
  ['Amr Hassan', 'عمرو حسن', 'same'],
  ['Amr Hassan', 'عمر حسن', 'family'],
  ['خالد', 'دعاء رمضان', 'other'],
  ['Client 17', 'Client 100023', 'other'],
  ['7anan 3essam', 'حنان عصام', 'same'],
  ['7assan Farouk', 'Hassan 3essam', 'namesake'],
  ['عميل 17', 'عميل 17', 'same'],
  ['إيمان السيد', 'منى حسن', 'other'],
  ['Omar Hassan', 'مروة حسن', 'family'],
  ['Eman Elsayed', 'إيمان سيد', 'same'],
  ['منى حسن 2', 'Mona Hassan', 'same'],
  ['مرتجع منى', 'منى حسن', 'first'],
  ['السيدة منى حسن', 'Mona Hassan', 'same'],
  ['الآنسة منى', 'منى حسن', 'first'],
  ['Miss Mona', 'منى حسن', 'first'],
  ['الباشمهندس خالد', 'خالد رمضان', 'first'],
  ['السيد رمضان', 'السيد رمضان علي', 'same'],
  ['Return - Mona Hassan', 'منى حسن', 'same'],
  ['منى - صيانة', 'منى حسن', 'first'],
  ['', 'منى', 'unknown'],
])('the name "%s" is to "%s": %s', (a, b, likeness) => {
  expect(nameLikeness(a, b)).toBe(likeness);
});

const home = (
  dropoff_city_name: string,
  dropoff_district_name: string | null,
  dropoff_first_line: string | null,
) => order('m', { dropoff_city_name, dropoff_district_name, dropoff_first_line });

test.each([
  ['same', home('Giza', 'Dokki', '12 شارع 5'), home('Giza', 'Dokki', '12 street 5')],
  ['same', home('Giza', 'Dokki', 'St. 5, bldg 12, Dokki'), home('Giza', 'Dokki', '12 street 5')],
  ['same', home('Giza', null, '12 شارع النيل'), home('Giza', null, '12 Nile st, floor 3')],
  ['same', home('Giza', null, '12 شارع النيل'), home('Giza', null, '١٢ Nile st')],
  ['city', home('Giza', null, '12 شارع النيل'), home('Giza', null, '14 Nile st')],
  ['district', home('Giza', 'الدقي', '7 street 9'), home('Giza', 'Dokki', '12 street 5')],
  ['city', home('Giza', 'Haram', '12 street 5'), home('Giza', 'Dokki', '12 street 9')],
  ['elsewhere', home('Giza', null, '12 شارع النيل'), home('Giza', null, '40 شارع الهرم')],
  ['city', home('Giza', null, '12 شارع النيل'), home('Giza', null, 'برج الهرم')],
  ['district', home('Cairo', null, 'مدينة نصر'), home('Cairo', null, 'مدينة نصر')],
  ['district', home('Cairo', null, 'شارع النيل'), home('Cairo', null, 'Nile street')],
  [
    'same',
    home('Cairo', null, 'شارع النيل امام مسجد الرحمة'),
    home('Cairo', null, 'شارع النيل امام مسجد الرحمة'),
  ],
  ['city', home('الجيزة', null, null), home('Giza', null, null)],
  ['other', home('Cairo', 'Maadi', '12 street 5'), home('Giza', 'Dokki', '12 street 5')],
])('how near two addresses are, whatever their script and wording: %s', (likeness, a, b) => {
  expect(placeLikeness(a, b)).toBe(likeness);
});

test.each([
  ['which the sale was sent from', 'مخزن هفار، المنطقة الصناعية', '13 street 5, Dokki', 'district'],
  ['which the sale says nothing of', null, '12 شارع 5', 'same'],
] as const)(
  "a return is its customer's by the drop-off where the pickup is the business, %s",
  (_, pickup_address, dropoff_first_line, expected) => {
    const sale = { ...home('Giza', 'Dokki', '12 street 5'), pickup_address };
    const back = order('r', {
      ...{ ...home('Giza', 'Dokki', dropoff_first_line), order_type_code: 25 },
      ...{ pickup_city: 'Cairo', pickup_address: 'مخزن هفار، المنطقة الصناعية' },
    });
    expect(placeLikeness(back, sale)).toBe(expected);
    expect(placeLikeness(sale, back)).toBe(expected);
  },
);

test.each([
  ['201012345678', '201012345687'],
  ['01312345678', '201012345678'],
  ['0101234567', '201012345678'],
  ['010123456789', '201012345678'],
  ['201512345678', '20151234567'],
])(
  'every phone one slip away from %s, as %s, shares a pattern with it, and is found from it',
  (phone, slipped) => {
    const near = phonesOneSlipAway(phone);
    expect(near).toContain(slipped);
    const patterns = new Set(slipPatterns(phone));
    for (const other of near) {
      expect(isOneSlipApart(phone, other)).toBe(true);
      expect(slipPatterns(other).some((pattern) => patterns.has(pattern))).toBe(true);
    }
  },
);
