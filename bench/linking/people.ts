import type { Dice } from '../../dev/bosta/dice.ts';
import type { Shares } from './shares.ts';

type Name = { ar: string; en: string };
export type Person = {
  first: Name;
  last: Name;
  writes: keyof Name;
  phone: string;
  secondPhone: string | null;
  address: { city: { name: string }; district: { name: string }; firstLine: string };
};

function names(text: string): [Name, ...Name[]] {
  const [first, ...others] = text.split(', ').map((pair) => {
    const [ar = '', en = ''] = pair.split(' ');
    return { ar, en };
  });
  if (!first) throw new Error('There are no names');
  return [first, ...others];
}

const firstNames = names(
  'أحمد Ahmed, محمد Mohamed, منى Mona, فاطمة Fatma, محمود Mahmoud, سارة Sara, خالد Khaled, هبة Heba, عمر Omar, نورا Noura, كريم Karim, دعاء Doaa, يوسف Youssef, مريم Mariam, طارق Tarek, إيمان Eman, وليد Walid, رانيا Rania, حسام Hossam, شيماء Shaimaa',
);
const lastNames = names(
  'حسن Hassan, إبراهيم Ibrahim, السيد Elsayed, مصطفى Mostafa, رمضان Ramadan, فاروق Farouk, الشافعي Elshafey, منصور Mansour, حجازي Hegazy, سليمان Soliman, عثمان Osman, شاهين Shahin, بدوي Badawy, زكي Zaki, غنيم Ghoneim, نجيب Naguib',
);
const cities = [
  ['Cairo', 'Nasr City', 'Maadi', 'Heliopolis', 'Shubra'],
  ['Giza', 'Dokki', 'Haram', 'Faisal', 'October'],
  ['Alexandria', 'Smouha', 'Miami', 'Agami', 'Sidi Gaber'],
] as const;

/** The people of one household: one, or two who order under one phone. */
export function household(dice: Dice, shares: Shares): [Person, ...Person[]] {
  const person = somebody(dice, shares);
  if (!dice.chance(shares.family_phone)) return [person];
  const other = { ...person, first: dice.pick(firstNames) };
  return [person, dice.chance(0.5) ? other : { ...other, last: dice.pick(lastNames) }];
}

/** Anybody. */
export function somebody(dice: Dice, shares: Shares): Person {
  const [city, ...districts] = cities[dice.between(0, 2)] ?? cities[0];
  return {
    first: dice.pick(firstNames),
    last: dice.pick(lastNames),
    writes: dice.chance(0.65) ? 'ar' : 'en',
    phone: mobile(dice),
    secondPhone: dice.chance(shares.second_phone) ? mobile(dice) : null,
    address: {
      city: { name: city },
      district: { name: districts[dice.between(0, 3)] ?? '' },
      firstLine: `${dice.between(1, 180)} street ${dice.between(1, 40)}`,
    },
  };
}

/** A person's name as it is written in one script. */
export function nameOf({ first, last }: Person, script: keyof Name): string {
  return `${first[script]} ${last[script]}`;
}

/** Somebody else at the door: another first name. */
export function somebodyElse(person: Person, dice: Dice): Person {
  return { ...person, first: dice.pick(firstNames), last: dice.pick(lastNames) };
}

function mobile(dice: Dice): string {
  const digits = String(dice.between(0, 99_999_999)).padStart(8, '0');
  return `${dice.pick(['010', '011', '012', '015'])}${digits}`;
}

/** A phone with a typist's slip: one digit wrong, or two neighbours swapped. */
export function mistyped(phone: string, dice: Dice): string {
  const at = dice.between(3, 9);
  const [digit = '0', next = '0'] = phone.slice(at);
  if (digit !== next && dice.chance(0.3))
    return `${phone.slice(0, at)}${next}${digit}${phone.slice(at + 2)}`;
  return `${phone.slice(0, at)}${(Number(digit) + dice.between(1, 9)) % 10}${phone.slice(at + 1)}`;
}
