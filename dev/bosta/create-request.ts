import { z } from 'zod';
import { Refusal } from './answers.ts';
import type { NewDelivery } from './new-delivery.ts';
import { findCity, findDistrict, placeFields } from './places.ts';

const text = z.string().trim().min(1);
const record = z.record(z.string(), z.unknown());

const Address = z.looseObject({
  city: text.optional(),
  cityId: text.optional(),
  districtId: text.optional(),
  districtName: text.optional(),
  zoneId: text.optional(),
  firstLine: z.string().optional(),
});

const CreateRequest = z.looseObject({
  type: z.union([z.literal(10), z.literal(15), z.literal(25), z.literal(30), z.literal(35)]),
  cod: z.number().optional(),
  receiver: z.looseObject({ phone: text }),
  specs: record.optional(),
  returnSpecs: record.optional(),
  dropOffAddress: Address.optional(),
  pickupAddress: Address.optional(),
  businessReference: text.optional(),
  uniqueBusinessReference: text.optional(),
  webhookUrl: z.url().optional(),
  webhookCustomHeaders: z.record(z.string(), z.string()).optional(),
});

type CreateRequest = z.infer<typeof CreateRequest>;
type Address = z.infer<typeof Address>;

/** Bosta's own cap on COD, in EGP. */
const maximumCod = 30_000;

/** Checks a creation as Bosta does; throws a Refusal with Bosta's code. */
export function readCreateRequest(body: unknown): CreateRequest {
  const parsed = CreateRequest.safeParse(body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'body';
    throw new Refusal(400, `"${field}" is required or invalid`, 777);
  }
  const request = parsed.data;
  if (request.type === 25 && request.cod === undefined) {
    throw new Refusal(400, 'Customer return pickup needs cod', 3005);
  }
  if ((request.cod ?? 0) > maximumCod) {
    throw new Refusal(400, `COD amount exceeds the limit of ${maximumCod} EGP`, 3007);
  }
  return request;
}

/** The new delivery that a checked request asks for; throws a Refusal for an address that Bosta does not serve. */
export function newDeliveryOf(
  request: CreateRequest,
  id: string,
  trackingNumber: string,
  createdAt: Date,
): NewDelivery {
  const { type, cod, specs, returnSpecs, receiver } = request;
  const isPickup = type === 25;
  // Clients give the customer's address of a return in either field (bosta-api.md).
  const given = isPickup
    ? (request.pickupAddress ?? request.dropOffAddress)
    : request.dropOffAddress;
  const address = served(given, isPickup);
  return {
    id,
    trackingNumber,
    type,
    cod: cod ?? 0,
    createdAt,
    scheduledAt: createdAt,
    businessReference: request.businessReference ?? null,
    specs,
    ...(returnSpecs ? { returnSpecs } : {}),
    ...(isPickup ? { pickupAddress: address } : { dropOffAddress: address }),
    ...('notes' in request ? { notes: request.notes } : {}),
    ...('goodsInfo' in request ? { goodsInfo: request.goodsInfo } : {}),
    allowToOpenPackage: request.allowToOpenPackage === true,
    receiver,
    creationSrc: 'API',
  };
}

function served(address: Address | undefined, isPickup: boolean) {
  if (!address?.city) throw new Refusal(400, 'City is required', 3001);
  const city = findCity(address.city);
  if (!city) throw new Refusal(400, 'City Not Found', 3001);
  // By Bosta's documentation: a district's id, or its name together with the city's id.
  const name = address.districtId ?? (address.cityId ? address.districtName : undefined);
  if (!name)
    throw new Refusal(400, 'District is required: districtId, or districtName and cityId', 3004);
  if (address.cityId !== undefined && address.cityId !== city.id) {
    throw new Refusal(400, 'City Not Found', 3001);
  }
  const district = findDistrict(city, name);
  if (!district) throw new Refusal(400, 'District Not Found', 3003);
  if (address.zoneId !== undefined && address.zoneId !== district.zoneId) {
    throw new Refusal(400, 'Zone Not Found', 3002);
  }
  if (isPickup && !district.collects) {
    throw new Refusal(400, 'Pickup is not available in this district', 3009);
  }
  // 5 is what Bosta documents; lines of exactly 5 have been refused.
  if ((address.firstLine ?? '').trim().length < 6) {
    throw new Refusal(400, '"firstLine" length must be at least 6 characters long', 777);
  }
  const { cityId: _, districtId: _id, districtName: _name, zoneId: _zone, ...lines } = address;
  return { ...lines, ...placeFields(city, district), isBadAddress: false };
}
