const arabicIndicZero = 0x0660;
const persianZero = 0x06f0;
const otherDigits = /[٠-٩۰-۹]/;
/** The signs that part fractions and thousands beside these digits. */
const separators = new Map([
  ['٫', '.'],
  ['٬', ','],
]);

/** Turns Arabic-Indic (٠-٩) and Persian (۰-۹) digits, and the separators within their numbers, into Latin ones; all else stays. */
export function latinDigits(text: string): string {
  if (!otherDigits.test(text)) return text;
  return text.replaceAll(/[٠-٩۰-۹٫٬]/g, (sign) => {
    const code = sign.charCodeAt(0);
    const digit = code - (code >= persianZero ? persianZero : arabicIndicZero);
    return separators.get(sign) ?? String(digit);
  });
}

/** Marks that nobody sees, and that a copy, a scanner or a right-to-left keyboard leaves in a text: of its direction, and of no width. */
const invisible = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A text without the marks in it that nobody sees. */
export function withoutMarks(text: string): string {
  return text.replaceAll(invisible, '');
}

/** A tracking number as typed, scanned or sent: 3 to 50 letters, digits, `-` and `_`; undefined where the text is none (hub-practice.md, "The scan"). */
export function trackingNumber(text: string): string | undefined {
  const clean = withoutMarks(latinDigits(text)).replaceAll(/\s/g, '');
  return /^[A-Za-z0-9_-]{3,50}$/.test(clean) ? clean : undefined;
}
