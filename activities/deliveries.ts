import {
  confirmDelivery,
  markTerminated,
  type Parcel,
  parcelOf,
  planDelivery,
  plannedDelivery,
} from '../db/case-deliveries.ts';
import type { Sql } from '../db/client.ts';
import { type Place, placeOf } from '../db/places.ts';
import { caseReference, deliveryReference } from '../domain/case-reference.ts';
import { isCharged } from '../domain/charge.ts';
import { piastres } from '../domain/money.ts';
import type { DeliveryPurpose } from '../domain/vocabulary.ts';
import { callOff } from './bosta/call-off.ts';
import type { BostaClient } from './bosta/client.ts';
import { createOnce } from './bosta/create-once.ts';
import { type DeliveryFacts, deliveryRequest } from './bosta/delivery-request.ts';
import { BostaError } from './bosta/errors.ts';
import { askingBosta } from './failures.ts';

export type DeliveryOrder = { action_id: number; purpose: DeliveryPurpose; attempt: number };
/** The delivery that was made, or the reason why it will not be. */
export type DeliveryMade =
  | { reference: string; tracking_number: string; reason?: undefined }
  | { reason: string };

type Deps = {
  sql: Sql;
  bosta: BostaClient;
  /** Takes a new delivery into the orders at once: Bosta sends no callback for a creation. */
  takeIn: (trackingNumber: string) => Promise<void>;
};

/** What a case asks of Bosta. Both are safe to try again, however the last try ended. */
export function createDeliveryActivities({ sql, bosta, takeIn }: Deps) {
  return {
    /** Makes a delivery of a case once, for life: written down, then asked for, looked up after every unclear answer. */
    async orderDelivery(order: DeliveryOrder): Promise<DeliveryMade> {
      const { action_id, purpose, attempt } = order;
      const reference = deliveryReference(action_id, purpose, attempt);
      const parcel = await parcelOf(sql, action_id, reference);
      if (parcel === undefined) throw new Error(`There is no case ${action_id}`);
      const { is_planned, tracking_number } = parcel;
      if (tracking_number !== null) return { reference, tracking_number };
      // One that was asked for may exist: only made for sure can it be called off for sure.
      if (!is_planned && parcel.wanted !== purpose) return { reason: 'not needed any more' };
      if (!is_planned && !parcel.address) return { reason: 'there is no address to go to' };
      const place = await placeOf(sql, parcel.address ?? {});
      const facts = factsOf(parcel, place, order, reference);
      const isNew = await planDelivery(sql, { reference, action_id, purpose, cod: facts.cod });
      return askingBosta(() => make(facts, !isNew));
    },

    /** Calls a pickup or delivery off before it is collected; false where the courier has it already. */
    async callOffDelivery(reference: string): Promise<boolean> {
      const planned = await plannedDelivery(sql, reference);
      const { tracking_number, is_seen = false } = planned ?? {};
      if (!tracking_number) return true;
      const delivery = { reference, tracking_number, is_seen };
      const isOff = await askingBosta(() => callOff(bosta, delivery));
      if (isOff) await markTerminated(sql, reference);
      return isOff;
    },
  };

  async function make(facts: DeliveryFacts, mayHaveBeenSent: boolean): Promise<DeliveryMade> {
    const { reference } = facts;
    try {
      const made = await createOnce(bosta, deliveryRequest(facts), mayHaveBeenSent);
      await confirmDelivery(sql, reference, {
        delivery_id: made.deliveryId,
        tracking_number: made.trackingNumber,
      });
      await takeIn(made.trackingNumber).catch(leaveToTheSync);
      return { reference, tracking_number: made.trackingNumber };
    } catch (error) {
      if (error instanceof BostaError && error.kind === 'refused') return { reason: error.message };
      throw error;
    }
  }
}

export type DeliveryActivities = ReturnType<typeof createDeliveryActivities>;

/** Bosta may not show a new delivery yet ("can be missing here for a while"): the next sync brings it. */
function leaveToTheSync(error: unknown): void {
  if (!(error instanceof BostaError)) throw error;
}

function factsOf(
  parcel: Parcel,
  place: Place | undefined,
  order: DeliveryOrder,
  reference: string,
): DeliveryFacts {
  return {
    kind: order.purpose === 'pickup' ? 'customer_return' : 'send',
    reference,
    customer: {
      name: parcel.customer_name ?? caseReference(order.action_id),
      phone: parcel.customer_phone,
    },
    address: addressAtBosta(parcel.address, place),
    parcel: { description: parcel.product_name ?? '', itemsCount: parcel.item_count },
    cod: isCharged(parcel.action_subtype, order.purpose) ? parcel.actual_cost : piastres(0),
  };
}

/** The address as Bosta takes it: a case keeps people's words, Bosta knows a city by its own alone. */
function addressAtBosta(
  address: Parcel['address'],
  place: Place | undefined,
): DeliveryFacts['address'] {
  return {
    city: place?.city_name ?? address?.city ?? '',
    cityId: place?.city_id ?? address?.city_id,
    district: address?.district,
    districtId: place?.district_id ?? address?.district_id,
    zoneId: place?.zone_id ?? address?.zone_id,
    firstLine: address?.first_line ?? '',
    buildingNumber: address?.building_number,
    floor: address?.floor,
    apartment: address?.apartment,
  };
}
