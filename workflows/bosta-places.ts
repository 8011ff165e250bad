import { syncCities, syncDistricts } from './ingest-activities.ts';

/** Reads Bosta's cities and their districts, one city after the other: nobody waits for them. */
export async function bostaPlaces(): Promise<{ cities: number; districts: number }> {
  const cities = await syncCities();
  let districts = 0;
  for (const city of cities) districts += await syncDistricts(city);
  return { cities: cities.length, districts };
}
