/** Letters of either script by sound. Vowels are left out: no two people write them alike ("Mohamed", "Muhammad", "محمد"). */
const sounds: Record<string, string> = {
  ...{ ب: 'b', پ: 'b', ت: 't', ث: 's', ج: 'g', ح: 'h', خ: 'k', د: 'd', ذ: 'z', ر: 'r', ز: 'z' },
  ...{ س: 's', ش: 'c', ص: 's', ض: 'd', ط: 't', ظ: 'z', غ: 'g', ف: 'f', ق: 'k', ك: 'k', ل: 'l' },
  ...{ م: 'm', ن: 'n', ه: 'h', و: 'w', b: 'b', p: 'b', t: 't', g: 'g', j: 'g', h: 'h', d: 'd' },
  ...{ z: 'z', r: 'r', s: 's', c: 'k', f: 'f', v: 'f', k: 'k', q: 'k', l: 'l', m: 'm', n: 'n' },
  ...{ w: 'w', x: 'ks' },
};
const latinPairs: readonly (readonly [RegExp, string])[] = [
  [/sh|ch/g, 'ش'],
  [/kh/g, 'خ'],
  [/th/g, 'ث'],
  [/gh/g, 'غ'],
  [/ph/g, 'f'],
  // The long vowel that Arabic writes: "Mahmoud", "محمود".
  [/ou|oo/g, 'w'],
  // Two names that differ by it alone, however they are written: "Mahmud" is no "Mohamed", "Amr" no "Omar".
  [/(?<=^mahm)[uo](?=d$)/g, 'w'],
  [/^amro?$/g, 'amrw'],
];

const vowels = '~';

/** How a word sounds, `full` with the long vowel that tells "Mahmoud" from "Mohamed", `bare` without. */
export type Sound = { full: string; bare: string };

/** A word in one spelling without the article: "السيد", "Elsayed". */
export function withoutArticle(word: string): string {
  return word.replace(/^(?:ال|el|al)(?=\p{L}{3})/u, '');
}

/** The sound of a word in one spelling (domain/arabic.ts), in either script. */
export function soundOf(word: string): Sound {
  let letters = withoutArticle(word);
  for (const [pair, letter] of latinPairs) letters = letters.replaceAll(pair, letter);
  const heard = [...letters].map((letter) => sounds[letter] ?? '').join('');
  // A last h is heard as little as it is written: "Fatma", "فاطمة".
  const full = heard.replaceAll(/(.)\1+/g, '$1').replace(/h$/, '');
  // Of vowels alone, as "Aya" and "آية": a sound of its own.
  if (full === '') return { full: vowels, bare: vowels };
  return { full, bare: full.replaceAll('w', '').replaceAll(/(.)\1+/g, '$1') };
}

/** Whether two words differ by a typist's slip: a letter wrong, missing, doubled, or swapped with its neighbour. */
export function isOneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const [left, right] = [a.slice(from), b.slice(from)];
  return (
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}
