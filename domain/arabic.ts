/** Spellings that Arabic writers use for one letter, and marks that they leave out. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/[\u064b-\u065f\u0670\u0640]/g, ''],
  [/[أإآٱ]/g, 'ا'],
  [/ى/g, 'ي'],
  [/ة/g, 'ه'],
];

/** A text in one spelling: lower case, without the marks and variants that writers of Arabic choose freely. */
export function plainSpelling(text: string): string {
  let plain = text.toLowerCase();
  for (const [spelling, letter] of spellings) plain = plain.replaceAll(spelling, letter);
  return plain;
}
