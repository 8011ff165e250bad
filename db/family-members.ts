import type { z } from 'zod';
import type { FamilyOrder } from '../domain/hierarchy.ts';
import { casesOfDeliveries } from './cases-of-deliveries.ts';
import type { TransactionSql } from './client.ts';
import type { Entry } from './ingest-batch.ts';
import { orderRow } from './order-rows.ts';
import { manyAlike } from './query.ts';
import { sideBySide } from './side-by-side.ts';

const memberRow = orderRow.pick({
  id: true,
  tracking_number: true,
  receiver_phone: true,
  receiver_second_phone: true,
  receiver_phone_raw: true,
  receiver_second_phone_raw: true,
  receiver_full_name: true,
  receiver_first_name: true,
  receiver_last_name: true,
  receiver_email: true,
  dropoff_city_name: true,
  dropoff_city_name_ar: true,
  dropoff_zone_name: true,
  dropoff_district_name: true,
  dropoff_first_line: true,
  pickup_city: true,
  pickup_district: true,
  pickup_address: true,
  created_at: true,
  scheduled_at: true,
  picked_up_at: true,
  delivered_at: true,
  service_type: true,
  order_type_code: true,
  state_code: true,
  cod: true,
  original_cod: true,
  goods_amount: true,
  product_name: true,
  return_description: true,
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

/** An order that is being written, as a member of its family. */
export function memberOf({ facts, conclusions, case_of }: Entry): Member {
  // One by one: a second spread would move all that stands so far again and again.
  return {
    ...facts.order,
    service_type: conclusions.service_type,
    created_by_system: conclusions.created_by_system,
    original_order_id: conclusions.original_order_id,
    order_level: conclusions.order_level,
    hierarchy_status: conclusions.hierarchy_status,
    hierarchy_detected_at: conclusions.hierarchy_detected_at,
    case_of,
  };
}

/** Small enough that Postgres already looks for the next lot while this process reads the answer to one. */
const lotSize = 500;
/** Of phones that may have been meant hardly one is a sale's: there is no answer to read meanwhile, and of a long list Postgres meets each page of its index once. */
const longLotSize = 20_000;

function inLots(by: By, values: readonly string[]): string[][] {
  const size = by === 'first_phones_of_sales' ? longLotSize : lotSize;
  const starts = Array.from({ length: Math.ceil(values.length / size) }, (_, n) => n * size);
  return starts.map((start) => values.slice(start, start + size));
}

function isAny(tx: TransactionSql, by: By, values: readonly string[]) {
  const any = tx`any(${[...values]})`;
  return {
    phones: tx`receiver_phone = ${any} or receiver_second_phone = ${any}`,
    ids: tx`id = ${any}`,
    tracking_numbers: tx`tracking_number = ${any}`,
    first_phones_of_sales: tx`receiver_phone = ${any} and service_type = 'main'`,
  }[by];
}

/** What leads to orders. */
export type By = 'phones' | 'ids' | 'tracking_numbers' | 'first_phones_of_sales';

/** Orders by what leads to them; those that are being written stand beside, not among them. */
export async function membersBy(
  tx: TransactionSql,
  by: By,
  values: readonly string[],
): Promise<Member[]> {
  if (values.length === 0) return [];
  const answers = await sideBySide(
    ...inLots(by, values).map((lot) =>
      manyAlike(memberRow, tx`select ${tx(memberColumns)} from orders where ${isAny(tx, by, lot)}`),
    ),
  );
  const rows = answers.flat();
  const caseOf = await casesOfDeliveries(tx, rows);
  return rows.map((row) => {
    const case_of = caseOf(row);
    return case_of === undefined ? row : { ...row, case_of };
  });
}
