import type { Dice } from '../../dev/bosta/dice.ts';
import { type Home, home, type Name, names } from './homes.ts';
import type { Shares } from './shares.ts';

export type Person = {
  first: Name;
  father: Name;
  last: Name;
  writes: keyof Name;
  phone: string;
  secondPhone: string | null;
  home: Home;
};
const women = names(
  'منى Mona, فاطمة Fatma, سارة Sara, هبة Heba, نورا Noura, دعاء Doaa, مريم Mariam, إيمان Eman, رانيا Rania, شيماء Shaimaa, آية Aya, ياسمين Yasmine',
);
const men = names(
  'أحمد Ahmed, محمد Mohamed, محمود Mahmoud, خالد Khaled, عمر Omar, كريم Karim, يوسف Youssef, طارق Tarek, وليد Walid, حسام Hossam, عبد_الرحمن Abdelrahman, مصطفى Mostafa, علي Ali',
);
const lastNames = names(
  'حسن Hassan, إبراهيم Ibrahim, السيد Elsayed, رمضان Ramadan, فاروق Farouk, الشافعي Elshafey, منصور Mansour, حجازي Hegazy, سليمان Soliman, عثمان Osman, شاهين Shahin, بدوي Badawy, زكي Zaki, غنيم Ghoneim, نجيب Naguib, عبد_الله Abdallah',
);
/** The people of one household: one, or two who order under one phone: a couple, brothers, a father and his son; or one whose second phone is a brother's own. */
export function household(dice: Dice, shares: Shares, number: number): [Person, ...Person[]] {
  const person = somebody(dice, shares, number);
  if (dice.chance(shares.relatives_phone)) {
    const relative = { ...sibling(person, dice), phone: mobile(dice), secondPhone: null };
    return [{ ...person, secondPhone: relative.phone }, relative];
  }
  if (!dice.chance(shares.family_phone)) return [person];
  return [person, dice.pick([couple, sibling, child])(person, dice)];
}

const couple = (person: Person, dice: Dice): Person => ({
  ...{ ...person, first: anotherFirst(person, dice), father: dice.pick(men) },
  last: dice.pick(lastNames),
});
const sibling = (person: Person, dice: Dice): Person => ({
  ...person,
  first: anotherFirst(person, dice),
});
/** Egyptians bear their father's and grandfather's first names. */
const child = (person: Person, dice: Dice): Person => ({
  ...person,
  first: anotherFirst(person, dice),
  father: men.includes(person.first) ? person.first : person.father,
});

/** Anybody; `number` is where the phone stands, where phones are given out in a row. */
export function somebody(dice: Dice, shares: Shares, number: number): Person {
  return {
    first: dice.chance(0.5) ? dice.pick(men) : dice.pick(women),
    father: dice.pick(men),
    last: dice.pick(lastNames),
    writes: dice.chance(0.65) ? 'ar' : 'en',
    phone: dice.chance(shares.phones_in_a_row) ? inARow(number) : mobile(dice),
    secondPhone: dice.chance(shares.second_phone) ? mobile(dice) : null,
    home: home(dice),
  };
}

/** Somebody else at the door. */
export function somebodyElse(person: Person, dice: Dice): Person {
  return {
    ...{ ...person, first: anotherFirst(person, dice), father: dice.pick(men) },
    last: dice.pick(lastNames),
  };
}

function anotherFirst({ first }: Person, dice: Dice): Name {
  const found = dice.chance(0.5) ? dice.pick(men) : dice.pick(women);
  return found === first ? { ar: 'زينب', en: 'Zeinab' } : found;
}

/** A person's name in one script: first and last, now and then with the father's between them, or the first alone. */
export function nameOf(
  { first, father, last }: Person,
  script: keyof Name,
  form: 'usual' | 'long' | 'first' = 'usual',
): string {
  if (form === 'first') return first[script];
  const middle = form === 'long' ? ` ${father[script]}` : '';
  return `${first[script]}${middle} ${last[script]}`;
}

/** A text with one letter left out, doubled, or swapped with its neighbour. */
export function misspelt(text: string, dice: Dice): string {
  const at = dice.between(1, Math.max(1, text.length - 2));
  const [letter = '', next = ''] = text.slice(at);
  const middle = dice.pick([next, `${letter}${letter}${next}`, `${next}${letter}`]);
  return `${text.slice(0, at)}${middle}${text.slice(at + 2)}`;
}

function mobile(dice: Dice): string {
  const digits = String(dice.between(0, 99_999_999)).padStart(8, '0');
  return `${dice.pick(['010', '011', '012', '015'])}${digits}`;
}

/** Where phones are given out in a row, a slip leads to somebody else's. */
function inARow(number: number): string {
  return `0101${String(2_000_000 + number).padStart(7, '0')}`;
}

/** A phone with a typist's slip, behind its leading zero: one digit wrong, or two neighbours swapped. */
export function mistyped(phone: string, dice: Dice): string {
  const at = dice.between(1, 10);
  const [digit = '0', next = digit] = phone.slice(at);
  if (digit !== next && dice.chance(0.3))
    return `${phone.slice(0, at)}${next}${digit}${phone.slice(at + 2)}`;
  return `${phone.slice(0, at)}${(Number(digit) + dice.between(1, 9)) % 10}${phone.slice(at + 1)}`;
}

/** A phone with a digit left out, typed twice, or one too many. */
export function miscounted(phone: string, dice: Dice): string {
  const at = dice.between(2, 10);
  const typed = dice.pick([
    '',
    '',
    `${phone[at]}${phone[at]}`,
    `${phone[at]}${dice.between(0, 9)}`,
  ]);
  return `${phone.slice(0, at)}${typed}${phone.slice(at + 1)}`;
}
