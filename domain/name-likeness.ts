import { plainSpelling, withoutChatDigits } from './arabic.ts';
import { latinDigits } from './digits.ts';
import { remembered } from './remembered.ts';
import { isOneLetterApart, type Sound, soundOf, withoutArticle } from './sound.ts';
import { wordList } from './word-list.ts';

/**
 * `same`: the first name and another. `like`: as well, but misspelt, or in another order.
 * `first`: the first name alone. `namesake`: the first name, and others behind it. `family`: another person, one name or more in common.
 */
export type NameLikeness = 'same' | 'like' | 'first' | 'namesake' | 'family' | 'other' | 'unknown';

type Name = Sound & { word: string };

/** What stands before a name, or for one, and is none. */
const titles = wordList(`
  mr mrs ms miss mme dr eng captain madam hag vip customer client return maintenance exchange
  replacement refund استاذ استاذه دكتور دكتوره مهندس مهندسه باشمهندس باشمهندسه بشمهندس بشمهندسه
  كابتن محاسب مستشار لواء عقيد مدام سيده انسه حاج حاجه مستر عنايه عميل عميله قديم صيانه اصلاح
  استبدال بديل مرتجع استلام تسليم شيخ ست اخ اخت بيه هانم sheikh prof
`);

/** Names of two words are one: "Abd El Rahman", "عبد الله", "Abu Bakr", "أم وليد". */
const compound = /(?<!\p{L})(عبد|ابو|ام|abd(?:[\s-]?[eua]l)?|abou?|abu|omm?|umm|oum)[\s-]+/gu;
/** What stands before a child's name and says whose parent it is. */
const parents = wordList('ام ابو om omm umm oum abo abou abu');

type Signs = {
  names: readonly Name[];
  numbers: ReadonlySet<string>;
  /** Of who is called by a child and by nothing else: "أم وليد". */
  child: Name | undefined;
};

/** The names in a text, each with its sound. */
function namesIn(plain: string): Name[] {
  return wordsIn(
    plain.replaceAll(compound, (_, before: string) => before.replaceAll(/[\s-]/g, '')),
  ).map(heardName);
}

function wordsIn(plain: string): string[] {
  return plain
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1 && !titles.has(word.replace(/^ال/u, '')));
}

function heardName(word: string): Name {
  return { word, ...soundOf(word) };
}

function childIn(plain: string): Name | undefined {
  const [parent = '', child, ...more] = wordsIn(plain);
  const isAll = child !== undefined && more.length === 0;
  return isAll && parents.has(parent) ? heardName(child) : undefined;
}

export type NameColumns = {
  receiver_full_name: string | null;
  receiver_first_name: string | null;
  receiver_last_name: string | null;
};

/** What an order's customer is called: some payloads have the name in two parts alone. */
export function fullName(order: NameColumns): string | null {
  const parts = [order.receiver_first_name, order.receiver_last_name];
  return order.receiver_full_name ?? (parts.filter((part) => part !== null).join(' ') || null);
}

/** Numbers that stand in names, and no phones: "Client 17". */
function numbersIn(text: string): Set<string> {
  return new Set(withoutChatDigits(latinDigits(text).toLowerCase()).match(/(?<!\d)\d{1,6}(?!\d)/g));
}

const signsOf = remembered((text: string): Signs => {
  const plain = withoutChatDigits(plainSpelling(text));
  return { names: namesIn(plain), numbers: numbersIn(text), child: childIn(plain) };
});

/** How alike two names of people are, in either script. Of two with a number in them it tells whether they are one. */
export function nameLikeness(a: string | null, b: string | null): NameLikeness {
  if (a === null || b === null) return 'unknown';
  const [one, other] = [signsOf(a), signsOf(b)];
  if (one.numbers.size === 0 || other.numbers.size === 0) return likenessOf(one, other);
  if (one.numbers.isDisjointFrom(other.numbers)) return 'other';
  return a === b ? 'same' : likenessOf(one, other);
}

/** Who is called by a child may bear any name but the child's. */
function likenessOf(one: Signs, other: Signs): NameLikeness {
  const found = wordLikeness(one.names, other.names);
  if (found !== 'other' || (!one.child && !other.child)) return found;
  const [left, right] = [one.child ?? one.names[0], other.child ?? other.names[0]];
  if (left && right && isHeardAlike(left, right)) return 'family';
  return one.child && other.child ? 'other' : 'unknown';
}

function wordLikeness(left: readonly Name[], right: readonly Name[]): NameLikeness {
  const [first, other] = [left[0], right[0]];
  if (first === undefined || other === undefined) return 'unknown';
  if (left === right) return left.length > 1 ? 'same' : 'first';
  const common = (heard: typeof isHeardAlike) =>
    left.filter((name) => right.some((one) => heard(name, one))).length;
  const exactly = common(isHeardAlike);
  if (exactly >= 2 && isHeardAlike(first, other)) return 'same';
  const nearly = common(isNearlyAlike);
  if (nearly >= 2 && (isNearlyAlike(first, other) || isSwapped(left, right))) return 'like';
  if (isNearlyAlike(first, other))
    return left.length > 1 && right.length > 1 ? 'namesake' : 'first';
  if (isSpacedOtherwise(left, right)) return 'like';
  return nearly > 0 ? 'family' : 'other';
}

function isHeardAlike(a: Name, b: Name): boolean {
  return a.full === b.full && beginsAlike(a, b);
}

/** With a vowel, which is written there in either script, or with a consonant: Eman is not Mona, Omar not Marwa. */
function beginsAlike(a: Name, b: Name): boolean {
  return beginsWithVowel(a) === beginsWithVowel(b);
}

function beginsWithVowel({ word }: Name): boolean {
  return /^[اعءaeiou]/.test(withoutArticle(word));
}

/** Names a letter apart that brothers bear, by their sound: Mohamed and Mahmoud, Omar and Amr. */
const namesOfTheirOwn = new Set(['mhmd', 'mhmwd', 'mr', 'mrw']);

/** By the typist's slips too. Few err in the first letter, and it tells "Ahmed" from "Mohamed". */
function isNearlyAlike(a: Name, b: Name): boolean {
  if (isHeardAlike(a, b)) return true;
  if (namesOfTheirOwn.has(a.full) && namesOfTheirOwn.has(b.full)) return false;
  if (a.bare === b.bare && a.bare.length > 1) return beginsAlike(a, b);
  if (a.word[0] === b.word[0] && Math.min(a.word.length, b.word.length) > 2)
    return isOneLetterApart(a.word, b.word);
  return a.bare.length > 3 && a.bare[0] === b.bare[0] && isOneLetterApart(a.bare, b.bare);
}

/** The space a letter too early or too late: "عم رزكي" for "عمر زكي". */
function isSpacedOtherwise(left: readonly Name[], right: readonly Name[]): boolean {
  const letters = (names: readonly Name[]) => names.map(({ word }) => word).join('');
  return left.length > 1 && right.length > 1 && letters(left) === letters(right);
}

/** The family's name before one's own. */
function isSwapped(left: readonly Name[], right: readonly Name[]): boolean {
  const has = (names: readonly Name[], one: Name | undefined) =>
    one !== undefined && names.some((name) => isHeardAlike(name, one));
  return has(left, right[0]) && has(right, left[0]);
}
