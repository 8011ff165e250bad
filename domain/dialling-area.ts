import { plainSpelling } from './arabic.ts';

/** Where a landline is dialled from, by Bosta's cities in both of their names. */
const areas: Record<string, readonly string[]> = {
  2: ['cairo', 'القاهره', 'giza', 'الجيزه', 'el kalioubia', 'القليوبيه'],
  3: ['alexandria', 'الاسكندريه'],
  40: ['gharbia', 'الغربيه'],
  45: ['behira', 'البحيره'],
  46: ['matrouh', 'مطروح', 'مرسي مطروح', 'north coast', 'الساحل الشمالي'],
  47: ['kafr alsheikh', 'كفر الشيخ'],
  48: ['monufia', 'المنوفيه'],
  50: ['dakahlia', 'الدقهليه'],
  55: ['sharqia', 'الشرقيه'],
  57: ['damietta', 'دمياط'],
  62: ['suez', 'السويس'],
  64: ['ismailia', 'الاسماعيليه'],
  65: ['red sea', 'البحر الاحمر'],
  66: ['port said', 'بورسعيد'],
  68: ['north sinai', 'شمال سيناء'],
  69: ['south sinai', 'جنوب سيناء'],
  82: ['bani suif', 'بني سويف'],
  84: ['fayoum', 'الفيوم'],
  86: ['menya', 'المنيا'],
  88: ['assuit', 'اسيوط'],
  92: ['new valley', 'الوادي الجديد'],
  93: ['sohag', 'سوهاج'],
  95: ['luxor', 'الاقصر'],
  96: ['qena', 'قنا'],
  97: ['aswan', 'اسوان'],
};
const areaOfCity = new Map(
  Object.entries(areas).flatMap(([area, cities]) => cities.map((city) => [city, area])),
);

/** The area that landlines of a city are dialled with from elsewhere: "55" of Sharqia. */
export function diallingArea(city: string | null): string | undefined {
  return city === null ? undefined : areaOfCity.get(plainSpelling(city.trim()));
}
