import type { z } from 'zod';
import type { Sql } from './client.ts';
import type { city, district } from './places.ts';

/** A city as Bosta spells it, with its other name. */
type City = z.infer<typeof city> & { alias: string | null };
/** A district of a city, and the zone that it lies in. */
type District = z.infer<typeof district> & { city_id: string };

/** Writes Bosta's cities; one that Bosta names no more stays, since orders name it. A name that is missing now clears nothing. */
export async function upsertCities(sql: Sql, cities: readonly City[], now: Date): Promise<void> {
  if (cities.length === 0) return;
  await sql`insert into cities as c
      (city_id, code, name, name_ar, alias, pickup_available, drop_off_available, synced_at)
    select city_id, code, name, name_ar, alias, pickup_available, drop_off_available, ${now}
    from jsonb_populate_recordset(null::cities, ${sql.json([...cities])})
    on conflict (city_id) do update set name = excluded.name, synced_at = excluded.synced_at,
      code = coalesce(excluded.code, c.code), name_ar = coalesce(excluded.name_ar, c.name_ar),
      alias = coalesce(excluded.alias, c.alias),
      pickup_available = coalesce(excluded.pickup_available, c.pickup_available),
      drop_off_available = coalesce(excluded.drop_off_available, c.drop_off_available)`;
}

/** Writes the districts of a city, as `upsertCities` does. */
export async function upsertDistricts(
  sql: Sql,
  districts: readonly District[],
  now: Date,
): Promise<void> {
  if (districts.length === 0) return;
  await sql`insert into districts as d (district_id, city_id, zone_id, zone_name, zone_name_ar, name,
      name_ar, pickup_available, drop_off_available, synced_at)
    select district_id, city_id, zone_id, zone_name, zone_name_ar, name, name_ar, pickup_available,
      drop_off_available, ${now}
    from jsonb_populate_recordset(null::districts, ${sql.json([...districts])})
    on conflict (district_id) do update set city_id = excluded.city_id, name = excluded.name,
      synced_at = excluded.synced_at, zone_id = coalesce(excluded.zone_id, d.zone_id),
      zone_name = coalesce(excluded.zone_name, d.zone_name),
      zone_name_ar = coalesce(excluded.zone_name_ar, d.zone_name_ar),
      name_ar = coalesce(excluded.name_ar, d.name_ar),
      pickup_available = coalesce(excluded.pickup_available, d.pickup_available),
      drop_off_available = coalesce(excluded.drop_off_available, d.drop_off_available)`;
}
