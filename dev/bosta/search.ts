import { z } from 'zod';
import { latinDigits } from '../../domain/digits.ts';
import { typeOf } from './codes.ts';
import type { Stored } from './journal.ts';
import { codeAt, isPayload, objectAt } from './payload.ts';

const texts = z
  .union([z.array(z.union([z.string(), z.number()])), z.string()])
  .transform((value) => (typeof value === 'string' ? value.split(',') : value.map(String)));
const wholeNumber = z.coerce.number().int().min(1);

/** What Bosta's search understands; date filters and other fields are ignored, as there. */
export const Search = z.looseObject({
  page: wholeNumber.default(1),
  limit: wholeNumber.default(50).transform((limit) => Math.min(limit, 200)),
  trackingNumbers: texts.optional(),
  businessReference: z.string().trim().optional(),
  mobilePhones: texts.optional(),
  type: texts.optional(),
  stateCodes: z.array(z.coerce.number()).optional(),
});
export type Search = z.infer<typeof Search>;

type Matcher = (entry: Stored) => boolean;

/** What a search filters by; undefined where it does not filter. */
export function matcherOf(search: Search): Matcher | undefined {
  const { trackingNumbers, businessReference, mobilePhones, type, stateCodes } = search;
  const phones = mobilePhones?.map(lastDigits);
  const matchers: Matcher[] = [];
  if (trackingNumbers)
    matchers.push(({ key }) => trackingNumbers.some((one) => one.trim() === key));
  if (businessReference !== undefined) {
    matchers.push(
      ({ payload }) => isPayload(payload) && payload.businessReference === businessReference,
    );
  }
  if (phones) matchers.push(({ payload }) => phonesOf(payload).some((own) => phones.includes(own)));
  if (type) {
    matchers.push(({ payload }) =>
      type.includes(typeOf(isPayload(payload) ? codeAt(payload, 'type') : undefined)?.name ?? ''),
    );
  }
  if (stateCodes) {
    matchers.push(({ payload }) =>
      stateCodes.includes((isPayload(payload) ? codeAt(payload, 'state') : undefined) ?? -1),
    );
  }
  return matchers.length > 0 ? (entry) => matchers.every((isMatch) => isMatch(entry)) : undefined;
}

function phonesOf(payload: unknown): string[] {
  if (!isPayload(payload)) return [];
  const { phone, secondPhone } = objectAt(payload, 'receiver');
  return [phone, secondPhone].filter((value) => typeof value === 'string').map(lastDigits);
}

/** The ten digits in which all spellings of a mobile agree. */
function lastDigits(phone: string): string {
  return latinDigits(phone).replaceAll(/\D/g, '').slice(-10);
}
