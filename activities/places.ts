import type { Sql } from '../db/client.ts';
import { upsertCities, upsertDistricts } from '../db/place-writes.ts';
import type { BostaClient } from './bosta/client.ts';
import { askingBosta } from './failures.ts';

type Deps = { sql: Sql; bosta: BostaClient; clock: () => Date };

/** Bosta's cities and districts, one call to Bosta each. */
export function createPlaceActivities({ sql, bosta, clock }: Deps) {
  return {
    /** Takes the cities in; answers their ids. */
    async syncCities(): Promise<string[]> {
      const cities = await askingBosta(() => bosta.cities());
      const rows = cities.map((city) => ({
        city_id: city.cityId,
        code: city.code ?? null,
        name: city.name,
        name_ar: city.nameAr ?? null,
        alias: city.alias ?? null,
        pickup_available: city.pickupAvailability ?? null,
        drop_off_available: city.dropOffAvailability ?? null,
      }));
      await upsertCities(sql, rows, clock());
      return rows.map((city) => city.city_id);
    },

    /** Takes one city's districts in; answers how many. */
    async syncDistricts(cityId: string): Promise<number> {
      const districts = await askingBosta(() => bosta.districts(cityId));
      const rows = districts.map((district) => ({
        district_id: district.districtId,
        city_id: cityId,
        zone_id: district.zoneId ?? null,
        zone_name: district.zoneName ?? null,
        zone_name_ar: district.zoneOtherName ?? null,
        name: district.districtName,
        name_ar: district.districtOtherName ?? null,
        pickup_available: district.pickupAvailability ?? null,
        drop_off_available: district.dropOffAvailability ?? null,
      }));
      await upsertDistricts(sql, rows, clock());
      return rows.length;
    },
  };
}
