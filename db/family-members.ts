import { z } from 'zod';
import { type FamilyOrder, phonesOf } from '../domain/hierarchy.ts';
import { relationshipTypes } from '../domain/vocabulary.ts';
import { casesOfDeliveries } from './cases-of-deliveries.ts';
import type { TransactionSql } from './client.ts';
import type { Entry } from './ingest-batch.ts';
import { orderRow } from './order-rows.ts';
import { many } from './query.ts';
import type { Conclusions } from './stored-orders.ts';

const memberRow = orderRow.pick({
  id: true,
  tracking_number: true,
  receiver_phone: true,
  receiver_second_phone: true,
  receiver_full_name: true,
  receiver_email: true,
  dropoff_city_name: true,
  dropoff_city_name_ar: true,
  dropoff_zone_name: true,
  created_at: true,
  service_type: true,
  order_type_code: true,
  state_code: true,
  cod: true,
  product_name: true,
  business_reference: true,
  unique_business_reference: true,
  notes: true,
  created_by_system: true,
  original_order_id: true,
  order_level: true,
  hierarchy_status: true,
  hierarchy_detected_at: true,
});
type MemberRow = z.infer<typeof memberRow>;
const memberColumns = Object.keys(memberRow.shape);

/** An order as its family sees it, whether it is being written or only stands beside. */
export type Member = MemberRow & FamilyOrder;

/** An order's place in its family, as it is stored. */
export type Place = Pick<
  Conclusions,
  'original_order_id' | 'order_level' | 'hierarchy_status' | 'hierarchy_detected_at'
>;

const linkRow = z.object({
  hierarchy_id: z.number(),
  main_order_id: z.string(),
  sub_order_id: z.string(),
  relationship_type: z.enum(relationshipTypes),
  confidence_score: z.coerce.number(),
  rule: z.string(),
  linked_by: z.string(),
  is_active: z.boolean(),
  is_pending_review: z.boolean(),
});
export type Link = z.infer<typeof linkRow>;

/** An order that is being written, as a member of its family. */
export function memberOf({ facts, conclusions, case_of }: Entry): Member {
  return { ...facts.order, ...conclusions, case_of };
}

/** The customers' orders beside `changed`: all with a phone of theirs, and all with a phone of one of those, since a second phone leads on. */
export async function loadFamilies(
  tx: TransactionSql,
  changed: readonly Member[],
  phones: readonly string[],
) {
  const written = new Map(changed.map((member) => [member.id, member]));
  const beside = (rows: MemberRow[]) => rows.filter((row) => !written.has(row.id));
  const near = beside(await ordersOfPhones(tx, phones));
  const further = [...near, ...changed]
    .flatMap(phonesOf)
    .filter((phone) => !phones.includes(phone));
  const far = further.length === 0 ? [] : beside(await ordersOfPhones(tx, [...new Set(further)]));
  const nearIds = new Set([...written.keys(), ...near.map((row) => row.id)]);
  const rows = new Map([...far, ...near].map((row) => [row.id, row]));
  const links = await linksOf(tx, [...written.keys(), ...rows.keys()]);
  const named = [
    ...links.map((link) => link.main_order_id),
    ...changed.flatMap((m) => m.case_of?.main_order_id ?? []),
  ];
  const missing = named.filter((id) => !rows.has(id) && !written.has(id));
  for (const row of await ordersById(tx, missing)) rows.set(row.id, row);
  const caseOf = await casesOfDeliveries(tx, [...rows.values()]);
  const others = [...rows.values()].map((row): Member => ({ ...row, case_of: caseOf(row) }));
  return { members: [...changed, ...others], nearIds, links };
}

function ordersOfPhones(tx: TransactionSql, phones: readonly string[]): Promise<MemberRow[]> {
  return many(
    memberRow,
    tx`select ${tx(memberColumns)} from orders
      where receiver_phone = any(${[...phones]}) or receiver_second_phone = any(${[...phones]})`,
  );
}

async function ordersById(tx: TransactionSql, ids: readonly string[]): Promise<MemberRow[]> {
  if (ids.length === 0) return [];
  return many(memberRow, tx`select ${tx(memberColumns)} from orders where id = any(${[...ids]})`);
}

/** The links of these orders, above them and below, that stand, wait, or were ended by a person. */
function linksOf(tx: TransactionSql, ids: readonly string[]): Promise<Link[]> {
  return many(
    linkRow,
    tx`select ${tx(Object.keys(linkRow.shape))} from order_hierarchy_management
      where (sub_order_id = any(${[...ids]}) or main_order_id = any(${[...ids]}))
        and (is_active or is_pending_review or ended_by <> 'auto_sync')`,
  );
}
