import type { z } from 'zod';
import type { caseAddress } from '../../db/case-deliveries.ts';
import type { AnySql } from '../../db/client.ts';
import type { OrderRow } from '../../db/order-rows.ts';
import { knowsCities, type Place, placeOf } from '../../db/places.ts';
import { shortestFirstLine } from '../../domain/address.ts';
import type { CaseState } from '../../domain/case.ts';
import { deliveryTypes } from '../../domain/delivery-state.ts';
import { ApiError } from '../errors.ts';
import type { PickupAddress } from '../schemas/case-opening.ts';

type Address = z.infer<typeof caseAddress>;
type Draft = Partial<Address>;
/** What the courier does at an address: Bosta delivers to places that it does not collect from. */
type Errand = 'pickup' | 'delivery';

/** The customer's address in an order: where it went, or of a return where it was collected. An exchange goes to the customer and comes back from there: its pickup is our warehouse (bosta-api.md). */
export function addressInOrder(order: OrderRow): Draft {
  if (order.order_type_code === deliveryTypes.customer_return && order.pickup_address) {
    return {
      city: order.pickup_city ?? '',
      zone: order.pickup_zone,
      district: order.pickup_district,
      district_id: order.pickup_district_id,
      first_line: order.pickup_address,
      building_number: order.pickup_building_number,
      floor: order.pickup_floor,
      apartment: order.pickup_apartment,
    };
  }
  return {
    city: order.dropoff_city_name ?? order.dropoff_city_name_ar ?? '',
    city_id: order.dropoff_city_id,
    zone: order.dropoff_zone_name,
    district: order.dropoff_district_name ?? order.dropoff_district_name_ar,
    district_id: order.dropoff_district_id,
    first_line: order.dropoff_first_line ?? '',
    building_number: order.dropoff_building_number,
    floor: order.dropoff_floor,
    apartment: order.dropoff_apartment,
  };
}

/** What the address of a case is needed for next: the product is collected there, or has come another way and goes back. */
export function nextErrand({
  return_method,
  scan,
}: Pick<CaseState, 'return_method' | 'scan'>): Errand {
  return return_method === 'bosta_pickup' && scan === null ? 'pickup' : 'delivery';
}

/** The address with Bosta's ids of its places; refuses with ADDRESS_INCOMPLETE what Bosta would refuse. */
export async function usableAddress(
  sql: AnySql,
  given: PickupAddress | Draft,
  errand: Errand,
): Promise<Address> {
  const { first_line = '' } = given;
  const place = await placeOf(sql, given);
  const problems = [
    ...(place ? [] : await cityProblems(sql, given.city)),
    ...districtProblems(given.district, place, errand),
    ...(first_line.length < shortestFirstLine
      ? [{ field: 'first_line', problem: `needs at least ${shortestFirstLine} characters` }]
      : []),
  ];
  if (problems.length > 0) throw incomplete(problems);
  return placed(given, place);
}

/** The address with Bosta's ids of its places, as far as they are known: whether it is enough shows when it is needed. */
export async function knownAddress(sql: AnySql, given: Draft): Promise<Address> {
  return placed(given, await placeOf(sql, given));
}

/** In the words that were given, and in Bosta's where there were none. */
function placed(given: PickupAddress | Draft, place: Place | undefined): Address {
  const { first_line = '' } = given;
  const { city_name, district_name, city_id, district_id, zone_id } = place ?? {};
  return {
    ...given,
    ...{ city: given.city || city_name || '', district: given.district || district_name },
    ...{ first_line, city_id, district_id, zone_id },
  };
}

type Problem = { field: string; problem: string };

async function cityProblems(sql: AnySql, city: string | undefined): Promise<Problem[]> {
  const field = 'city';
  if (!city) return [{ field, problem: 'is missing' }];
  if (!(await knowsCities(sql))) return [];
  return [{ field, problem: 'is none that Bosta serves: see GET /api/bosta/cities' }];
}

function districtProblems(
  district: string | null | undefined,
  place: Place | undefined,
  errand: Errand,
): Problem[] {
  const field = 'district';
  if (!district && !place?.district_id) return [{ field, problem: 'is missing' }];
  if (!place?.has_districts) return [];
  if (place.district_id === null) {
    const list = `GET /api/bosta/cities/${place.city_id}/districts`;
    return [{ field, problem: `is none that Bosta serves in this city: see ${list}` }];
  }
  if (errand === 'pickup' && place.pickup_available === false)
    return [{ field, problem: 'is one where Bosta does not collect' }];
  if (errand === 'delivery' && place.drop_off_available === false)
    return [{ field, problem: 'is one where Bosta does not deliver' }];
  return [];
}

function incomplete(problems: Problem[]): ApiError {
  const sentence = problems.map(({ field, problem }) => `${field} ${problem}`).join('; ');
  return new ApiError(
    'ADDRESS_INCOMPLETE',
    `Bosta would refuse this address: ${sentence}. Give it as pickup_address.`,
    { missing: problems.map(({ field }) => field), fields: problems },
  );
}
