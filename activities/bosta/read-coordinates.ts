import type { BostaOrder } from '../../domain/order-columns.ts';
import { isObject, type JsonObject, lookUp, unreadableEntry } from './payload.ts';
import { isAbsent, readReal } from './read-value.ts';

type Point = { lat: number; lng: number };

/** Places on the map. Bosta writes one as `[lng, lat]`, one as an object, and one as `[lat, lng]` (bosta-api.md). */
export function readCoordinates(payload: JsonObject, order: BostaOrder, problems: string[]): void {
  const read = (field: string, value: unknown, order: readonly ['lat' | 'lng', 'lat' | 'lng']) => {
    const found = point(value, order);
    if (found === undefined && !isNowhere(value)) problems.push(unreadableEntry(field, value));
    return found;
  };
  const dropoff = read(
    'dropOffAddress.geoLocation',
    lookUp(payload, ['dropOffAddress', 'geoLocation']),
    ['lng', 'lat'],
  );
  order.dropoff_lat = dropoff?.lat ?? null;
  order.dropoff_lng = dropoff?.lng ?? null;
  const delivered =
    read('deliveryLocation', payload.deliveryLocation, ['lat', 'lng']) ??
    read(
      'state.delivering.actualAddress',
      lookUp(payload, ['state', 'delivering', 'actualAddress']),
      ['lat', 'lng'],
    );
  order.delivery_lat = delivered?.lat ?? null;
  order.delivery_lng = delivered?.lng ?? null;
}

function point(
  value: unknown,
  [first, second]: readonly ['lat' | 'lng', 'lat' | 'lng'],
): Point | undefined {
  const pair = Array.isArray(value) ? { [first]: value[0], [second]: value[1] } : value;
  if (!isObject(pair)) return undefined;
  // GeoJSON has its pair one deeper, and the longitude first.
  if (Array.isArray(pair.coordinates)) return point(pair.coordinates, ['lng', 'lat']);
  const lat = readReal(pair.lat ?? pair.latitude);
  const lng = readReal(pair.lng ?? pair.lon ?? pair.longitude);
  if (typeof lat !== 'number' || typeof lng !== 'number') return undefined;
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : undefined;
}

/** A place of which nothing is told: `[]`, `{lat: null, lng: null}`. */
function isNowhere(value: unknown): boolean {
  const parts = Array.isArray(value) || isObject(value) ? Object.values(value) : [value];
  return parts.every(isAbsent);
}
