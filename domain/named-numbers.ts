import { latinDigits, trackingNumber } from './digits.ts';
import type { FamilyOrder } from './hierarchy.ts';
import { remembered } from './remembered.ts';

/** Whether an order's own texts name the other's tracking number. */
export function isNamedIn(sub: FamilyOrder, main: FamilyOrder): boolean {
  const number = main.tracking_number;
  return number !== null && textsOf(sub).some((text) => numbersIn(text).includes(number));
}

/** Whether an order bears the other's business reference, or its texts name the number in it ("#10023-R", "مرتجع طلب ١٠٠٢٣" of the shop's "store:#10023") or the end of its tracking number ("شحنة اخرها 7119"). */
export function isReferredTo(sub: FamilyOrder, main: FamilyOrder): boolean {
  if (isNamedByItsEnd(sub, main)) return true;
  if (main.business_reference === null) return false;
  if (sub.business_reference === main.business_reference) return true;
  const number = shopNumberOf(main);
  return number !== undefined && shopNumbersNamedIn(sub).has(number);
}

/** More sales than one and its repetitions bear one number: what all of a shop's bear names none of them. */
export const mostSalesOfANumber = 10;

const longNumber = /.*(?<!\d)(\d{5,20})(?!\d)/su;
const shortNumber = /.*(?<!\d)(\d{4})(?!\d)/su;

/** The shop's own number of a sale: the last in its reference, as `shop_number` in the database has it. One of four digits may be a year, where there is a longer one. */
export function shopNumberOf({
  business_reference: reference,
}: Pick<FamilyOrder, 'business_reference'>): string | undefined {
  if (reference === null) return undefined;
  const plain = latinDigits(reference);
  return (longNumber.exec(plain) ?? shortNumber.exec(plain))?.[1];
}

/** The shop's numbers of other orders that an order's reference and notes name. */
export function shopNumbersNamedIn({
  business_reference: reference,
  notes,
}: Pick<FamilyOrder, 'business_reference' | 'notes'>): Set<string> {
  const own = reference === null ? [] : latinDigits(reference).match(/(?<!\d)\d{4,20}(?!\d)/g);
  return new Set([...(own ?? []), ...(notes === null ? [] : orderNumbersIn(notes))]);
}

/** By so many digits at least that hardly another number ends alike. */
function isNamedByItsEnd(sub: FamilyOrder, main: FamilyOrder): boolean {
  const number = main.tracking_number ?? '';
  return endsIn(sub.notes ?? '').some((end) => number.endsWith(end) && number !== end);
}

const endsIn = remembered(
  (text: string): string[] => latinDigits(text).match(/(?<!\d)\d{4,7}(?!\d)/g) ?? [],
);

/** A shop's numbers of orders in a text. Where nothing says that it is one, a number of four digits may be a power. */
const orderNumbersIn = remembered((text: string): string[] => {
  const found = latinDigits(text).matchAll(
    /(?:#|order|طلب|اوردر|أوردر)\D{0,5}(\d{4,20})(?!\d)|(?<!\d)(\d{5,20})(?!\d)/giu,
  );
  return [...found].flatMap(([, said, bare]) => said ?? bare ?? []);
});

/** The tracking numbers that an order's own texts name: "بديل للشحنة 7001". Words without digits are none. */
export function numbersNamedIn(
  order: Pick<FamilyOrder, 'notes' | 'product_name' | 'business_reference' | 'tracking_number'>,
): Set<string> {
  const numbers = textsOf(order).flatMap(numbersIn);
  return new Set(numbers.filter((number) => number !== order.tracking_number));
}

function textsOf(
  order: Pick<FamilyOrder, 'notes' | 'product_name' | 'business_reference'>,
): string[] {
  const { notes, product_name, business_reference: reference } = order;
  // A shop's own number ("#2600001") is nobody's tracking number.
  const texts = [notes, product_name, reference?.startsWith('#') ? null : reference];
  return texts.filter((text) => text !== null);
}

const numbersIn = remembered((text: string): string[] => {
  const plain = latinDigits(text);
  // As they stand, and with the spaces that people put into long numbers left out: "2034 325281".
  const words = [plain, plain.replaceAll(/(?<=\d)[ .-](?=\d)/g, '')].flatMap((one) => [
    ...(one.match(/[A-Za-z0-9_-]+/g) ?? []),
    // And without what is written onto them: "AWB2034325281", "R2034325281", "2034325281-1".
    ...(one.match(/(?<!\d)\d{7,}(?!\d)/g) ?? []),
  ]);
  return [...new Set(words)].filter((word) => /\d{4}/.test(word) && trackingNumber(word) === word);
});
