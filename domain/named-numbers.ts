import { latinDigits, trackingNumber } from './digits.ts';
import type { FamilyOrder } from './hierarchy.ts';
import { remembered } from './remembered.ts';

/** What an order says of others. */
export type Mentions = {
  /** Its own texts name the other's tracking number. */
  names: (other: FamilyOrder) => boolean;
  /** It bears the other's business reference, or its texts name the number in it ("#10023-R", "مرتجع طلب ١٠٠٢٣" of the shop's "store:#10023") or the end of its tracking number ("شحنة اخرها 7119"). */
  refersTo: (other: FamilyOrder) => boolean;
};

/** Reads once what an order says of any other: few say anything, and each is asked about all of a customer's. What too many name means none (`crowded`). */
export function mentionsIn(order: FamilyOrder, crowded: ReadonlySet<string>): Mentions {
  const named = numbersNamedIn(order, crowded);
  const ends = order.notes === null ? [] : endsIn(order.notes);
  const shops = shopNumbersNamedIn(order, crowded);
  const { business_reference: own } = order;
  return {
    names: ({ tracking_number: number }) => number !== null && named.has(number),
    refersTo: (other) => {
      if (isAnEndOf(other.tracking_number ?? '', ends)) return true;
      if (other.business_reference === null) return false;
      if (other.business_reference === own) return true;
      const number = shops.size === 0 ? undefined : shopNumberOf(other);
      return number !== undefined && shops.has(number);
    },
  };
}

/** Nobody sends more back at once: what names more is a list, and about none of them. */
const mostNamed = 20;

function unlessList(numbers: readonly string[]): readonly string[] {
  return numbers.length <= mostNamed || new Set(numbers).size <= mostNamed ? numbers : [];
}

// From the beginning alone: else a long text without digits is looked through again from each letter.
const longNumber = /^.*(?<!\d)(\d{5,20})(?!\d)/su;
const shortNumber = /^.*(?<!\d)(\d{4})(?!\d)/su;

/** The shop's own number of a sale: the last in its reference, as `shop_number` in the database has it. One of four digits may be a year, where there is a longer one. */
export function shopNumberOf({
  business_reference: reference,
}: Pick<FamilyOrder, 'business_reference'>): string | undefined {
  if (reference === null) return undefined;
  const plain = latinDigits(reference);
  return (longNumber.exec(plain) ?? shortNumber.exec(plain))?.[1];
}

/** As what a number that texts name is kept, and a shop's number. */
export const namedClue = (number: string) => `named:${number}`;
export const shopClue = (number: string) => `${shopPrefix}${number}`;
export const shopPrefix = 'shop:';

/** The shop's numbers of other orders that an order's reference and notes name, but those that too many do. */
export function shopNumbersNamedIn(
  { business_reference: reference, notes }: Pick<FamilyOrder, 'business_reference' | 'notes'>,
  crowded: ReadonlySet<string>,
): Set<string> {
  const own = reference === null ? [] : latinDigits(reference).match(/(?<!\d)\d{4,20}(?!\d)/g);
  const all = [...(own ?? []), ...(notes === null ? [] : orderNumbersIn(notes))];
  return new Set(unlessList(all).filter((number) => !crowded.has(shopClue(number))));
}

/** By so many digits at least that hardly another number ends alike. */
function isAnEndOf(number: string, ends: readonly string[]): boolean {
  return ends.some((end) => number.endsWith(end) && number !== end);
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

/** The tracking numbers that an order's own texts name, but those that too many do: "بديل للشحنة 7001". Words without digits are none. */
export function numbersNamedIn(
  order: Pick<FamilyOrder, 'notes' | 'product_name' | 'business_reference' | 'tracking_number'>,
  crowded: ReadonlySet<string>,
): Set<string> {
  const numbers = unlessList(textsOf(order).flatMap(numbersIn));
  return new Set(
    numbers.filter((number) => number !== order.tracking_number && !crowded.has(namedClue(number))),
  );
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
