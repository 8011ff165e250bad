import { z } from 'zod';
import { latinDigits } from '../../domain/digits.ts';
import { typedNumber } from '../../domain/keyboard.ts';
import { largestAmount, type Piastres, parseEgp, toEgp } from '../../domain/money.ts';
import { canonicalPhone } from '../../domain/phone.ts';

/** Text that Postgres can keep: no NUL, and no half of a surrogate pair. */
export function text(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must be at most ${max} characters`)
    .refine(isStorable, 'has characters that cannot be stored');
}

function isStorable(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed();
}

/** Where people type a number: Arabic-Indic and Persian digits are the same digits. */
const typed = z.string().overwrite(latinDigits);

/** Text in which numbers stand: a code, a serial number. */
export function code(max: number) {
  return text(max).overwrite(latinDigits);
}

/** An order's id, ours or Bosta's. */
export const orderId = text(100);
/** The e-mail of an account. */
export const email = text(254);
/** Why somebody asks for something. */
export const reason = text(2_000);
/** Whatever else there is to say. */
export const notes = text(4_000);

/** A number in a path or a query, where all is text. */
function digits(max: number, message: string) {
  return typed
    .regex(/^\d{1,16}$/, message)
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`);
}

/** A case's or another bigint's id in a path. */
export const idText = digits(Number.MAX_SAFE_INTEGER, 'must be a whole number');
/** An `int` in a query. */
export const intText = digits(2_147_483_647, 'must be a whole number');
/** An `int` in a body. */
export const intId = z.int().min(1).max(2_147_483_647);

/** Yes or no in a query. */
export const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((word) => word === 'true');

/** As a sync reads times: what lies outside is a slip of the keyboard, and no calendar is sure of it. */
const days = { first: '2000-01-01', last: '2100-12-31' };

/** A day in Cairo, `2026-06-01`. */
export const day = typed
  .check(z.iso.date({ error: 'must be a day, written like 2026-06-01', abort: true }))
  .refine(
    (value) => value >= days.first && value <= days.last,
    `must be a day from ${days.first} to ${days.last}`,
  );

/** A phone in any spelling, as the one form that is stored and looked up. */
export const phone = text(40).transform((typed, context) => {
  const canonical = canonicalPhone(typed);
  if (canonical !== undefined) return canonical;
  context.addIssue({ code: 'custom', message: 'is no phone number that can be read' });
  return z.NEVER;
});

/** A tracking number as typed or scanned, Arabic-Indic digits too. */
export const trackingNumber = text(100).transform((typed, context) => {
  const number = typedNumber(typed);
  if (number !== undefined) return number;
  context.addIssue({
    code: 'custom',
    message: 'must have 3 to 50 letters, digits, - or _',
  });
  return z.NEVER;
});

const piastres = z.custom<Piastres>((value) => Number.isSafeInteger(value));

/** An amount: EGP with two decimals on the wire, piastres inside, both ways. */
export const egp = z
  .codec(z.number(), piastres, {
    decode: (amount, context) => {
      const read = parseEgp(amount);
      if (read !== undefined && toEgp(read) === amount) return read;
      context.issues.push({
        code: 'custom',
        input: amount,
        message: 'must be an amount in EGP with at most two decimals',
      });
      return z.NEVER;
    },
    encode: (amount) => toEgp(amount),
  })
  .meta({ type: 'number', multipleOf: 0.01, description: 'EGP' });

/** An amount in a query, where all is text. */
export const egpText = typed
  .regex(/^-?\d{1,12}(\.\d{1,9})?$/, 'must be an amount in EGP with at most two decimals')
  .transform(Number)
  .pipe(egp);

/** An amount of 0 or more from people. */
export const cost = egp
  .refine(
    (amount) => amount >= 0 && amount <= largestAmount,
    `must be from 0 to ${toEgp(largestAmount)}`,
  )
  .meta({ minimum: 0, maximum: toEgp(largestAmount) });
/** An amount above 0 from people. */
export const payment = egp
  .refine(
    (amount) => amount > 0 && amount <= largestAmount,
    `must be above 0, and at most ${toEgp(largestAmount)}`,
  )
  .meta({ exclusiveMinimum: 0, maximum: toEgp(largestAmount) });
