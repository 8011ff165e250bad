import { trackingNumber } from './digits.ts';

/** What the keys of the letters send on an Arabic keyboard (101), as they are and with Shift. */
const arabicKeys: Record<string, [plain: string, shifted: string]> = {
  ...{ q: ['ض', 'َ'], w: ['ص', 'ً'], e: ['ث', 'ُ'], r: ['ق', 'ٌ'], t: ['ف', 'لإ'], y: ['غ', 'إ'] },
  ...{ u: ['ع', '‘'], i: ['ه', '÷'], o: ['خ', '×'], p: ['ح', '؛'], a: ['ش', 'ِ'], s: ['س', 'ٍ'] },
  ...{ d: ['ي', ']'], f: ['ب', '['], g: ['ل', 'لأ'], h: ['ا', 'أ'], j: ['ت', 'ـ'], k: ['ن', '،'] },
  ...{ l: ['م', '/'], z: ['ئ', '~'], x: ['ء', 'ْ'], c: ['ؤ', '}'], v: ['ر', '{'], b: ['لا', 'لآ'] },
  ...{ n: ['ى', 'آ'], m: ['ة', '’'] },
};

const latinLetters = new Map(
  Object.entries(arabicKeys).flatMap(([letter, [plain, shifted]]) => [
    [plain, letter],
    [shifted, letter.toUpperCase()],
  ]),
);

/** A tracking number as people type or scan it. A scanner is a keyboard: where that is an Arabic one, `HV-1042` comes as `أ{-١٠٤٢` (hub-practice.md, "The scan"). */
export function typedNumber(text: string): string | undefined {
  return trackingNumber(text) ?? numberOnArabicKeys(text);
}

/** Words are no number: one has a digit. */
function numberOnArabicKeys(text: string): string | undefined {
  const letters = text.replaceAll(/لا|لآ|لإ|لأ|./gu, (sent) => latinLetters.get(sent) ?? sent);
  const number = trackingNumber(letters);
  return number !== undefined && /\d/.test(number) ? number : undefined;
}
