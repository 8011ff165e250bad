import { plainSpelling } from './arabic.ts';
import { deliveryTypes } from './delivery-state.ts';
import { latinDigits } from './digits.ts';
import { remembered } from './remembered.ts';
import { soundOf } from './sound.ts';
import { wordList } from './word-list.ts';

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

/** From the same door down to another city. `elsewhere`: in one city, as far as said, and at two doors of it. */
export type PlaceLikeness = 'same' | 'district' | 'city' | 'elsewhere' | 'other' | 'unknown';

/** What an address says, whatever its script, its wording and the order of its parts. */
type PlaceSigns = {
  numbers: ReadonlySet<string>;
  words: ReadonlySet<string>;
  isArabic: boolean;
};

/** Words of addresses that name no place. */
const everyday = wordList(`
  شارع ش عماره عماره برج شقه دور الدور منزل بجوار امام خلف رقم حي مدينه منطقه street st str bldg
  building tower apt apartment flat floor house near behind no city area district
`);

/** How near two orders' customers live. */
export function placeLikeness(a: PlaceColumns, b: PlaceColumns): PlaceLikeness {
  const found = likenessOf(homeOf(a, b), homeOf(b, a));
  if (found === 'same' || isReturn(a) === isReturn(b)) return found;
  return isOneHome(dropOffOf(a), dropOffOf(b)) ? 'same' : found;
}

/** Where a return is picked up, unless the other was sent from there: some write the customer's address as the drop-off (bosta-api.md, "Seen in the wild"). */
function homeOf(order: PlaceColumns, other: PlaceColumns): Place {
  if (!isReturn(order)) return dropOffOf(order);
  const isFromBusiness =
    !isReturn(other) && isOneDoor(signsOf(order.pickup_address), signsOf(other.pickup_address));
  return isFromBusiness ? dropOffOf(order) : placeOf(order);
}

function isReturn({ order_type_code }: PlaceColumns): boolean {
  return order_type_code === deliveryTypes.customer_return;
}

function likenessOf(left: Place, right: Place): PlaceLikeness {
  const isOneCity = isNamedAlike(left.city, right.city);
  if (isOneCity === false) return 'other';
  const lines = [signsOf(left.line), signsOf(right.line)] as const;
  const isOneLine = isOneDoor(...lines);
  if (isOneLine && lines.every(tellsDoor)) return 'same';
  if (isOneLine) return 'district';
  if (isNamedAlike(left.district, right.district)) return 'district';
  if (areTwoDoors(...lines)) return 'elsewhere';
  return isOneCity === true ? 'city' : 'unknown';
}

function isOneHome(left: Place, right: Place): boolean {
  if (isNamedAlike(left.city, right.city) === false) return false;
  const lines = [signsOf(left.line), signsOf(right.line)] as const;
  return isOneDoor(...lines) && lines.every(tellsDoor);
}

type Place = Record<'city' | 'district' | 'line', string | null>;

/** Where an order's customer lives, as it is written. */
export function placeOf(order: PlaceColumns): Place {
  const { pickup_city: city, pickup_district: district, pickup_address: line } = order;
  const isPickup = isReturn(order) && (city !== null || line !== null);
  return isPickup ? { city, district, line } : dropOffOf(order);
}

function dropOffOf(order: PlaceColumns): Place {
  return {
    city: order.dropoff_city_name,
    district: order.dropoff_district_name,
    line: order.dropoff_first_line,
  };
}

/** Undefined where either is not said, or two scripts have names of their own for it ("Heliopolis", "مصر الجديدة"). */
function isNamedAlike(a: string | null, b: string | null): boolean | undefined {
  const [left, right] = [signsOf(a), signsOf(b)];
  if (isEmpty(left) || isEmpty(right)) return undefined;
  if (left === right || holds(left, right) || holds(right, left)) return true;
  return left.isArabic === right.isArabic ? false : undefined;
}

/** Whether two lines name one door: the same numbers and no other street, or one says more than the other. */
function isOneDoor(left: PlaceSigns, right: PlaceSigns): boolean {
  if (isEmpty(left) || isEmpty(right)) return false;
  if (left === right) return true;
  const [fewer, more] = sizeOf(left) <= sizeOf(right) ? [left, right] : [right, left];
  if (holds(more, fewer) && (sizeOf(fewer) > 1 || sizeOf(more) === 1)) return true;
  const hasSameNumbers =
    left.numbers.size > 0 && left.numbers.symmetricDifference(right.numbers).size === 0;
  if (!hasSameNumbers) return false;
  if (!left.words.isDisjointFrom(right.words)) return true;
  return left.numbers.size > 1 && (left.words.size === 0 || right.words.size === 0);
}

/** Whether a line says more than a street or a part of a city: "مدينة نصر" is the door of many. */
function tellsDoor({ numbers, words }: PlaceSigns): boolean {
  return numbers.size > 0 || words.size > 2;
}

/** Whether both lines have numbers, and neither these nor a word in common. */
function areTwoDoors(left: PlaceSigns, right: PlaceSigns): boolean {
  if (left.numbers.size === 0 || right.numbers.size === 0) return false;
  return left.numbers.isDisjointFrom(right.numbers) && left.words.isDisjointFrom(right.words);
}

function holds(more: PlaceSigns, fewer: PlaceSigns): boolean {
  return fewer.numbers.isSubsetOf(more.numbers) && fewer.words.isSubsetOf(more.words);
}

function sizeOf({ numbers, words }: PlaceSigns): number {
  return numbers.size + words.size;
}

function isEmpty(signs: PlaceSigns): boolean {
  return sizeOf(signs) === 0;
}

const nothing: PlaceSigns = { numbers: new Set(), words: new Set(), isArabic: false };

function signsOf(text: string | null): PlaceSigns {
  return text === null ? nothing : signsIn(text);
}

const signsIn = remembered((text: string): PlaceSigns => {
  const plain = plainSpelling(latinDigits(text));
  const words = plain.match(/\p{L}+/gu) ?? [];
  const telling = words.filter((word) => !everyday.has(word));
  const heard = telling.map((word) => soundOf(word).bare);
  return {
    numbers: new Set(plain.match(/\d+/g)),
    words: new Set(heard),
    isArabic: /\p{Script=Arabic}/u.test(text),
  };
});
