import { choose, createDice, type Dice, hash } from './dice.ts';
import { type City, cities, type District, placeFields } from './places.ts';

const arabicNames = {
  first: [
    'أحمد',
    'محمد',
    'منى',
    'فاطمة',
    'محمود',
    'سارة',
    'خالد',
    'هبة',
    'عمر',
    'نورا',
    'كريم',
    'دعاء',
  ],
  last: [
    'حسن',
    'إبراهيم',
    'السيد',
    'عبد الله',
    'مصطفى',
    'رمضان',
    'فاروق',
    'الشافعي',
    'منصور',
    'حجازي',
  ],
} as const;
const latinNames = {
  first: ['Ahmed', 'Mona', 'Mohamed', 'Sara', 'Youssef', 'Heba', 'Omar', 'Nour', 'Karim', 'Dina'],
  last: ['Hassan', 'Ibrahim', 'Mostafa', 'Fathy', 'Mansour', 'Adel', 'Samir', 'Naguib'],
} as const;
const streets = [
  'الجمهورية',
  'النصر',
  'التحرير',
  'المدارس',
  'البحر',
  'السلام',
  'الجامعة',
  'المحطة',
] as const;
const latinStreets = [
  'Gomhoreya',
  'El Nasr',
  'Tahrir',
  'El Bahr',
  'El Salam',
  'University',
] as const;
const landmarks = ['امام المدرسة', 'بجوار المسجد', 'خلف المستشفى', 'فوق الصيدلية'] as const;

export type Customer = {
  number: number;
  firstName: string;
  lastName: string;
  /** Eleven digits, `010…`. */
  phone: string;
  secondPhone: string | null;
  city: City;
  district: District;
  firstLine: string;
  buildingNumber: string;
  floor: string;
  apartment: string;
};

/** The customer with a number: always the same person at the same address. */
export function customerOf(seed: number, number: number): Customer {
  const dice = createDice(seed, 1, number);
  const writesArabic = dice.chance(0.65);
  const names = writesArabic ? arabicNames : latinNames;
  const city = dice.chance(0.5) ? choose(bigCities, dice.between(0, 9)) : dice.pick(someCities);
  const house = dice.between(1, 180);
  return {
    number,
    firstName: dice.pick(names.first),
    lastName: dice.pick(names.last),
    phone: mobile(dice, number),
    // Numbers from 40 million up are nobody's first phone.
    secondPhone: dice.chance(0.15) ? mobile(dice, number + 40_000_000) : null,
    city,
    district: districtOf(city, dice),
    firstLine: writesArabic
      ? `${house} شارع ${dice.pick(streets)} ${dice.pick(landmarks)}`
      : `${house} ${dice.pick(latinStreets)} street`,
    buildingNumber: String(house),
    floor: String(dice.between(1, 11)),
    apartment: String(dice.between(1, 40)),
  };
}

const [firstCity, ...otherCities] = cities;
if (!firstCity) throw new Error('The stand-in has no cities');
const someCities: [City, ...City[]] = [firstCity, ...otherCities];
const giza = cities.find((city) => city.name === 'Giza') ?? firstCity;
/** Half of the customers live in the two that make greater Cairo. */
const bigCities: [City, ...City[]] = [firstCity, giza];

function districtOf(city: City, dice: Dice): District {
  const [first, ...others] = city.districts.filter((district) => district.collects);
  if (!first) throw new Error(`${city.name} has no district`);
  return dice.pick([first, ...others]);
}

/** A mobile of one of the four networks, with eight digits that no other number has. */
function mobile(dice: Dice, number: number): string {
  return `${dice.pick(['010', '011', '012', '015'])}${String(scattered(number)).padStart(8, '0')}`;
}

/**
 * Another number below 100 million for each: a Feistel network over its two halves. Customers' phones
 * lie apart as real ones do; were they evenly spaced, most would be one digit from somebody else's.
 */
function scattered(number: number): number {
  let [left, right] = [Math.floor(number / half) % half, number % half];
  for (let round = 0; round < 4; round++)
    [left, right] = [right, (left + hash(round, right)) % half];
  return left * half + right;
}

/** Ten thousand: four digits. */
const half = 10_000;

/** A phone as one of the ways in which shops and people write it; mostly Bosta's own `+20…`. */
export function spelled(phone: string, dice: Dice): string {
  const national = phone.slice(1);
  if (dice.chance(0.7)) return `+20${national}`;
  return dice.pick([
    phone,
    `20${national}`,
    `0020${national}`,
    national,
    `${phone.slice(0, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}`,
    phone.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit),
  ]);
}

/** Where a customer lives, as a delivery's address. */
export function addressOf(customer: Customer) {
  const { city, district, firstLine, buildingNumber, floor, apartment } = customer;
  return {
    ...placeFields(city, district),
    firstLine,
    buildingNumber,
    floor,
    apartment,
    isBadAddress: false,
    addressClarityScore: 85,
    geoLocation: [31 + (customer.number % 100) / 100, 30 + (customer.number % 70) / 100],
  };
}
