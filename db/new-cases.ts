import { z } from 'zod';
import { type CaseState, type Opening, openingState } from '../domain/case.ts';
import type { caseAddress } from './case-deliveries.ts';
import { jsonOf, type TransactionSql } from './client.ts';
import { one } from './query.ts';

/** The facts with which a case is stored: what its workflow may know, and what only Postgres may. */
export type NewCase = Omit<Opening, 'action_id'> & {
  customer_phone: string;
  customer_name: string | null;
  product_name: string | null;
  faulty_serial_number: string | null;
  service_reason: string;
  notes: string | null;
  address: z.infer<typeof caseAddress> | null;
  policy_version: number;
  created_by: number;
};

const nextId = z.object({ action_id: z.number() });

/** Stores a case as it stands before anything has happened, and gives its id. */
export async function insertCase(tx: TransactionSql, facts: NewCase): Promise<number> {
  const { action_id } = await one(
    nextId,
    tx`select nextval(pg_get_serial_sequence('service_actions', 'action_id')) as action_id`,
  );
  const { faulty_serial_number, address, ...columns } = facts;
  const state: CaseState = openingState(openingOf(action_id, facts));
  const row = {
    ...columns,
    action_id,
    action_status: state.status,
    address: address && tx.json(address),
    state: tx.json(jsonOf(state)),
  };
  await tx`insert into service_actions ${tx(row)}`;
  const { product_sku, product_name } = facts;
  const item = { action_id, item_no: 1, product_sku, product_name, faulty_serial_number };
  await tx`insert into case_items ${tx(item)}`;
  return action_id;
}

function openingOf(action_id: number, facts: NewCase): Opening {
  const { action_type, action_subtype, priority, return_method, hub_id } = facts;
  const { main_order_id, product_sku } = facts;
  return {
    ...{ action_id, action_type, action_subtype, priority },
    ...{ return_method, hub_id, main_order_id, product_sku },
  };
}
