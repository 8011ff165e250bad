import { expect, test } from 'vitest';
import { nameLikeness } from '../../domain/name-likeness.ts';
import { isOneSlipApart, phonesOneSlipAway, slipPatterns } from '../../domain/phone-likeness.ts';
import { placeLikeness } from '../../domain/place-likeness.ts';
import { order } from '../families/support.ts';

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
  ['أم وليد', 'فاطمة السيد', 'unknown'],
  ['Om Walid', 'فاطمة السيد', 'unknown'],
  ['محمود حسن', 'أبو كريم', 'unknown'],
  ['Abu Kareem', 'Mahmoud Hassan', 'unknown'],
  ['أم وليد', 'وليد السيد', 'family'],
  ['ابو وليد', 'وليد السيد', 'family'],
  ['أم وليد', 'Om Walid', 'first'],
  ['أم وليد', 'أبو وليد', 'family'],
  ['أم وليد', 'أم هاني', 'other'],
  ['أبو كريم', 'ابو هاني', 'other'],
  ['أبو بكر حسن', 'Abu Bakr Hassan', 'like'],
  ['أبو بكر حسن', 'أبو بكر', 'first'],
  ['أبو بكر حسن', 'محمد رمضان', 'other'],
  ['الشيخ محمد حسن', 'محمد حسن', 'same'],
  ['الأخت منى حسن', 'منى حسن', 'same'],
  ['علي حسن بيه', 'علي حسن', 'same'],
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
