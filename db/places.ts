import { z } from 'zod';
import type { AnySql, Fragment } from './client.ts';
import { many, maybeOne } from './query.ts';

export const city = z.object({
  city_id: z.string(),
  code: z.string().nullable(),
  name: z.string(),
  name_ar: z.string().nullable(),
  pickup_available: z.boolean().nullable(),
  drop_off_available: z.boolean().nullable(),
});

export const district = z.object({
  district_id: z.string(),
  zone_id: z.string().nullable(),
  zone_name: z.string().nullable(),
  zone_name_ar: z.string().nullable(),
  name: z.string(),
  name_ar: z.string().nullable(),
  pickup_available: z.boolean().nullable(),
  drop_off_available: z.boolean().nullable(),
});

/** Bosta's cities, as the last sync read them. */
export function citiesOf(sql: AnySql): Promise<z.infer<typeof city>[]> {
  return many(
    city,
    sql`select city_id, code, name, name_ar, pickup_available, drop_off_available
      from cities order by name`,
  );
}

/** The districts of one of Bosta's cities; undefined where Bosta has no such city. */
export async function districtsOf(
  sql: AnySql,
  cityId: string,
): Promise<z.infer<typeof district>[] | undefined> {
  const [known] = await sql`select from cities where city_id = ${cityId}`;
  if (known === undefined) return undefined;
  return many(
    district,
    sql`select district_id, zone_id, zone_name, zone_name_ar, name, name_ar, pickup_available,
        drop_off_available
      from districts where city_id = ${cityId} order by name`,
  );
}

/** How Bosta names each kind of place, in its tables: all names of one row are the same place's. */
const names = {
  city: { table: 'cities', columns: ['name', 'name_ar', 'alias'] },
  zone: { table: 'districts', columns: ['zone_name', 'zone_name_ar'] },
  district: { table: 'districts', columns: ['name', 'name_ar'] },
};

/** Every way in which Bosta spells a place that people spell like this, folded; what was given is among them. */
export function spellingsOf(sql: AnySql, kind: keyof typeof names, given: string): Fragment {
  const { table, columns } = names[kind];
  const wanted = folded(sql, sql`${given}::text`);
  const spellings = columns.map((column) => folded(sql, sql`${sql(column)}`));
  const all = sql`array[${spellings.map((one, at) => (at === 0 ? one : sql`, ${one}`))}]`;
  return sql`array(select ${wanted} union
    select unnest(${all}) from ${sql(table)} where ${wanted} = any(${all}))`;
}

const place = z.object({
  city_id: z.string(),
  district_id: z.string().nullable(),
  zone_id: z.string().nullable(),
  pickup_available: z.boolean().nullable(),
  drop_off_available: z.boolean().nullable(),
  /** False where Bosta's districts of this city were not read yet. */
  has_districts: z.boolean(),
});

/** Bosta's ids of a city and its district, by their names in either language; undefined for a city that Bosta does not name. */
export function placeOf(
  sql: AnySql,
  cityName: string,
  districtName: string,
): Promise<z.infer<typeof place> | undefined> {
  return maybeOne(
    place,
    sql`select c.city_id, d.district_id, d.zone_id, d.pickup_available, d.drop_off_available,
        exists (select from districts where districts.city_id = c.city_id) as has_districts
      from cities c left join districts d on d.city_id = c.city_id
        and ${folded(sql, sql`${districtName}::text`)}
          in (${folded(sql, sql`d.name`)}, ${folded(sql, sql`d.name_ar`)})
      where ${isSpelledLike(sql, cityName)} order by c.city_id, d.district_id limit 1`,
  );
}

/** Whether Bosta's cities have been read at all. */
export async function knowsCities(sql: AnySql): Promise<boolean> {
  return (await sql`select from cities limit 1`).length > 0;
}

/** Whether the city `c` of this row is spelled like this in English, in Arabic, or by its alias. */
function isSpelledLike(sql: AnySql, given: string) {
  return sql`${folded(sql, sql`${given}::text`)}
    in (${folded(sql, sql`c.name`)}, ${folded(sql, sql`c.name_ar`)}, ${folded(sql, sql`c.alias`)})`;
}

/** Text without what people leave out or mix up: case, and the Arabic letters that are written in several ways. */
export function folded(sql: AnySql, text: Fragment): Fragment {
  return sql`lower(translate(trim(${text}), 'أإآىةؤئ', 'ااايهوي'))`;
}
