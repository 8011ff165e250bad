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

/** Bosta's ids of the places that people spell like this. */
export function idsOf(sql: AnySql, kind: keyof typeof names, given: string): Fragment {
  const { table, columns } = names[kind];
  const all = columns.map((column) => sql`${sql(column)}`);
  return sql`array(select ${sql(`${kind}_id`)} from ${sql(table)}
    where ${isSpelled(sql, given, all)})`;
}

/** Every way in which Bosta spells a place that people spell like this, folded; what was given is among them. */
export function spellingsOf(sql: AnySql, kind: keyof typeof names, given: string): Fragment {
  const { table, columns } = names[kind];
  const all = columns.map((column) => sql`${sql(column)}`);
  const spellings = sql`array[${all.map((one, at) => sql`${at === 0 ? sql`` : sql`, `}${folded(sql, one)}`)}]`;
  return sql`array(select ${folded(sql, sql`${given}::text`)} union
    select unnest(${spellings}) from ${sql(table)} where ${isSpelled(sql, given, all)})`;
}

const place = z.object({
  city_id: z.string(),
  /** As Bosta spells it: it takes no other spelling. */
  city_name: z.string(),
  district_id: z.string().nullable(),
  district_name: z.string().nullable(),
  zone_id: z.string().nullable(),
  pickup_available: z.boolean().nullable(),
  drop_off_available: z.boolean().nullable(),
  /** False where Bosta's districts of this city were not read yet. */
  has_districts: z.boolean(),
});
export type Place = z.infer<typeof place>;

/** What is said of where something is: by people in their words, by an order with Bosta's ids too. */
type PlaceSaid = {
  [F in 'city' | 'city_id' | 'zone' | 'district' | 'district_id']?: string | null | undefined;
};

/** The city and its district that Bosta knows, by their ids before their names in either language: Bosta changes names, and people misspell them. Undefined where Bosta has no such city. */
export function placeOf(sql: AnySql, said: PlaceSaid): Promise<Place | undefined> {
  const { city = null, city_id = null, zone = null, district = null, district_id = null } = said;
  const isCity = isSpelled(sql, city, [sql`name`, sql`name_ar`, sql`alias`]);
  const isDistrict = isSpelled(sql, district, [sql`name`, sql`name_ar`]);
  const isZone = isSpelled(sql, zone, [sql`zone_name`, sql`zone_name_ar`]);
  return maybeOne(
    place,
    sql`select c.city_id, c.name as city_name, d.district_id, d.name as district_name, d.zone_id,
        d.pickup_available, d.drop_off_available,
        exists (select from districts where districts.city_id = c.city_id) as has_districts
      from cities c left join districts d on d.district_id = coalesce(
        (select district_id from districts where district_id = ${district_id}),
        (select district_id from districts where districts.city_id = c.city_id and ${isDistrict}
          order by ${isZone} desc nulls last, district_id limit 1))
      where c.city_id = coalesce(
        (select city_id from districts where district_id = ${district_id}),
        (select city_id from cities where city_id = ${city_id}),
        (select city_id from cities where ${isCity} order by city_id limit 1))`,
  );
}

/** Whether Bosta's cities have been read at all. */
export async function knowsCities(sql: AnySql): Promise<boolean> {
  return (await sql`select from cities limit 1`).length > 0;
}

/** Whether a place is spelled like this in one of its names. */
function isSpelled(sql: AnySql, given: string | null, spellings: Fragment[]): Fragment {
  const all = spellings.map((one, at) => sql`${at === 0 ? sql`` : sql`, `}${squeezed(sql, one)}`);
  // Nothing but signs is no name.
  return sql`nullif(${squeezed(sql, sql`${given}::text`)}, '') in (${all})`;
}

/** Text without what people leave out or mix up: case, and the Arabic letters that are written in several ways. */
export function folded(sql: AnySql, text: Fragment): Fragment {
  return sql`lower(translate(trim(${text}), 'أإآىةؤئ', 'ااايهوي'))`;
}

const otherDigits = '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹';
/** What parts the words of a name, or stands in it unseen: vowel marks, the stroke that widens a word, and marks of direction. */
const inBetween =
  " \t\u00a0-_.,'’ـ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u200b\u200c\u200d\u200e\u200f\u061c";

/** A place's name folded, in Latin digits and without what parts its words: "بورسعيد" is "بور سعيد". */
function squeezed(sql: AnySql, name: Fragment): Fragment {
  return sql`translate(${folded(sql, name)}, ${otherDigits + inBetween}, '01234567890123456789')`;
}
