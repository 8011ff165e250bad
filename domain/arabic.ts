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

/** Digits that people write in Latin letters for those of Arabic that these lack: "5allat", "7assan", "la7ma". */
const chatDigits = new Map([
  ['2', ''],
  ['3', 'a'],
  ['5', 'kh'],
  ['6', 't'],
  ['7', 'h'],
]);
/** Within a word, or before one: not in "3in1", nor in a model's number. */
const chatDigit = /(?<=[a-z])[23567](?=[a-z])|(?<![\p{L}\d.,/-])[23567](?=[a-z]{3})/gu;

/** A text in one spelling, with letters for the digits that stand for such. */
export function withoutChatDigits(plain: string): string {
  return plain.replaceAll(chatDigit, (digit) => chatDigits.get(digit) ?? digit);
}
