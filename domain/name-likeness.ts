import { plainSpelling } from './arabic.ts';

/** `same`: at least two names in common. `first`: the first name, where one of the two texts has no other. `family`: another person, one name in common. */
export type NameLikeness = 'same' | 'first' | 'family' | 'other' | 'unknown';

/** Letters of either script by sound. Vowels are left out: no two people write them alike ("Mohamed", "Muhammad", "محمد"). */
const sounds: Record<string, string> = {
  ...{ ب: 'b', پ: 'b', ت: 't', ث: 's', ج: 'g', ح: 'h', خ: 'k', د: 'd', ذ: 'z', ر: 'r', ز: 'z' },
  ...{ س: 's', ش: 'c', ص: 's', ض: 'd', ط: 't', ظ: 'z', غ: 'g', ف: 'f', ق: 'k', ك: 'k', ل: 'l' },
  ...{ م: 'm', ن: 'n', ه: 'h', b: 'b', p: 'b', t: 't', g: 'g', j: 'g', h: 'h', d: 'd', z: 'z' },
  ...{ r: 'r', s: 's', c: 'k', f: 'f', v: 'f', k: 'k', q: 'k', l: 'l', m: 'm', n: 'n', x: 'k' },
};
const latinPairs: readonly (readonly [RegExp, string])[] = [
  [/sh|ch/g, 'ش'],
  [/kh/g, 'خ'],
  [/th/g, 'ث'],
  [/gh/g, 'غ'],
  [/ph/g, 'f'],
];

/** What stands before a name, and is none. */
const titles = new Set(['mr', 'mrs', 'ms', 'dr', 'eng', 'استاذ', 'الاستاذ', 'دكتور', 'مهندس']);

/** Names of two words are one: "Abd El Rahman", "عبد الله", "Abu Bakr". */
const compound = /(?<!\p{L})(عبد|ابو|abdel|abdul|abd|abou|abu)[\s-]+/gu;

/** The names in a text, each by its sound. */
function namesIn(text: string): string[] {
  const words = plainSpelling(text)
    .replaceAll(compound, '$1')
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1 && !titles.has(word));
  return words.map(soundOf).filter((sound) => sound !== '');
}

function soundOf(word: string): string {
  let letters = word.replace(/^(?:ال|el|al)(?=\p{L}{3})/u, '');
  for (const [pair, letter] of latinPairs) letters = letters.replaceAll(pair, letter);
  const sound = [...letters].map((letter) => sounds[letter] ?? '').join('');
  // A last h is heard as little as it is written: "Fatma", "فاطمة".
  return sound.replaceAll(/(.)\1+/g, '$1').replace(/(?<=.)h$/, '');
}

/** How alike two names of people are, in either script. */
export function nameLikeness(a: string | null, b: string | null): NameLikeness {
  const [left, right] = [namesIn(a ?? ''), namesIn(b ?? '')];
  if (left.length === 0 || right.length === 0) return 'unknown';
  const common = new Set(left).intersection(new Set(right)).size;
  if (common >= 2) return 'same';
  if (left[0] === right[0] && Math.min(left.length, right.length) === 1) return 'first';
  return common === 1 ? 'family' : 'other';
}
