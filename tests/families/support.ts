import { z } from 'zod';
import { takeIn } from '../../activities/take-in.ts';
import type { Sql } from '../../db/client.ts';
import { products } from '../../dev/catalogue.ts';
import { findLinks, type StandingLink } from '../../domain/family.ts';
import { bestMain, type FamilyOrder } from '../../domain/hierarchy.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { productReader } from '../../domain/product-signs.ts';
import { crowdedPhones } from '../../domain/shared-phones.ts';
import type { Requester } from '../api/support.ts';

export const families = '/api/orders/hierarchy';

/** Whose an order of this phone is. */
export const of = (phone: string) => ({ receiver: { phone, fullName: 'منى تجربة' } });

/** What a link is asked for by. */
export const pair = (sub: string, main: string) => ({
  sub_order_id: `id-${sub}`,
  main_order_id: `id-${main}`,
});

export const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));

/** A delivered sale of the first day, unless `changes` say otherwise. */
export function order(id: string, changes: Partial<FamilyOrder> = {}): FamilyOrder {
  return {
    ...{ id, tracking_number: `T-${id}`, receiver_phone: '201000000101' },
    ...{ receiver_second_phone: null, receiver_phone_raw: null, receiver_second_phone_raw: null },
    ...{ receiver_full_name: null, receiver_first_name: null, receiver_last_name: null },
    created_at: day(0),
    ...{ scheduled_at: null, picked_up_at: null },
    ...{ delivered_at: null, service_type: 'main', order_type_code: 10, cod: null },
    ...{
      return_description: null,
      original_cod: null,
      goods_amount: null,
      product_name: null,
      business_reference: null,
    },
    ...{ notes: null, dropoff_city_name: null, dropoff_district_name: null },
    ...{ dropoff_first_line: null, pickup_city: null, pickup_district: null },
    ...{ pickup_address: null },
    ...changes,
  };
}

/** A repair of day 40. */
export function repair(id: string, changes: Partial<FamilyOrder> = {}): FamilyOrder {
  return order(id, { service_type: 'maintenance', created_at: day(40), ...changes });
}

/** What linking goes by: the default policy and the demo's catalogue. */
export const linking = {
  policy: defaultPolicy,
  read: productReader(products.map(({ sku, name, nameAr }) => ({ sku, name, name_ar: nameAr }))),
  crowded: new Set<string>(),
  besides: () => new Set<string>(),
};

/** The likeliest main order of `sub` among these. */
export const best = (sub: FamilyOrder, ...mains: FamilyOrder[]) => bestMain(sub, mains, linking);

/** The links that the machine finds where these orders are all that there are. */
export const linksAmong = (members: FamilyOrder[], links: StandingLink[] = []) =>
  findLinks(members, { members, links, linking, crowded: crowdedPhones(members, defaultPolicy) });

/** Takes payloads in as full reads, each batch read a minute after the one before. */
export function fullReads(sqlOf: () => Sql) {
  let batches = 0;
  return (...payloads: unknown[]) => {
    batches += 1;
    const read_at = new Date(Date.UTC(2026, 9, 1, 8, batches));
    return takeIn(sqlOf(), payloads, { kind: 'full', read_at, page: 1 }, read_at);
  };
}

/** Asks the API for the main order of a delivery, by its tracking number; undefined where it has none. */
export function mainOrders(personOf: () => Requester) {
  return async (tracking: string) => {
    const { data } = await personOf()('GET', `/api/orders/id-${tracking}/main-order`);
    return data === undefined ? undefined : z.looseObject({ id: z.string() }).parse(data);
  };
}
