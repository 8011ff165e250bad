import { actionIdOf } from '../domain/case-reference.ts';
import type { ActionStatus, ActionType, Priority } from '../domain/vocabulary.ts';
import { selectRenumbered } from './case-deliveries.ts';
import { type CaseRow, caseColumns, caseRow } from './case-queries.ts';
import type { AnySql } from './client.ts';
import type { Slice } from './order-queries.ts';
import { onPage, type Paged, readPage } from './query.ts';

/** By which columns cases can be sorted, first the default. */
export const caseSorting = ['created_at', 'updated_at', 'completed_at', 'action_id'] as const;

type CaseFilter = {
  action_status?: ActionStatus | undefined;
  action_type?: ActionType | undefined;
  priority?: Priority | undefined;
  /** Canonical; either phone of the customer. */
  customer_phone?: string | undefined;
  main_order_id?: string | undefined;
  hub_id?: number | undefined;
  /** Of any delivery of the case, or the case's reference. */
  tracking?: string | undefined;
};

/** One page of the cases that the filter lets through, and how many these are. */
export function findCases(
  sql: AnySql,
  filter: CaseFilter,
  slice: Slice<(typeof caseSorting)[number]>,
): Promise<Paged<CaseRow>> {
  const where = conditionsOf(sql, filter);
  const direction = slice.sort_dir === 'asc' ? sql`asc` : sql`desc`;
  return readPage(
    caseRow,
    sql`select ${caseColumns(sql)} where ${where}
      order by ${sql(`a.${slice.sort_by}`)} ${direction} nulls last, a.action_id ${direction}
      ${onPage(sql, slice)}`,
    sql`select count(*) as total from service_actions a where ${where}`,
  );
}

function conditionsOf(sql: AnySql, { customer_phone, tracking, ...columns }: CaseFilter) {
  const equal = Object.entries(columns).flatMap(([column, value]) =>
    value === undefined ? [] : [sql`and ${sql(`a.${column}`)} = ${value}`],
  );
  const found = [
    ...(customer_phone === undefined ? [] : [isOfCustomer(sql, customer_phone)]),
    ...(tracking === undefined ? [] : [isOnLabel(sql, tracking)]),
  ];
  return sql`${[sql`true`, ...equal, ...found]}`;
}

/** A case keeps one phone; by the orders its customer may have two, and call from either (domain.md, "Hierarchy"). */
function isOfCustomer(sql: AnySql, phone: string) {
  return sql`and a.customer_phone in (
    select ${phone} union all select receiver_phone from orders where receiver_second_phone = ${phone}
    union all select receiver_second_phone from orders where receiver_phone = ${phone})`;
}

/** A walk-in's label has the case's own reference: it is looked for as it is scanned. */
function isOnLabel(sql: AnySql, number: string) {
  return sql`and a.action_id in (
    select action_id from case_deliveries where tracking_number = ${number}
    union all select action_id from (${selectRenumbered(sql, number)}) renumbered
    union all select ${actionIdOf(number) ?? null}::bigint)`;
}

export const otherCase = caseRow.pick({
  action_id: true,
  action_type: true,
  action_status: true,
  main_order_id: true,
  product_name: true,
  created_at: true,
  completed_at: true,
});

/** The other cases of the customer of the case `a`, the newest first: earlier repairs tell a lot, and another case on the same order more, whatever phone the order had then. */
export function selectOtherCases(sql: AnySql) {
  return sql`select action_id, action_type, action_status, main_order_id, product_name, created_at,
      completed_at
    from service_actions
    where (customer_phone = a.customer_phone or main_order_id = a.main_order_id)
      and action_id <> a.action_id
    order by created_at desc, action_id desc limit 20`;
}
