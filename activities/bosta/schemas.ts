import { z } from 'zod';

/**
 * The least that is needed of each answer. Deliveries stay as they came: a
 * schema that knew their fields would lose one whenever Bosta changes a type.
 */

/** Tracking numbers come as text or as JSON numbers, sometimes with spaces around. */
const trackingNumber = z
  .union([z.string(), z.number().int()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1));

const text = z.string().trim().min(1);
const optionalText = text.nullish().catch(null);
const optionalFlag = z.boolean().nullish().catch(null);

/** A page of a search; `count` is what Bosta says it has in all. */
export const searchPage = z.object({
  deliveries: z.array(z.unknown()),
  count: z.number().optional().catch(undefined),
});

/** A delivery in full, untouched. */
export const delivery = z
  .record(z.string(), z.unknown())
  .refine((payload) => Object.keys(payload).length > 0, 'is empty');

/** What must be known of a delivery that was made; where it has no id, its tracking number is one. */
export const created = z.object({ _id: optionalText, trackingNumber }).transform((answer) => ({
  deliveryId: answer._id ?? answer.trackingNumber,
  trackingNumber: answer.trackingNumber,
}));

const city = z
  .object({
    _id: text,
    name: text,
    nameAr: optionalText,
    alias: optionalText,
    code: optionalText,
    pickupAvailability: optionalFlag,
    dropOffAvailability: optionalFlag,
  })
  .transform(({ _id, ...rest }) => ({ cityId: _id, ...rest }));

/** A list, wrapped in `list` or bare. */
function listOf<T extends z.ZodType>(entry: T) {
  return z
    .union([z.object({ list: z.array(entry) }), z.array(entry)])
    .transform((data) => (Array.isArray(data) ? data : data.list));
}

/** Egypt's cities. */
export const cities = listOf(city);

const district = z.object({
  districtId: text,
  districtName: text,
  districtOtherName: optionalText,
  zoneId: optionalText,
  zoneName: optionalText,
  zoneOtherName: optionalText,
  pickupAvailability: optionalFlag,
  dropOffAvailability: optionalFlag,
});

/** The districts of a city. */
export const districts = listOf(district);

/** A label: base64. */
export const label = z.base64().min(1);
