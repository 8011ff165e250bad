import { plainSpelling } from './arabic.ts';
import { deliveryTypes } from './delivery-state.ts';
import { latinDigits } from './digits.ts';

/** Where an order's customer lives: the drop-off, or of a return the pickup. */
export type PlaceColumns = {
  order_type_code: number | null;
  dropoff_city_name: string | null;
  dropoff_district_name: string | null;
  dropoff_first_line: string | null;
  pickup_city: string | null;
  pickup_district: string | null;
  pickup_address: string | null;
};

/** From the same door down to another city. */
export type PlaceLikeness = 'same' | 'district' | 'city' | 'other' | 'unknown';

/** How near two orders' customers live. */
export function placeLikeness(a: PlaceColumns, b: PlaceColumns): PlaceLikeness {
  const [left, right] = [placeOf(a), placeOf(b)];
  const cities = alike(left.city, right.city);
  if (cities === false) return 'other';
  if (alike(left.line, right.line)) return 'same';
  if (alike(left.district, right.district)) return 'district';
  return cities === true ? 'city' : 'unknown';
}

function placeOf(order: PlaceColumns) {
  const isPickup =
    order.order_type_code === deliveryTypes.customer_return &&
    (order.pickup_city !== null || order.pickup_address !== null);
  return isPickup
    ? { city: order.pickup_city, district: order.pickup_district, line: order.pickup_address }
    : {
        city: order.dropoff_city_name,
        district: order.dropoff_district_name,
        line: order.dropoff_first_line,
      };
}

/** Undefined where either is not said, or they are in different scripts. */
function alike(a: string | null, b: string | null): boolean | undefined {
  const [left, right] = [plain(a), plain(b)];
  if (left === '' || right === '' || isArabic(left) !== isArabic(right)) return undefined;
  return left === right;
}

function isArabic(text: string): boolean {
  return /\p{Script=Arabic}/u.test(text);
}

function plain(text: string | null): string {
  return plainSpelling(latinDigits(text ?? ''))
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
