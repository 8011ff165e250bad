import { typeOf } from './codes.ts';
import type { Payload } from './payload.ts';

/** What is known of a delivery on the day it is made. */
export type NewDelivery = {
  id: string;
  trackingNumber: string | number;
  type: number;
  /** EGP. */
  cod: number;
  createdAt: Date;
  scheduledAt: Date;
  businessReference: string | null;
  specs: unknown;
  returnSpecs?: unknown;
  goodsInfo?: unknown;
  notes?: unknown;
  receiver: Payload;
  dropOffAddress?: unknown;
  pickupAddress?: unknown;
  returnAddress?: unknown;
  allowToOpenPackage?: unknown;
  creationSrc: 'API' | 'SHOPIFY' | 'DASHBOARD';
};

const business = {
  _id: 'sNdHvar000000000AbCd1',
  name: 'HVAR Kitchen Appliances',
  phone: '+201000000100',
};

/** The warehouse of the business: where sends start, and returns end. */
const warehouseAddress = {
  city: { _id: 'FceDyHXwpSYYF9zGW', name: 'Cairo', nameAr: 'القاهره' },
  zone: { name: 'Nasr City', nameAr: 'مدينة نصر' },
  district: { name: 'Nasr City', nameAr: 'مدينة نصر' },
  firstLine: '12 Industrial area, Nasr City',
};

/** A delivery in full, as the full read shows it in state 10. */
export function newDelivery(facts: NewDelivery): Payload {
  const { id, receiver, createdAt, scheduledAt, ...rest } = facts;
  const type = typeOf(facts.type);
  return {
    _id: id,
    ...rest,
    type: { code: facts.type, value: type?.value ?? `type-${facts.type}` },
    state: { code: 10, value: 'Pickup requested', childState: null, deliveryTime: null },
    maskedState: 'Created',
    receiver: { _id: `rCv${id}`, ranking: 100, ...receiver },
    sender: { ...business, type: 'BUSINESS_ACCOUNT' },
    holder: { ...business, role: 'BUSINESS_ADMIN' },
    ...addressesOf(facts),
    ...(facts.type === 30 ? { parcels: bothLegs(facts.trackingNumber) } : {}),
    paymentMethod: facts.cod > 0 ? 'COD' : 'Prepaid',
    isConfirmedDelivery: false,
    isDelayed: false,
    attempts: [],
    attemptsCount: 0,
    callsNumber: 0,
    shipmentFees: 59 + (createdAt.getTime() % 34),
    sla: {
      orderSla: { orderSlaTimestamp: after(createdAt, 3), isExceededOrderSla: false },
      e2eSla: { e2eSlaTimestamp: after(createdAt, 5), isExceededE2ESla: false },
    },
    wallet: { cashCycle: null, cashout: { next_cashout_date: null }, compensation: null },
    timeline: [],
    log: [{ action: 'CREATED', time: createdAt.toISOString() }],
    creationTimestamp: createdAt.getTime(),
    createdAt: dateText(createdAt),
    scheduledAt: scheduledAt.toISOString(),
    updatedAt: createdAt.toISOString(),
  };
}

function addressesOf(facts: NewDelivery): Payload {
  const isPickup = facts.type === 25;
  return {
    pickupAddress: facts.pickupAddress ?? (isPickup ? undefined : warehouseAddress),
    dropOffAddress: facts.dropOffAddress ?? (isPickup ? warehouseAddress : undefined),
    returnAddress: facts.returnAddress ?? warehouseAddress,
  };
}

function bothLegs(trackingNumber: string | number): Payload {
  return { forward: { trackingNumber }, crp: { trackingNumber, desc: 'N/A' } };
}

/** JavaScript's own form, in which Bosta writes this one field: `Wed Aug 13 2025 09:45:51 GMT+0000 (…)`. */
function dateText(time: Date): string {
  const [weekday, day, month, year, clock] = time.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${year} ${clock} GMT+0000 (Coordinated Universal Time)`;
}

function after(time: Date, days: number): string {
  return new Date(time.getTime() + days * 86_400_000).toISOString();
}
