import { shortestFirstLine } from '../../domain/address.ts';
import { deliveryTypes } from '../../domain/delivery-state.ts';
import { type Piastres, toEgp } from '../../domain/money.ts';
import { BostaError } from './errors.ts';

/** What a delivery is about, in the business' own words. */
export type DeliveryFacts = {
  /** `send` brings a parcel to the customer (type 10); `customer_return` fetches one (type 25). */
  kind: 'send' | 'customer_return';
  /** The case's own reference, new for every try: Bosta never takes one twice, not even after a cancellation. */
  reference: string;
  customer: { name: string; phone: string };
  address: DeliveryAddress;
  parcel: { description: string; itemsCount: number };
  /** What the courier asks of the customer; 0 where nothing is due. */
  cod: Piastres;
};

type DeliveryAddress = {
  city: string;
  cityId?: string | null;
  district?: string | null;
  districtId?: string | null;
  zoneId?: string | null;
  firstLine: string;
  buildingNumber?: string | null;
  floor?: string | null;
  apartment?: string | null;
};

/**
 * Where a return pickup carries the customer's address: as `pickupAddress` by
 * Bosta's documentation, as `dropOffAddress` by one live client.
 */
type ReturnAddressField = 'pickupAddress' | 'dropOffAddress';

export type DeliveryRequest = ReturnType<typeof deliveryRequest>;

/** The body that makes a delivery at Bosta; throws BostaError `refused` where there is no first line. */
export function deliveryRequest(
  facts: DeliveryFacts,
  returnAddressField: ReturnAddressField = 'pickupAddress',
) {
  const { reference, parcel } = facts;
  const isReturn = facts.kind === 'customer_return';
  const specs = {
    packageType: 'Parcel',
    size: 'MEDIUM',
    packageDetails: { itemsCount: parcel.itemsCount, description: parcel.description },
  };
  return {
    type: isReturn ? deliveryTypes.customer_return : deliveryTypes.send,
    specs,
    ...(isReturn ? { returnSpecs: specs } : {}),
    [isReturn ? returnAddressField : 'dropOffAddress']: bostaAddress(facts.address),
    // A return pickup without `cod` is refused too (3005).
    cod: toEgp(facts.cod),
    receiver: receiverOf(facts.customer),
    businessReference: reference,
    uniqueBusinessReference: reference,
  };
}

function receiverOf(customer: DeliveryFacts['customer']) {
  const fullName = customer.name.trim();
  const [firstName = fullName, ...others] = fullName.split(/\s+/);
  return {
    fullName,
    firstName,
    lastName: filled(others.join(' ')),
    phone: dialled(customer.phone),
  };
}

/** Our canonical `2010…` as Bosta knows it, `+2010…`; any other number as it is. */
function dialled(phone: string): string {
  return /^201\d{9}$/.test(phone) ? `+${phone}` : phone;
}

function bostaAddress(address: DeliveryAddress) {
  const districtId = filled(address.districtId);
  return {
    city: address.city,
    // A district goes by its id, or by its name together with the city's id.
    ...(districtId
      ? { districtId }
      : { districtName: filled(address.district), cityId: filled(address.cityId) }),
    zoneId: filled(address.zoneId),
    firstLine: firstLineOf(address),
    buildingNumber: filled(address.buildingNumber),
    floor: filled(address.floor),
    apartment: filled(address.apartment),
  };
}

/** Undefined, which JSON leaves out, for what is missing or blank. */
function filled(text: string | null | undefined): string | undefined {
  return text?.trim() || undefined;
}

function firstLineOf({ firstLine, district, city }: DeliveryAddress): string {
  const line = firstLine.trim();
  if (line.length >= shortestFirstLine) return line;
  if (line === '') throw new BostaError('refused', 'The address has no first line: add the street');
  return [line, district, city].filter(Boolean).join(', ');
}
